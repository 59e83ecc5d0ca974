package org.lyceum.servers;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Where somebody stands in the line.
 *
 * @param number 1 is the next
 * @param shortage what the next one waits for; null when it is only their turn
 * @param expected until the own turn, by what starts took of late; null when nobody can know
 */
record Standing(int number, @Nullable Shortage shortage, @Nullable Duration expected) {

    private static final Duration MINUTES = Duration.ofSeconds(90);

    /** For whoever waits. */
    String sentence() {
        var place = "You are number " + number + " in line";
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
