package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.LaunchSpec;
import org.lyceum.catalog.TrialService;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.SpawnEvent.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries starts through, each on a virtual thread of its own: waits in line, prepares, boots, and
 * says how it went. Whatever happens, the row does not stay SPAWNING.
 */
final class SpawnRunner implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SpawnRunner.class);

    /** How long a start may take to notice that the process ends. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    /** Failures that may be the image's fault, and not the engine's or the machine's. */
    private static final Set<String> OF_THE_IMAGE =
            Set.of("server.ended-early", "server.start-timeout", "container.not-startable");

    private final Map<Long, Thread> running = new ConcurrentHashMap<>();
    private final ReentrantLock deciding = new ReentrantLock();
    private volatile boolean closing;
    private final TrialService trials;
    private final MachineRoom room;
    private final StartLine line;
    private final SpawnSteps steps;
    private final ServerRepository servers;
    private final ServerRemains remains;
    private final ProgressFeed feed;
    private final StopCounts counts;
    private final ServersConfig config;
    private final Clock clock;

    SpawnRunner(
            SpawnSteps steps,
            ServerRepository servers,
            ServerRemains remains,
            ServerTools tools,
            ServersConfig config,
            MachineRoom room,
            TrialService trials,
            Clock clock) {
        this.trials = trials;
        this.room = room;
        this.line = new StartLine(config.parallelStarts(), room);
        this.steps = steps;
        this.servers = servers;
        this.remains = remains;
        this.feed = tools.feed();
        this.counts = tools.counts();
        this.config = config;
        this.clock = clock;
    }

    /** What is run: a whole start, or the rest of one that an earlier process began. */
    private interface Work {
        /** Waits for its turn. */
        StartLine.Place enter(StartLine line, Server server, Consumer<Standing> told)
                throws InterruptedException;

        /**
         * @param units of devices that it was given
         */
        SpawnSteps.Booting prepare(List<String> units, SpawnTimes times)
                throws InterruptedException;

        /** What is started; null for the rest of a start, whose beginning another process knew. */
        default @Nullable LaunchSpec spec() {
            return null;
        }

        /**
         * Once more, without what was prepared beforehand and has failed.
         *
         * @throws Problem this failure when there is no other way
         */
        default SpawnSteps.Booting otherwise(SpawnTimes times, Problem failure)
                throws InterruptedException {
            throw failure;
        }
    }

    /** A start from its beginning. */
    private record Whole(SpawnSteps steps, SpawnSteps.Plan plan, Duration patience)
            implements Work {

        @Override
        public StartLine.Place enter(StartLine line, Server server, Consumer<Standing> told)
                throws InterruptedException {
            return line.enter(Start.of(server), patience, told);
        }

        @Override
        public SpawnSteps.Booting prepare(List<String> units, SpawnTimes times)
                throws InterruptedException {
            return steps.prepare(plan, units, times);
        }

        @Override
        public LaunchSpec spec() {
            return plan.spec();
        }

        @Override
        public SpawnSteps.Booting otherwise(SpawnTimes times, Problem failure)
                throws InterruptedException {
            log.warn(
                    "slot.failed-its-server server={} code={}",
                    plan.server().key(),
                    failure.code(),
                    failure);
            return steps.prepareWithoutSlot(plan, times);
        }
    }

    /** What is left of a start whose container runs. */
    private record Rest(SpawnSteps.Booting booting, List<String> units) implements Work {

        @Override
        public StartLine.Place enter(StartLine line, Server server, Consumer<Standing> told) {
            return line.enterAtOnce(Start.of(server).holding(units));
        }

        @Override
        public SpawnSteps.Booting prepare(List<String> units, SpawnTimes times) {
            return booting;
        }
    }

    /** Starts the server; returns at once. */
    void start(SpawnSteps.Plan plan) {
        var server = plan.server();
        feed.begin(server.key());
        feed.publish(server.key(), event(0, "Server requested"));
        own(server, new Whole(steps, plan, config.room().patience()));
    }

    /** Goes on with a start whose container runs already, after a restart of the platform. */
    void resume(Server server, SpawnSteps.Booting booting, List<String> units) {
        feed.begin(server.key());
        feed.publish(server.key(), event(50, "The platform was restarted; the start goes on"));
        own(server, new Rest(booting, units));
    }

    private void own(Server server, Work work) {
        running.compute(
                server.id(),
                (id, earlier) ->
                        Threads.start(
                                "spawn-" + id,
                                () -> {
                                    try {
                                        run(server, work);
                                    } finally {
                                        running.remove(id, Thread.currentThread());
                                    }
                                }));
    }

    /**
     * Runs what must not fall between a claim and the moment its start has an owner: claiming
     * itself, the beginning of a stop, and the reconciler's look at starts without an owner. Short:
     * no engine.
     */
    <T> T exclusively(Supplier<T> decision) {
        deciding.lock();
        try {
            return decision.get();
        } finally {
            deciding.unlock();
        }
    }

    /** Whether a thread of this process carries a start of the server. */
    boolean owns(long serverId) {
        return running.containsKey(serverId);
    }

    /** Ends a start; returns once its thread has ended, or after {@code patience}. */
    void cancel(long serverId, Duration patience) throws InterruptedException {
        var thread = running.get(serverId);
        if (thread != null) {
            thread.interrupt();
            thread.join(patience);
        }
    }

    /** Leaves all starts as they are; the next process goes on with them. */
    @Override
    public void close() {
        closing = true;
        for (var thread : running.values()) {
            thread.interrupt();
        }
        try {
            for (var thread : running.values()) {
                thread.join(CLOSE_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Server server, Work work) {
        var key = server.key();
        try {
            var ready = carryThrough(server, work);
            if (ready) {
                tell(work, trials::started);
                feed.publish(key, ready(server));
            } else {
                feed.publish(key, new SpawnEvent(100, "Spawn cancelled", null, Outcome.CANCELLED));
            }
        } catch (InterruptedException cancelled) {
            feed.publish(key, new SpawnEvent(100, "Spawn cancelled", null, Outcome.CANCELLED));
        } catch (Problem problem) {
            if (OF_THE_IMAGE.contains(problem.code()) && !closing && !stoppedMeanwhile(server)) {
                tell(work, trials::failed);
            }
            fail(server, problem);
        } catch (RuntimeException bug) {
            if (closing) {
                return;
            }
            log.error("spawn.bug server={}", key, bug);
            fail(
                    server,
                    new Problem(
                            Problem.Kind.UNAVAILABLE,
                            "server.start-failed",
                            "The server could not be started because of a fault in the platform;"
                                    + " try again, and tell an administrator if it stays so.",
                            bug));
        }
    }

    /** The catalog learns how its images do; whatever it makes of it changes nothing here. */
    private static void tell(Work work, Consumer<LaunchSpec> outcome) {
        var spec = work.spec();
        try {
            if (spec != null) {
                outcome.accept(spec);
            }
        } catch (RuntimeException later) {
            log.warn("spawn.outcome-untold", later);
        }
    }

    /** Whether the server is ready; else somebody stopped it meanwhile. */
    private boolean carryThrough(Server server, Work work) throws InterruptedException {
        var times = new SpawnTimes();
        long entered = System.nanoTime();
        try (var place = work.enter(line, server, told -> inLine(server, told))) {
            times.waitedInLine(System.nanoTime() - entered);
            long deadline = System.nanoTime() + config.startTimeout().toNanos();
            var booting = boot(server, work, times, deadline, place);
            // The route before the row, so that it is there within a moment. A stop that came in
            // between has the row; whoever loses the row removes the route last.
            times.routed(() -> remains.putRoute(server, booting.address()));
            boolean won =
                    servers.markReady(
                            server, booting.containerId(), booting.address(), clock.instant());
            if (!won) {
                remains.removeRoute(server);
                return false;
            }
        }
        steps.forgetSecrets(server);
        log.info(
                "spawn.ready server={} from={} took={}ms own={}ms docker={}ms boot={}ms route={}us",
                server.key(),
                times.warm() ? "slot" : "cold",
                times.totalMillis(),
                times.ownMillis(),
                times.dockerMillis(),
                times.bootMillis(),
                times.routeMicros());
        return true;
    }

    private SpawnSteps.Booting boot(
            Server server, Work work, SpawnTimes times, long deadline, StartLine.Place place)
            throws InterruptedException {
        var booting = work.prepare(place.units(), times);
        try {
            await(server, booting, times, deadline, place);
            return booting;
        } catch (Problem failure) {
            if (!booting.warm()) {
                throw failure;
            }
            var other = work.otherwise(times, failure);
            await(server, other, times, deadline, place);
            return other;
        }
    }

    private void await(
            Server server,
            SpawnSteps.Booting booting,
            SpawnTimes times,
            long deadline,
            StartLine.Place place)
            throws InterruptedException {
        feed.publish(server.key(), event(60, "Waiting for the server to answer"));
        long began = System.nanoTime();
        steps.awaitAnswer(booting, deadline, place);
        times.booted(booting.warm(), System.nanoTime() - began);
    }

    /** Cleans up first: once the row is FAILED, another start may take the same places. */
    private void fail(Server server, Problem problem) {
        if (closing) {
            return;
        }
        if (stoppedMeanwhile(server)) {
            feed.publish(
                    server.key(), new SpawnEvent(100, "Spawn cancelled", null, Outcome.CANCELLED));
            return;
        }
        log.warn("spawn.failed server={} code={}", server.key(), problem.code(), problem);
        try {
            remains.clear(server, Duration.ZERO);
        } catch (RuntimeException later) { // the reconciler removes what is left
            log.warn("spawn.cleanup-failed server={}", server.key(), later);
        }
        try {
            servers.markFailed(server, problem, StopReason.START_FAILED);
            counts.add(server.key().community(), StopReason.START_FAILED);
        } catch (RuntimeException later) { // the row stays SPAWNING without an owner: reconciled
            log.error("spawn.failure-unrecorded server={}", server.key(), later);
        }
        feed.publish(
                server.key(),
                new SpawnEvent(100, "Spawn failed: " + problem.detail(), null, Outcome.FAILED));
    }

    private boolean stoppedMeanwhile(Server server) {
        try {
            return servers.find(server.id())
                    .filter(now -> now.spawnId().equals(server.spawnId()))
                    .filter(now -> now.state() == ServerState.SPAWNING)
                    .isEmpty();
        } catch (RuntimeException unknown) {
            return false;
        }
    }

    private static SpawnEvent ready(Server server) {
        var url = server.path();
        return new SpawnEvent(
                100,
                "Server ready at " + url,
                "Server ready at <a href=\"" + url + "\">" + url + "</a>",
                Outcome.READY);
    }

    private void inLine(Server server, Standing standing) {
        feed.publish(server.key(), event(5, standing.sentence()));
    }

    /**
     * @throws Problem INVALID {@code server.larger-than-machine}
     */
    void requirePossible(Bytes memory) {
        room.requirePossible(memory);
    }

    /**
     * For whoever does not wait for room.
     *
     * @throws Problem BUSY {@code server.too-many-active}
     */
    void requireRoom(Start start) {
        line.shortage(start)
                .ifPresent(
                        shortage -> {
                            throw Problem.of(
                                    Problem.Kind.BUSY,
                                    "server.too-many-active",
                                    "There is no room for another server: "
                                            + (shortage == Shortage.DEVICE
                                                    ? room.deviceSentence(start)
                                                    : shortage.sentence())
                                            + ". Try again in a few minutes.");
                        });
    }

    static SpawnEvent event(int progress, String message) {
        return event(progress, message, null);
    }

    private static SpawnEvent event(int progress, String message, @Nullable String html) {
        return new SpawnEvent(progress, message, html, Outcome.NONE);
    }
}
