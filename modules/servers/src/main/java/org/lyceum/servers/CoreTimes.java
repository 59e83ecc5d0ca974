package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Tells servers that do nothing from those that compute where nobody sees it: without a terminal
 * and without a kernel. Blocking, one thread.
 */
final class CoreTimes {

    private static final Logger log = LoggerFactory.getLogger(CoreTimes.class);

    /** Of one core. An open JupyterLab that nobody touches takes half a percent to two percent. */
    private static final double IDLE = 0.05;

    /** A longer time between two looks would hide what began a moment ago. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** How long a container has computed, in nanoseconds; empty when nothing runs in it. */
    @FunctionalInterface
    interface Meter {
        OptionalLong nanosOf(String containerId) throws IOException;
    }

    private final Meter meter;
    private final Map<Long, Look> looks = new HashMap<>();

    private record Look(String spawnId, long nanos, Instant at) {}

    CoreTimes(Meter meter) {
        this.meter = meter;
    }

    /** Whether it has hardly computed since the look before; the first look at one says no. */
    boolean idle(Server server, Instant now) {
        var container = server.containerId();
        if (container == null) {
            return false;
        }
        try {
            var used = meter.nanosOf(container);
            if (used.isEmpty()) {
                return false;
            }
            var look = new Look(server.spawnId(), used.getAsLong(), now);
            return idle(looks.put(server.id(), look), look);
        } catch (IOException unreadable) { // what cannot be looked at may be work
            log.warn("server.core-time-unread server={}", server.key(), unreadable);
            return false;
        }
    }

    private static boolean idle(@Nullable Look before, Look now) {
        if (before == null || !before.spawnId().equals(now.spawnId())) {
            return false;
        }
        var between = Duration.between(before.at(), now.at());
        return between.isPositive()
                && between.compareTo(LONGEST) <= 0
                && now.nanos() - before.nanos() < IDLE * between.toNanos();
    }

    void retain(Collection<Long> servers) {
        looks.keySet().retainAll(servers);
    }
}
