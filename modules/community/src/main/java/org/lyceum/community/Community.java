package org.lyceum.community;

import org.lyceum.platform.kernel.CommunityId;

/**
 * A tenant of the platform.
 *
 * @param name short, for URLs
 * @param title for people
 * @param baseUrl {@code /} for the first, {@code /name/} for the others
 */
public record Community(CommunityId id, String name, String title, String baseUrl) {

    /** Number of the community at {@code /}. */
    public static final CommunityId DEFAULT = new CommunityId(1);
}
