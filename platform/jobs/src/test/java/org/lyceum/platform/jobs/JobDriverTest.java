package org.lyceum.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Problem;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Goal: a job runs on its timer and on a nudge, never twice at once, whatever happens inside it.
 */
class JobDriverTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private record Told(String name, Duration every, Supplier<Report> work) implements Job {
        @Override
        public Report run() {
            return work.get();
        }
    }

    private static JobDriver driver(Job... jobs) {
        return new JobDriver(List.of(jobs), Clock.systemUTC());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_job_runs_at_the_start_and_again_and_again_by_its_timer() {
        var runs = new CountDownLatch(3);
        var job =
                new Told(
                        "a.b",
                        Duration.ofMillis(1),
                        () -> {
                            runs.countDown();
                            return Job.Report.NOTHING;
                        });
        try (var driver = driver(job)) {
            driver.start();
            await(runs);
        }
    }

    @Test
    void a_nudge_during_a_run_leads_to_exactly_one_more_and_never_to_two_at_once() {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var second = new CountDownLatch(2);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var count = new AtomicInteger();
        var job =
                new Told(
                        "a.b",
                        NEVER,
                        () -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            count.incrementAndGet();
                            begun.countDown();
                            await(go);
                            inside.decrementAndGet();
                            second.countDown();
                            return new Job.Report(1, 1, 0);
                        });
        try (var driver = driver(job)) {
            driver.start();
            await(begun);
            assertThat(driver.statuses().getFirst().running()).isTrue();
            for (int i = 0; i < 10; i++) {
                driver.nudge("a.b");
            }
            go.countDown();
            await(second);
            assertThat(driver.runNow("a.b").report()).isEqualTo(new Job.Report(1, 1, 0));
        }
        assertThat(most).hasValue(1);
        assertThat(count).hasValue(3);
    }

    @Test
    void a_run_that_fails_is_told_and_the_next_one_comes() {
        var fail = new boolean[] {true};
        var job =
                new Told(
                        "a.b",
                        NEVER,
                        () -> {
                            if (fail[0]) {
                                throw new IllegalStateException("no luck");
                            }
                            return new Job.Report(2, 0, 0);
                        });
        try (var driver = driver(job)) {
            driver.start();
            var failed = driver.runNow("a.b");
            assertThat(failed.failure()).contains("no luck");
            assertThat(failed.report()).isNull();
            assertThat(failed.running()).isFalse();
            fail[0] = false;

            var recovered = driver.runNow("a.b");

            assertThat(recovered.failure()).isNull();
            assertThat(recovered.report()).isEqualTo(new Job.Report(2, 0, 0));
            assertThat(recovered.lastRun()).isNotNull();
        }
    }

    @Test
    void a_stuck_job_does_not_keep_the_others_from_running() {
        var go = new CountDownLatch(1);
        var other = new CountDownLatch(1);
        var stuck =
                new Told(
                        "a.stuck",
                        NEVER,
                        () -> {
                            await(go);
                            return Job.Report.NOTHING;
                        });
        var free =
                new Told(
                        "a.free",
                        NEVER,
                        () -> {
                            other.countDown();
                            return Job.Report.NOTHING;
                        });
        try (var driver = driver(stuck, free)) {
            driver.start();
            await(other);
            go.countDown();
        }
    }

    @Test
    void nothing_runs_after_the_end() {
        var count = new AtomicInteger();
        var job =
                new Told(
                        "a.b",
                        Duration.ofMillis(1),
                        () -> {
                            count.incrementAndGet();
                            return Job.Report.NOTHING;
                        });
        var driver = driver(job);
        driver.start();
        driver.close();
        int then = count.get();

        driver.nudge("a.b");
        driver.runNow("a.b");

        assertThat(count).hasValue(then);
    }

    @Test
    void a_name_that_no_job_has_is_a_problem() {
        try (var driver = driver()) {
            assertThatThrownBy(() -> driver.nudge("a.b"))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.code()).isEqualTo("job.unknown"));
        }
    }

    @Test
    void a_run_from_outside_waits_for_the_one_under_way() {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var count = new AtomicInteger();
        var job =
                new Told(
                        "a.b",
                        NEVER,
                        () -> {
                            count.incrementAndGet();
                            begun.countDown();
                            await(go);
                            return Job.Report.NOTHING;
                        });
        try (var driver = driver(job)) {
            driver.start();
            await(begun);
            var done = new CountDownLatch(1);
            Threads.start(
                    "test",
                    () -> {
                        driver.runNow("a.b");
                        done.countDown();
                    });
            assertThat(done.getCount()).isEqualTo(1);
            go.countDown();
            await(done);
        }
        assertThat(count).hasValue(2);
    }
}
