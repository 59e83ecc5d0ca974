package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * An image that was, or is to be, tried for an environment.
 *
 * @param endedAt null until it has
 * @param promotedAt when people began to get it; null when they never did
 * @param failure why it is not good, in words; null while it is
 * @param report null until it has ended, and when there is none
 */
public record Trial(
        long id,
        long environmentId,
        String imageReference,
        String imageId,
        State state,
        Instant askedAt,
        @Nullable Instant endedAt,
        @Nullable Instant promotedAt,
        @Nullable String failure,
        @Nullable TrialReport report) {

    /** How far it is. */
    public enum State {
        WAITING,
        RUNNING,
        PASSED,
        FAILED
    }
}
