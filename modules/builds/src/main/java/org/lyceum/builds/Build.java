package org.lyceum.builds;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;

import java.time.Instant;

/**
 * One try to make an image of a repository.
 *
 * @param ofPlatform whether an administrator of the platform has asked for it
 * @param step what it is at, or was at last; may be empty
 * @param commit what was built; null until it is known
 * @param imageReference null unless it is {@link State#BUILT}
 * @param failure why there is no image, in words; null while there may be one
 */
public record Build(
        long id,
        long environmentId,
        CommunityId community,
        String url,
        String reference,
        boolean ofPlatform,
        State state,
        String step,
        Instant askedAt,
        @Nullable Instant beganAt,
        @Nullable Instant endedAt,
        @Nullable String commit,
        @Nullable String imageReference,
        @Nullable String imageId,
        @Nullable String failure) {

    /** How far it is. */
    public enum State {
        WAITING,
        RUNNING,
        BUILT,
        FAILED,
        CANCELLED,
        /** The platform ended in the middle of it. */
        INTERRUPTED;

        public boolean over() {
            return this != WAITING && this != RUNNING;
        }
    }
}
