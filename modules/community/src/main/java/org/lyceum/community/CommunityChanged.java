package org.lyceum.community;

import org.lyceum.platform.kernel.CommunityId;

/** A community was made, or something about it was changed; told after the commit. */
public record CommunityChanged(CommunityId id) {}
