package org.lyceum.login;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

/**
 * What a browser went to a provider for.
 *
 * @param community where it set out
 * @param next where it wants to be afterwards; a path of ours, or null for the home page
 * @param user who tries or links; null for signing in
 */
public record Errand(
        Kind kind, CommunityId community, @Nullable String next, @Nullable UserId user) {

    /** The three errands there are. */
    public enum Kind {
        SIGN_IN,
        /** An administrator signs in with a candidate, to see whether it works. */
        TRIAL,
        /** Somebody who is signed in adds a way to sign in. */
        LINK
    }

    public static Errand signIn(CommunityId community, @Nullable String next) {
        return new Errand(Kind.SIGN_IN, community, next, null);
    }
}
