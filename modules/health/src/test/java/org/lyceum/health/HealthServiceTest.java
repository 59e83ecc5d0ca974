package org.lyceum.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.health.Finding.Level;
import org.lyceum.platform.testing.MovableClock;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Goal: a check that hangs or fails is an answer, and hides no other. */
class HealthServiceTest {

    private static final Check GOOD =
            new Check("a.good", Area.MACHINE, "Good?", () -> Finding.well("Yes."));

    private final MovableClock clock = new MovableClock();

    @Test
    void one_that_hangs_is_given_up_and_all_others_answer() {
        var hangs =
                new Check(
                        "a.hangs",
                        Area.ENGINE,
                        "Hangs?",
                        () -> {
                            new CountDownLatch(1).await();
                            return Finding.well("Never.");
                        });
        try (var health = service(Duration.ofMillis(200), hangs, GOOD)) {
            var results = health.look().results();

            assertThat(results.getFirst().finding().level()).isEqualTo(Level.UNKNOWN);
            assertThat(results.getFirst().finding().words()).contains("did not answer within");
            assertThat(results.getLast().finding()).isEqualTo(Finding.well("Yes."));
        }
    }

    @Test
    void one_that_fails_says_with_what() {
        var fails =
                new Check(
                        "a.fails",
                        Area.WORK,
                        "Fails?",
                        () -> {
                            throw new IllegalStateException("no such file");
                        });
        try (var health = service(Duration.ofSeconds(30), fails)) {
            var finding = health.look().results().getFirst().finding();

            assertThat(finding.level()).isEqualTo(Level.UNKNOWN);
            assertThat(finding.words()).contains("no such file");
        }
    }

    @Test
    void what_is_known_is_told_again_until_somebody_looks() {
        var asked = new AtomicInteger();
        var counts =
                new Check(
                        "a.counts",
                        Area.WORK,
                        "How often?",
                        () -> Finding.well("Time " + asked.incrementAndGet()));
        try (var health = service(Duration.ofSeconds(30), counts)) {
            assertThat(health.report().results().getFirst().finding().words()).isEqualTo("Time 1");
            assertThat(health.report().results().getFirst().finding().words()).isEqualTo("Time 1");
            assertThat(health.look().results().getFirst().finding().words()).isEqualTo("Time 2");
        }
    }

    private HealthService service(Duration patience, Check... checks) {
        return new HealthService(List.of(checks), patience, clock);
    }
}
