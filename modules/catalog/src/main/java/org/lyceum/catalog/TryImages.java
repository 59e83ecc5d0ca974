package org.lyceum.catalog;

import org.lyceum.platform.app.Threads;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Actor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Tries the images that wait for it, one at a time, and promotes those that pass. */
final class TryImages implements Job {

    private static final Logger log = LoggerFactory.getLogger(TryImages.class);
    private static final Actor SELF = new Actor.Job("catalog.try-images");

    /** In one run; what is left is for the next. */
    private static final int MAX = 20;

    private final TrialRepository trials;
    private final CatalogRepository catalog;
    private final ContainerTrial container;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    TryImages(TrialRepository trials, CatalogRepository catalog, ContainerTrial container) {
        this.trials = trials;
        this.catalog = catalog;
        this.container = container;
    }

    @Override
    public String name() {
        return "catalog.try-images";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    /** Begins now rather than within a minute; returns at once. */
    void soon() {
        Threads.start("catalog-trial", this::run);
    }

    @Override
    public Report run() {
        oneAtATime.lock();
        try {
            int looked = 0;
            int passed = 0;
            for (; looked < MAX; looked++) {
                var trial = trials.next();
                if (trial.isEmpty()) {
                    break;
                }
                passed += tried(trial.get()) ? 1 : 0;
            }
            return new Report(looked, passed, looked - passed);
        } catch (InterruptedException platformEnds) { // it waits, and is tried after the next start
            Thread.currentThread().interrupt();
            return Report.NOTHING;
        } finally {
            oneAtATime.unlock();
        }
    }

    private boolean tried(Trial trial) throws InterruptedException {
        var environment = catalog.environment(trial.environmentId());
        if (environment.isEmpty()) {
            return false; // its row has gone with it
        }
        trials.begin(trial);
        log.info("trial.began environment={} image={}", trial.environmentId(), trial.imageId());
        var outcome = container.run(trial, environment.get());
        var report = outcome.report().orElse(null);
        var failure = report == null ? outcome.otherwise() : report.failure();
        trials.end(SELF, trial, report, failure);
        log.info(
                "trial.ended environment={} image={} passed={}",
                trial.environmentId(),
                trial.imageId(),
                failure == null);
        return failure == null;
    }
}
