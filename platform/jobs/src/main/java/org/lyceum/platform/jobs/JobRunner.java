package org.lyceum.platform.jobs;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One job, its timer and its last report. */
final class JobRunner {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    private final Job job;
    private final Clock clock;
    private final ReentrantLock running = new ReentrantLock(true);
    private final Object state = new Object();
    private JobStatus status;
    private boolean queued;
    private boolean ended;
    private @Nullable ScheduledExecutorService timer;
    private @Nullable ExecutorService threads;
    private @Nullable ScheduledFuture<?> next;

    JobRunner(Job job, Clock clock) {
        this.job = job;
        this.clock = clock;
        this.status = new JobStatus(job.name(), job.every(), null, null, null, null, false);
    }

    void begin(ScheduledExecutorService newTimer, ExecutorService newThreads) {
        synchronized (state) {
            timer = newTimer;
            threads = newThreads;
        }
        nudge();
    }

    /** Queues one run; a run that is queued already will do. */
    void nudge() {
        synchronized (state) {
            if (queued || ended || threads == null) {
                return;
            }
            queued = true;
            try {
                threads.execute(this::run);
            } catch (RejectedExecutionException closing) {
                queued = false;
            }
        }
    }

    void run() {
        running.lock();
        try {
            synchronized (state) {
                queued = false; // a nudge from here on is about something this run may not see
                if (ended) {
                    return;
                }
                status = running(status, true);
            }
            attempt();
        } finally {
            running.unlock();
            schedule();
        }
    }

    JobStatus status() {
        synchronized (state) {
            return status;
        }
    }

    void end() {
        synchronized (state) {
            ended = true;
            if (next != null) {
                next.cancel(false); // or closing the timer waits for it
            }
        }
    }

    private void attempt() {
        var began = clock.instant();
        long ticks = System.nanoTime();
        Job.Report report = null;
        String failure = "The run broke off; the log says why.";
        MDC.put("actor", "job:" + job.name());
        try {
            report = job.run();
            failure = null;
        } catch (RuntimeException e) {
            failure = e.toString();
            log.warn("job.failed job={}", job.name(), e);
        } finally {
            ended(began, Duration.ofNanos(System.nanoTime() - ticks), report, failure);
            MDC.remove("actor");
        }
    }

    private void ended(
            Instant began, Duration took, Job.@Nullable Report report, @Nullable String failure) {
        synchronized (state) {
            if (status.failure() != null && failure == null) {
                log.info("job.recovered job={}", job.name());
            }
            status = new JobStatus(job.name(), job.every(), began, took, report, failure, false);
        }
        if (report != null && (report.changed() > 0 || report.failed() > 0)) {
            log.debug("job.ran job={} took={} report={}", job.name(), took, report);
        }
    }

    private void schedule() {
        synchronized (state) {
            if (timer == null || ended) {
                return;
            }
            if (next != null) {
                next.cancel(false);
            }
            try {
                next = timer.schedule(this::nudge, job.every().toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closing) {
                log.debug("job.not-scheduled job={}", job.name());
            }
        }
    }

    private static JobStatus running(JobStatus old, boolean running) {
        return new JobStatus(
                old.name(),
                old.every(),
                old.lastRun(),
                old.took(),
                old.report(),
                old.failure(),
                running);
    }
}
