package org.lyceum.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The answers of one round.
 *
 * @param at when it began
 * @param results in the order of their areas
 */
public record HealthReport(Instant at, List<Result> results) {

    public HealthReport {
        results = List.copyOf(results);
    }

    /** One check's. */
    public record Result(String id, Area area, String asks, Finding finding, Duration took) {}
}
