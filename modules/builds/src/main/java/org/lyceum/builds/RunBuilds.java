package org.lyceum.builds;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.TrialService;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Builds what waits for it, one at a time, and hands what comes out to be tried. What a process
 * that was killed was at is noted as such, and its containers and files go.
 */
final class RunBuilds implements Job {

    private static final Logger log = LoggerFactory.getLogger(RunBuilds.class);

    /** In one run; what is left is for the next. */
    private static final int MAX = 20;

    /** For a build to end when the platform does. */
    private static final Duration END = Duration.ofSeconds(15);

    private final BuildRepository builds;
    private final BuildRun run;
    private final StepContainers containers;
    private final BuildPlaces places;
    private final BuildLogs logs;
    private final TrialService trials;
    private final BuildsConfig config;
    private final BooleanSupplier room;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final AtomicReference<@Nullable Current> current = new AtomicReference<>();
    private volatile boolean ending;

    private record Current(long build, Watch watch) {}

    RunBuilds(
            BuildRepository builds,
            BuildRun run,
            StepContainers containers,
            BuildPlaces places,
            BuildLogs logs,
            TrialService trials,
            BuildsConfig config,
            BooleanSupplier room) {
        this.builds = builds;
        this.run = run;
        this.containers = containers;
        this.places = places;
        this.logs = logs;
        this.trials = trials;
        this.config = config;
        this.room = room;
    }

    @Override
    public String name() {
        return "builds.run-builds";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    /** Begins now rather than within a minute; returns at once. */
    void soon() {
        Threads.start("builds", this::run);
    }

    @Override
    public Report run() {
        if (!oneAtATime.tryLock()) {
            return Report.NOTHING; // the one that runs goes on to what has come meanwhile
        }
        try {
            int changed = sweep();
            int looked = 0;
            for (; looked < MAX && !ending; looked++) {
                var next = builds.begin();
                if (next.isEmpty()) {
                    break;
                }
                changed += built(next.get()) ? 1 : 0;
            }
            return new Report(looked, changed, 0);
        } catch (Problem engineIsDown) {
            log.warn("builds.engine-down", engineIsDown);
            return new Report(1, 0, 1);
        } catch (InterruptedException platformEnds) {
            Thread.currentThread().interrupt();
            return Report.NOTHING;
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Nothing is under way while this is asked: whatever looks like it is left over. */
    private int sweep() {
        int interrupted = builds.interrupt();
        int removed = containers.removeLeft();
        places.deleteWork();
        if (interrupted + removed > 0) {
            log.warn("builds.swept interrupted={} containers={}", interrupted, removed);
        }
        return interrupted + removed;
    }

    private boolean built(Build build) throws InterruptedException {
        var watch = new Watch(config, room);
        current.set(new Current(build.id(), watch));
        if (ending) {
            watch.end();
        }
        log.info("build.began build={} environment={}", build.id(), build.environmentId());
        try (var lines = logs.open(build.id())) {
            try {
                var made = run.run(build, watch, lines);
                builds.built(build.id(), made.reference(), made.imageId());
                lines.line("== Built " + made.reference() + "; it is tried now");
                log.info("build.built build={} image={}", build.id(), made.imageId());
                haveTried(build, made, lines);
                return true;
            } catch (Problem problem) {
                failed(build, lines, problem);
                return false;
            } catch (IOException e) {
                log.error("build.broken build={}", build.id(), e);
                failed(
                        build,
                        lines,
                        Watch.failure(
                                "build.broken",
                                "The platform could not read or write a file of this build; its log"
                                        + " says which."));
                return false;
            }
        } finally {
            current.set(null);
            places.deleteWork();
            builds.forgetOld(build.environmentId()).forEach(places::deleteLog);
        }
    }

    private void failed(Build build, BuildLogs.Live lines, Problem problem) {
        var state =
                switch (problem.code()) {
                    case "build.cancelled" -> Build.State.CANCELLED;
                    case "build.interrupted" -> Build.State.INTERRUPTED;
                    default -> Build.State.FAILED;
                };
        lines.line("== " + problem.detail());
        builds.failed(build.id(), state, problem.detail());
        log.info("build.failed build={} code={}", build.id(), problem.code());
    }

    private void haveTried(Build build, BuildRun.Made made, BuildLogs.Live lines) {
        try {
            trials.ask(build.community(), build.environmentId(), made.reference());
        } catch (Problem notNow) {
            lines.line("== " + notNow.detail());
        }
    }

    /** Ends the build if it is the one under way; it says so itself soon. */
    boolean cancel(long build) {
        var now = current.get();
        if (now == null || now.build() != build) {
            return false;
        }
        now.watch().cancel();
        return true;
    }

    /** Ends the build that is under way, which then reads that it was interrupted. */
    void end() {
        ending = true;
        var now = current.get();
        if (now != null) {
            now.watch().end();
        }
        try {
            if (oneAtATime.tryLock(END.toMillis(), TimeUnit.MILLISECONDS)) {
                oneAtATime.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
