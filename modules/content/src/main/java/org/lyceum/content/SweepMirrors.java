package org.lyceum.content;

import org.lyceum.platform.jobs.Job;

import java.time.Clock;
import java.time.Duration;

/**
 * Deletes what was fetched and has not been used for two weeks, and containers that a platform that
 * was killed has left.
 */
final class SweepMirrors implements Job {

    private final Mirrors mirrors;
    private final PullContainers containers;
    private final Clock clock;

    SweepMirrors(Mirrors mirrors, PullContainers containers, Clock clock) {
        this.mirrors = mirrors;
        this.containers = containers;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "content.sweep-mirrors";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public Report run() {
        containers.removeLeft();
        var counts = mirrors.sweep(clock.instant());
        return new Report(counts[0], counts[1], 0);
    }
}
