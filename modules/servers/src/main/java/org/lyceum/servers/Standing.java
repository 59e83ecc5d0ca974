package org.lyceum.servers;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Where somebody stands in the line.
 *
 * @param number 1 is the next
 * @param shortage what the next one waits for; null when it is only their turn
 * @param expected until the own turn, by what starts took of late; null when nobody can know
 * @param device of {@link Shortage#DEVICE}: what about it, the middle of a sentence; else null
 */
record Standing(
        int number,
        @Nullable Shortage shortage,
        @Nullable Duration expected,
        @Nullable String device) {

    private static final Duration MINUTES = Duration.ofSeconds(90);

    /** For whoever waits. */
    String sentence() {
        var place = "You are number " + number + " in line";
        if (device != null) {
            return "Your server waits: "
                    + device
                    + ". "
                    + (number == 1
                            ? "You are the first in line for it"
                            : "You are number " + number + " in line for it")
                    + "; your server starts as soon as others end.";
        }
        if (shortage != null) {
            var what = place + ": " + shortage.sentence() + ". ";
            return shortage == Shortage.CALM
                    ? what + "Yours starts by itself when its turn comes."
                    : what + "Yours starts as soon as others end.";
        }
        if (expected == null) {
            return place + ".";
        }
        return place + "; your turn comes in about " + words(expected) + ".";
    }

    private static String words(Duration time) {
        return time.compareTo(MINUTES) < 0
                ? Math.max(1, Math.round(time.toMillis() / 1000.0)) + " s"
                : Math.round(time.toSeconds() / 60.0) + " minutes";
    }
}
