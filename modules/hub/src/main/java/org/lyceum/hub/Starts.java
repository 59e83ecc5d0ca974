package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.observe.HubMetric;
import org.lyceum.platform.observe.Metrics;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.Spawn;
import org.lyceum.servers.SpawnService;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Starts servers and counts how that ends, in JupyterHub's words (contract §8). */
final class Starts {

    /** Longer than any start may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(40);

    private static final String[] STATUSES = {
        "success", "failure", "already-pending", "throttled", "too-many-users"
    };

    private final SpawnService spawns;
    private final Metrics metrics;

    Starts(SpawnService spawns, Metrics metrics) {
        this.spawns = spawns;
        this.metrics = metrics;
    }

    /** Dashboards need the series from the beginning, with zeros. */
    void prepareMetrics() {
        for (var status : STATUSES) {
            metrics.prepare(HubMetric.SPAWN_DURATION, status);
        }
    }

    void alreadyPending() {
        metrics.observe(HubMetric.SPAWN_DURATION, Duration.ZERO, "already-pending");
    }

    /**
     * @throws Problem as {@link SpawnService#spawn} does
     */
    Spawn start(Actor actor, ServerKey key, @Nullable Map<String, Object> options) {
        return counted(key, () -> spawns.spawn(actor, key, options));
    }

    /**
     * For a person, who is shown a page that waits.
     *
     * @throws Problem as {@link SpawnService#spawnInTurn} does
     */
    Spawn startInTurn(Actor actor, ServerKey key, @Nullable Map<String, Object> options) {
        return counted(key, () -> spawns.spawnInTurn(actor, key, options));
    }

    private Spawn counted(ServerKey key, Supplier<Spawn> start) {
        long began = System.nanoTime();
        try {
            var spawn = start.get();
            if (spawn instanceof Spawn.Pending) {
                Threads.start("spawn-measured-" + key, () -> measure(key, began));
            }
            return spawn;
        } catch (Problem refused) {
            metrics.observe(HubMetric.SPAWN_DURATION, since(began), status(refused));
            throw refused;
        }
    }

    private void measure(ServerKey key, long began) {
        boolean ready;
        try {
            ready = spawns.await(key, PATIENCE).ready();
        } catch (Problem gone) { // its record was deleted meanwhile, or the platform is ending
            ready = false;
        }
        metrics.observe(HubMetric.SPAWN_DURATION, since(began), ready ? "success" : "failure");
    }

    private static String status(Problem refused) {
        return switch (refused.code()) {
            case "server.too-many-spawns" -> "throttled";
            case "server.too-many-active" -> "too-many-users";
            default -> "failure";
        };
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
