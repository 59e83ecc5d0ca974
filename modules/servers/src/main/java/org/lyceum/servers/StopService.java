package org.lyceum.servers;

import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends servers. Blocking. */
public final class StopService {

    private static final Logger log = LoggerFactory.getLogger(StopService.class);

    /** A start ends at once when it is interrupted, unless the database keeps it. */
    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(40);

    private final Map<Long, Thread> stopping = new ConcurrentHashMap<>();
    private final ServersConfig config;
    private final ServerRepository servers;
    private final ServerRemains remains;
    private final SpawnRunner runner;
    private final StopCounts counts;
    private final Clock clock;

    /** What asking for a stop came to. */
    public enum Stopping {
        STOPPED,
        /** Its route is gone; the container is on its way. */
        STOPPING
    }

    StopService(
            ServersConfig config,
            ServerRepository servers,
            ServerRemains remains,
            SpawnRunner runner,
            StopCounts counts,
            Clock clock) {
        this.config = config;
        this.servers = servers;
        this.remains = remains;
        this.runner = runner;
        this.counts = counts;
        this.clock = clock;
    }

    /** Stops the server, also one that is starting. One that does not run counts as STOPPED. */
    public Stopping stop(Actor actor, ServerKey key, StopReason reason) {
        var there = servers.find(key);
        if (there.isEmpty() || !there.get().active()) {
            return Stopping.STOPPED;
        }
        begin(actor, there.get(), Ending.of(reason));
        return servers.find(key).filter(Server::active).isPresent()
                ? Stopping.STOPPING
                : Stopping.STOPPED;
    }

    /** The row decides first, so that nobody puts the route back after it was removed. */
    private void begin(Actor actor, Server server, Ending ending) {
        boolean begun = runner.exclusively(() -> servers.beginStop(actor, server, ending));
        if (begun) {
            counts.add(server.key().community(), ending.reason());
            log.info(
                    "server.stopping server={} reason={} actor={}",
                    server.key(),
                    ending.line(),
                    actor);
            remains.removeRoute(server);
            finish(server);
        }
    }

    /** As {@link #stop}, for this very start of a server that has ended by itself; waits. */
    void bury(Actor actor, Server server, Ending ending) {
        begin(actor, server, ending);
        await(server.key(), CANCEL_PATIENCE);
    }

    /**
     * Carries a stop through on a thread of its own.
     *
     * @return false when one does already
     */
    boolean finish(Server server) {
        var begun = new AtomicBoolean();
        stopping.computeIfAbsent(
                server.id(),
                id -> {
                    begun.set(true);
                    return Threads.start("stop-" + id, () -> own(server));
                });
        return begun.get();
    }

    private void own(Server server) {
        try {
            carryThrough(server);
        } finally {
            stopping.remove(server.id(), Thread.currentThread());
        }
    }

    private void carryThrough(Server server) {
        try {
            // Only one thread finishes a server's stop, so what is true here stays true until then:
            // nobody starts it again, and all that is cleared away is of this start.
            var now = servers.find(server.id());
            boolean still =
                    now.isPresent()
                            && now.get().state() == ServerState.STOPPING
                            && now.get().spawnId().equals(server.spawnId());
            if (!still) {
                return;
            }
            runner.cancel(server.id(), CANCEL_PATIENCE);
            remains.clear(server, config.stopGrace());
            if (servers.finishStop(server, clock.instant())) {
                log.info("server.stopped server={}", server.key());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // the row stays STOPPING, and the reconciler tries again
            log.warn("server.stop-failed server={}", server.key(), e);
        }
    }

    /**
     * Waits until the server is stopped, at most {@code patience}.
     *
     * @return whether it is
     */
    public boolean await(ServerKey key, Duration patience) {
        var there = servers.find(key);
        if (there.isEmpty() || !there.get().active()) {
            return true;
        }
        var thread = stopping.get(there.get().id());
        try {
            if (thread != null) {
                thread.join(patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return servers.find(key).filter(Server::active).isEmpty();
    }

    /**
     * Deletes the record of a named server that is stopped.
     *
     * @throws Problem NOT_FOUND {@code server.unknown}, INVALID {@code server.default-stays},
     *     CONFLICT {@code server.running}
     */
    public void forget(Actor actor, ServerKey key) {
        if (key.unnamed()) {
            throw Problem.invalid("server.default-stays", "Cannot delete the default server");
        }
        var server = servers.find(key).orElseThrow(StopService::unknown);
        if (!servers.forget(actor, server)) {
            throw Problem.conflict(
                    "server.running", "The server is running; stop it before you remove it.");
        }
    }

    static Problem unknown() {
        return Problem.notFound("server.unknown", "There is no such server; check its name.");
    }
}
