package org.lyceum.servers;

import org.lyceum.platform.app.Threads;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.proxy.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Freezes servers and lets them go on. Which are frozen is the engine's to know and nobody else's
 * (ADR 0049); the route of one is told, so that whoever comes waits there and has it woken.
 * Blocking.
 */
final class Freezer {

    private static final Logger log = LoggerFactory.getLogger(Freezer.class);

    /** Far more than servers that are frozen or woken at the same moment. */
    private static final int LOCKS = 64;

    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
    private final Map<Long, Instant> thawedAt = new ConcurrentHashMap<>();
    private final Map<CommunityId, Counts> counts = new ConcurrentHashMap<>();
    private final ContainerEngine engine;
    private final Routes routes;
    private final ServerRepository servers;
    private final Clock clock;

    /** Since the process began. */
    private record Counts(LongAdder freezes, LongAdder thaws) {}

    Freezer(ContainerEngine engine, Routes routes, ServerRepository servers, Clock clock) {
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
        this.engine = engine;
        this.routes = routes;
        this.servers = servers;
        this.clock = clock;
    }

    /**
     * Freezes the server, unless it was used after {@code unusedSince} or is just asked something.
     *
     * @return whether it was frozen now
     */
    boolean freeze(Server server, Instant unusedSince) {
        var lock = lock(server);
        lock.lock();
        try {
            var container = server.containerId();
            boolean ready =
                    servers.find(server.id())
                            .filter(Server::ready)
                            .filter(now -> now.spawnId().equals(server.spawnId()))
                            .isPresent();
            if (!ready || container == null || frozen(server)) {
                return false;
            }
            // The route first: from here on nobody's request gets lost in a server that stands
            // still.
            if (!routes.freeze(server.prefix(), unusedSince, () -> wake(server))) {
                return false;
            }
            return pause(server, container);
        } finally {
            lock.unlock();
        }
    }

    private boolean pause(Server server, String container) {
        boolean paused = false;
        try {
            paused = engine.pause(container);
        } finally {
            // Where the engine has not said so, the server is more likely at work than frozen; if
            // not, the reconciler finds it.
            if (!paused) {
                routes.thaw(server.prefix());
            }
        }
        if (paused) {
            of(server.key().community()).freezes().increment();
            log.info("server.frozen server={}", server.key());
        }
        return paused;
    }

    /** Called by requests, on their event loop. */
    private void wake(Server server) {
        Threads.start("thaw-" + server.id(), () -> thaw(server));
    }

    /** Lets the server go on, and whoever waits for it. */
    void thaw(Server server) {
        var lock = lock(server);
        lock.lock();
        try {
            thawNow(server);
        } catch (Problem problem) {
            routes.stayFrozen(server.prefix());
            log.warn("server.thaw-failed server={} code={}", server.key(), problem.code(), problem);
        } finally {
            lock.unlock();
        }
    }

    private void thawNow(Server server) {
        if (!frozen(server)) {
            return;
        }
        var container = server.containerId();
        long began = System.nanoTime();
        // Of one that has ended meanwhile people read that it does not answer, and the reconciler
        // records why.
        boolean runs = container != null && engine.resume(container);
        thawedAt.put(server.id(), clock.instant());
        routes.thaw(server.prefix());
        of(server.key().community()).thaws().increment();
        log.info(
                "server.thawed server={} runs={} took={}ms",
                server.key(),
                runs,
                Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    /**
     * Has the route say what the engine says: after a restart of the platform, or when somebody has
     * paused or resumed the container by hand.
     *
     * @param seen the server's container, as it was a moment ago
     * @return whether it said something else
     */
    boolean settle(Server server, Container seen) {
        if (isPaused(seen) == frozen(server)) {
            return false;
        }
        var lock = lock(server);
        lock.lock();
        try {
            boolean paused = engine.find(seen.id()).filter(Freezer::isPaused).isPresent();
            if (paused == frozen(server)) {
                return false;
            }
            if (!paused) {
                routes.thaw(server.prefix());
            } else if (!routes.freeze(server.prefix(), clock.instant(), () -> wake(server))) {
                engine.resume(seen.id()); // Somebody waits for it already.
            }
            log.info("server.frost-settled server={} frozen={}", server.key(), frozen(server));
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isPaused(Container container) {
        return container.state() == Container.State.PAUSED;
    }

    boolean frozen(Server server) {
        return frozen(server.prefix());
    }

    boolean frozen(String prefix) {
        return routes.frozen(prefix);
    }

    /** Has an open page of a frozen server read what was written for it. */
    void tell(Server server) {
        routes.forgetAnswers(server.prefix());
    }

    /** When it went on last; the beginning of time when it was not frozen. */
    Instant thawedAt(Server server) {
        return thawedAt.getOrDefault(server.id(), Instant.EPOCH);
    }

    /** What it knew of others is forgotten. */
    void retain(Collection<Long> ids) {
        thawedAt.keySet().retainAll(ids);
    }

    long freezes(CommunityId community) {
        return of(community).freezes().sum();
    }

    long thaws(CommunityId community) {
        return of(community).thaws().sum();
    }

    private Counts of(CommunityId community) {
        return counts.computeIfAbsent(
                community, first -> new Counts(new LongAdder(), new LongAdder()));
    }

    private ReentrantLock lock(Server server) {
        return locks[(int) (server.id() % LOCKS)];
    }
}
