package org.lyceum.platform.jobs;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * A job, and how its last run went.
 *
 * @param lastRun when the last run that has ended began; null before the first
 * @param report null before the first run, and when the last one failed
 * @param failure what the last run failed with, null when it did not
 * @param running whether a run is under way
 */
public record JobStatus(
        String name,
        Duration every,
        @Nullable Instant lastRun,
        @Nullable Duration took,
        Job.@Nullable Report report,
        @Nullable String failure,
        boolean running) {}
