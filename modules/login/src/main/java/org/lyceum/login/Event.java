package org.lyceum.login;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.time.Duration;
import java.time.Instant;

/**
 * For a while, people come into a community with a shared code: a workshop, an exam, an open day.
 *
 * @param id 0 for one that is to be made
 * @param people how many may come, at most
 * @param came how many have
 * @param temporary whether their accounts end with the event
 */
public record Event(
        long id,
        CommunityId community,
        String title,
        Instant startsAt,
        Instant endsAt,
        int people,
        int came,
        boolean temporary) {

    /** As many as a list brings in at once. */
    private static final int MAX_PEOPLE = 2_000;

    private static final int MAX_TITLE = 100;

    /** What lasts longer is no event: its code would be known to everybody by then. */
    private static final Duration LONGEST = Duration.ofDays(366);

    /** A new event, and the code, which cannot be had again. */
    public record Made(Event event, String code) {}

    /**
     * @throws Problem INVALID event.title-invalid, event.time-invalid, event.people-invalid
     */
    void require(Instant now) {
        if (title.isBlank()
                || title.length() > MAX_TITLE
                || title.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "event.title-invalid",
                    "An event's title has 1 to " + MAX_TITLE + " characters, on one line.");
        }
        if (!endsAt.isAfter(now)
                || !endsAt.isAfter(startsAt)
                || endsAt.isAfter(startsAt.plus(LONGEST))
                || startsAt.isAfter(now.plus(LONGEST))) {
            throw Problem.invalid(
                    "event.time-invalid",
                    "An event begins within a year, and ends after it begins, in the future and"
                            + " within a year.");
        }
        if (people < 1 || people > MAX_PEOPLE) {
            throw Problem.invalid(
                    "event.people-invalid", "An event is for 1 to " + MAX_PEOPLE + " people.");
        }
    }

    boolean open(Instant now) {
        return !now.isBefore(startsAt) && now.isBefore(endsAt);
    }
}
