package org.lyceum.content;

import org.jspecify.annotations.Nullable;
import org.lyceum.builds.GitAddress;
import org.lyceum.platform.kernel.CommunityId;

/**
 * A repository whose files people of a community get.
 *
 * @param profile number of the profile whose servers get them; null for all
 * @param reference branch, tag or commit; empty for what the host shows first
 * @param sealedSecret private half of a deploy key; null for a public repository
 * @param publicKey to be entered at the repository's host
 * @param hostKeys of an ssh host, as it showed them the first time; null before
 */
public record ContentSource(
        long id,
        CommunityId community,
        @Nullable Long profile,
        GitAddress address,
        String reference,
        TargetFolder folder,
        @Nullable String sealedSecret,
        @Nullable String publicKey,
        @Nullable String hostKeys) {

    /** Whether servers of this profile get it. */
    boolean isFor(@Nullable Long started) {
        return profile == null || profile.equals(started);
    }

    /** Whether this is what somebody names by address and branch. */
    boolean is(GitAddress named, String branch) {
        return address.equals(named) && reference.equals(branch);
    }

    /** What a key is sealed for: another address cannot use it. */
    static String purpose(CommunityId community, GitAddress address) {
        return "content.source " + community + " " + address.url();
    }
}
