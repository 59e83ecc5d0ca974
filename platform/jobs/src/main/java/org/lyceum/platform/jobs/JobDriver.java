package org.lyceum.platform.jobs;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Problem;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Runs jobs: each for the first time when started, then on its timer, or sooner when somebody
 * nudges it. Never two runs of one job at once; a nudge during a run leads to one more. Safe for
 * any thread.
 */
public final class JobDriver implements Module {

    /** A job stopped half-way is no harm, so the process does not wait longer for one. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, JobRunner> runners = new LinkedHashMap<>();
    private @Nullable ScheduledExecutorService timer;
    private @Nullable ExecutorService threads;

    public JobDriver(List<Job> jobs, Clock clock) {
        for (var job : jobs) {
            if (runners.put(job.name(), new JobRunner(job, clock)) != null) {
                throw new IllegalArgumentException("two jobs are called " + job.name());
            }
        }
    }

    @Override
    public void start() {
        var newTimer = Threads.timer("job-timer");
        var newThreads = Threads.virtual("job");
        timer = newTimer;
        threads = newThreads;
        runners.values().forEach(runner -> runner.begin(newTimer, newThreads));
    }

    /**
     * Runs the job soon; at once unless it is running. Returns without waiting.
     *
     * @throws Problem NOT_FOUND job.unknown
     */
    public void nudge(String name) {
        runner(name).nudge();
    }

    /**
     * Runs the job now, after a run that is under way, and waits for it. Blocking.
     *
     * @throws Problem NOT_FOUND job.unknown
     */
    public JobStatus runNow(String name) {
        var runner = runner(name);
        runner.run();
        return runner.status();
    }

    /** All jobs, in the order they were given. */
    public List<JobStatus> statuses() {
        return runners.values().stream().map(JobRunner::status).toList();
    }

    @Override
    public void close() {
        runners.values().forEach(JobRunner::end);
        if (timer != null) {
            Threads.stop(timer, PATIENCE);
        }
        if (threads != null) {
            Threads.stop(threads, PATIENCE);
        }
    }

    private JobRunner runner(String name) {
        var runner = runners.get(name);
        if (runner == null) {
            throw Problem.notFound("job.unknown", "There is no job called '" + name + "'.");
        }
        return runner;
    }
}
