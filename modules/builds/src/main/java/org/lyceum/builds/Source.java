package org.lyceum.builds;

import org.jspecify.annotations.Nullable;

/**
 * Where an environment's image is built from.
 *
 * @param reference branch, tag or commit; empty for what the host shows first
 * @param sealedSecret deploy key or token; null for a public repository
 * @param publicKey to be entered at the repository's host; null without a deploy key
 * @param hostKeys of an ssh host, as it showed them the first time; null before
 */
public record Source(
        long environmentId,
        GitAddress address,
        String reference,
        @Nullable String sealedSecret,
        @Nullable String publicKey,
        @Nullable String hostKeys) {

    /** Whether somebody has entered a token. */
    public boolean token() {
        return sealedSecret != null && publicKey == null;
    }

    /** What it is sealed for. */
    static String purpose(long environmentId) {
        return "builds.source " + environmentId;
    }
}
