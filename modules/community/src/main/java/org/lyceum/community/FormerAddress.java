package org.lyceum.community;

import org.lyceum.platform.kernel.CommunityId;

import java.time.Instant;

/**
 * Where a community was before it was renamed. Links and servers of that time still lead there.
 *
 * @param baseUrl {@code /old-name/}
 */
public record FormerAddress(String baseUrl, CommunityId community, Instant leftAt) {}
