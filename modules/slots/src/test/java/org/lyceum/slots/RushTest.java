package org.lyceum.slots;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

/** Goal: those who wait come first, and a steady stream is refilled all the same. */
class RushTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    private final Rush rush = new Rush();

    @Test
    void it_begins_with_a_start_and_ends_a_moment_after_the_last() {
        assertThat(rush.on(NOW)).isFalse();
        rush.started(NOW);
        rush.started(NOW.plusSeconds(2));

        assertThat(rush.on(NOW.plusSeconds(4))).isTrue();
        assertThat(rush.on(NOW.plusSeconds(5))).isFalse();
    }

    @Test
    void one_that_lasts_is_none_any_more_until_there_was_a_pause() {
        for (int second = 0; second <= 20; second++) {
            rush.started(NOW.plusSeconds(second));
        }
        assertThat(rush.on(NOW.plusSeconds(20))).as("it has lasted").isFalse();

        rush.started(NOW.plusSeconds(60));
        assertThat(rush.on(NOW.plusSeconds(61))).as("a new one").isTrue();
    }
}
