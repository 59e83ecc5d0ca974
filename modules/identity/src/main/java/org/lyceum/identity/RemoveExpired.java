package org.lyceum.identity;

import org.lyceum.platform.jobs.Job;

import java.time.Clock;
import java.time.Duration;

/**
 * Removes sessions, tokens and codes of all kinds whose time is over; they have not been good
 * since.
 */
final class RemoveExpired implements Job {

    private final ExpiryRepository expired;
    private final Clock clock;

    RemoveExpired(ExpiryRepository expired, Clock clock) {
        this.expired = expired;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "identity.remove-expired";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Report run() {
        int removed = expired.remove(clock.instant());
        return new Report(removed, removed, 0);
    }
}
