package org.lyceum.community;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;

/**
 * A tenant of the platform.
 *
 * @param name short, for URLs
 * @param title for people
 * @param baseUrl {@code /} for the first, {@code /name/} for the others
 * @param host of its own, in lower case; null for the platform's
 * @param notice what people read while it is paused, up to 500 characters; may be empty
 * @param stopsServers whether servers that run are to end; only while it is not {@link
 *     State#ACTIVE}
 * @param version one more with each edit
 */
public record Community(
        CommunityId id,
        String name,
        String title,
        String baseUrl,
        @Nullable String host,
        State state,
        String notice,
        boolean stopsServers,
        Limits limits,
        long version) {

    /** Number of the community at {@code /}. */
    public static final CommunityId DEFAULT = new CommunityId(1);

    /** Whether people can work there. */
    public enum State {
        ACTIVE,
        /** Nothing starts, and everybody who comes is told so. */
        PAUSED,
        /** Out of sight, with its servers stopped; all that was there is kept. */
        DELETED
    }

    public boolean active() {
        return state == State.ACTIVE;
    }

    public boolean deleted() {
        return state == State.DELETED;
    }
}
