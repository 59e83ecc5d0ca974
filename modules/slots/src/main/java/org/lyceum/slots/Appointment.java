package org.lyceum.slots;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;

/**
 * A time of the week at which many start together.
 *
 * @param id 0 for one that is not stored yet
 * @param profile by name
 * @param fromMinute since midnight, where the platform is
 * @param untilMinute after {@code fromMinute}, 1440 at most
 * @param seats how many come
 */
public record Appointment(
        long id,
        CommunityId community,
        String profile,
        DayOfWeek weekday,
        int fromMinute,
        int untilMinute,
        int seats) {

    private static final int DAY = 24 * 60;

    /** Who has not come by then comes one by one. */
    private static final int LATE_MINUTES = 20;

    private static final int MAX_SEATS = 1000;

    /**
     * @throws Problem INVALID {@code appointment.invalid}
     */
    public Appointment {
        boolean holds =
                fromMinute >= 0
                        && untilMinute > fromMinute
                        && untilMinute <= DAY
                        && seats >= 1
                        && seats <= MAX_SEATS
                        && !profile.isBlank();
        if (!holds) {
            throw Problem.invalid(
                    "appointment.invalid",
                    "An appointment has a profile, a time that ends after it begins, on one day,"
                            + " and 1 to 1000 seats.");
        }
    }

    /** Whether people are about to come, or still coming. */
    boolean gathersAt(ZonedDateTime now, Duration lead) {
        var midnight = now.toLocalDate().with(TemporalAdjusters.nextOrSame(weekday));
        var begin = midnight.atTime(0, 0).plusMinutes(fromMinute).atZone(now.getZone());
        var end = begin.plusMinutes(Math.min(LATE_MINUTES, untilMinute - fromMinute));
        return !now.isBefore(begin.minus(lead)) && now.isBefore(end);
    }
}
