package org.lyceum.health;

import org.jspecify.annotations.Nullable;
import org.lyceum.health.HealthReport.Result;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** Asks all checks and keeps their latest answers. Any thread; one round at a time. */
public final class HealthService implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HealthService.class);

    private final List<Check> checks;
    private final Duration patience;
    private final Clock clock;
    private final ExecutorService threads = Threads.virtual("check");
    private final ReentrantLock round = new ReentrantLock();
    private volatile @Nullable HealthReport latest;

    /**
     * @param patience with all checks of a round together
     */
    HealthService(List<Check> checks, Duration patience, Clock clock) {
        this.checks = List.copyOf(checks);
        this.patience = patience;
        this.clock = clock;
    }

    /** The latest answers; asks first when there are none yet. Blocking. */
    public HealthReport report() {
        var known = latest;
        return known != null ? known : look();
    }

    /** Asks all checks now. Blocking, for as long as the patience with them lasts at most. */
    public HealthReport look() {
        round.lock();
        try {
            var begun = clock.instant();
            long deadline = System.nanoTime() + patience.toNanos();
            var asked = checks.stream().map(this::ask).toList();
            var results = new ArrayList<Result>();
            for (int i = 0; i < asked.size(); i++) {
                results.add(answer(checks.get(i), asked.get(i), deadline));
            }
            var report = new HealthReport(begun, results);
            latest = report;
            return report;
        } finally {
            round.unlock();
        }
    }

    private Future<Result> ask(Check check) {
        return threads.submit(
                () -> {
                    long from = System.nanoTime();
                    var finding = check.look().call();
                    return result(check, finding, Duration.ofNanos(System.nanoTime() - from));
                });
    }

    private Result answer(Check check, Future<Result> asked, long deadline) {
        try {
            long left = Math.max(0, deadline - System.nanoTime());
            return asked.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            return result(
                    check,
                    Finding.unknown(
                            "It did not answer within "
                                    + patience.toSeconds()
                                    + " seconds; the machine may be busy. Check again."),
                    patience);
        } catch (ExecutionException e) {
            return result(
                    check,
                    Finding.unknown("It could not be found out: " + why(check, e)),
                    Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result(check, Finding.unknown("The check was interrupted."), Duration.ZERO);
        }
    }

    private static String why(Check check, ExecutionException failure) {
        var cause = failure.getCause();
        if (cause instanceof Problem problem) {
            return problem.detail();
        }
        log.warn("health.check-failed check={}", check.id(), cause);
        return cause == null ? "for no known reason." : String.valueOf(cause.getMessage());
    }

    private static Result result(Check check, Finding finding, Duration took) {
        return new Result(check.id(), check.area(), check.asks(), finding, took);
    }

    @Override
    public void close() {
        Threads.stop(threads, Duration.ofSeconds(1));
    }
}
