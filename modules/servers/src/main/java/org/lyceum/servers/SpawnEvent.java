package org.lyceum.servers;

import org.jspecify.annotations.Nullable;

/**
 * A step of a start, for its user.
 *
 * @param progress 0 to 100, never going down
 * @param message plain text
 * @param htmlMessage the same with markup we wrote ourselves; null when there is none
 * @param outcome anything but NONE makes this the last event of the start
 */
public record SpawnEvent(
        int progress, String message, @Nullable String htmlMessage, Outcome outcome) {

    /** How a start ended. */
    public enum Outcome {
        NONE,
        READY,
        FAILED,
        CANCELLED
    }

    public boolean last() {
        return outcome != Outcome.NONE;
    }
}
