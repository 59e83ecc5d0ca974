package org.lyceum.storage;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.nio.file.Path;

/**
 * A user's persistent directory in one community.
 *
 * @param hostPath where it is on this machine; never shown to people
 */
public record Home(CommunityId community, UserId user, Path hostPath) {}
