package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.time.Duration;

/**
 * What was decided about the ends of servers for a community, or for a profile. Null leaves it to
 * the next above.
 *
 * @param cullAfter without use; 0: never
 * @param maxAge used or not; 0: never
 * @param keepAtMost how long people can have a server kept that is not used; 0: not at all
 * @param freezeAfter without use; 0: never
 */
public record EndsRule(
        @Nullable Duration cullAfter,
        @Nullable Duration maxAge,
        @Nullable Duration keepAtMost,
        @Nullable Duration freezeAfter) {

    static final EndsRule NONE = new EndsRule(null, null, null, null);

    /** A year; more is a typing error. */
    private static final Duration MOST = Duration.ofDays(365);

    public boolean empty() {
        return equals(NONE);
    }

    /**
     * @throws Problem INVALID {@code ends.invalid}, {@code ends.beyond-bound}
     */
    void require(ServersConfig.Bounds bounds) {
        var least = ServersConfig.Ends.LEAST;
        requireTime("Time without use", cullAfter, least, bounds.cullAfter());
        requireTime("The longest age", maxAge, least, bounds.maxAge());
        requireTime("Keeping on request", keepAtMost, least, null);
        requireTime(
                "Time until a server sleeps",
                freezeAfter,
                ServersConfig.Freezing.LEAST,
                bounds.freezeAfter());
        if (keepAtMost != null && keepAtMost.compareTo(bounds.keepAtMost()) > 0) {
            throw beyond("Keeping on request", bounds.keepAtMost());
        }
    }

    /**
     * @param bound 0 is none, and then a time of 0 is too; null where another rule holds
     */
    private static void requireTime(
            String what, @Nullable Duration time, Duration least, @Nullable Duration bound) {
        if (time == null) {
            return;
        }
        if (time.isNegative()
                || time.compareTo(MOST) > 0
                || (!time.isZero() && time.compareTo(least) < 0)) {
            throw Problem.invalid(
                    "ends.invalid",
                    what
                            + " is 0, or "
                            + words(least)
                            + " to "
                            + MOST.toDays()
                            + " days at most; empty leaves it to the next above.");
        }
        if (bound != null && ServersConfig.Bounds.longer(time, bound)) {
            throw beyond(what, bound);
        }
    }

    private static Problem beyond(String what, Duration bound) {
        return Problem.invalid(
                "ends.beyond-bound",
                what
                        + " may be at most "
                        + words(bound)
                        + " on this platform; choose less, or ask its operator for more.");
    }

    private static String words(Duration time) {
        return time.toSeconds() % 60 == 0
                ? time.toMinutes() + " minutes"
                : time.toSeconds() + " seconds";
    }
}
