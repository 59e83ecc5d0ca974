package org.lyceum.slots;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

/** Goal: as many are kept ready as are likely to be asked for, and none for what nobody wants. */
class DemandTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void nothing_was_asked_for_and_nothing_is_kept() {
        assertThat(Demand.none(NOW).wanted()).isZero();
    }

    @Test
    void one_start_keeps_one_ready_for_a_while_and_then_not() {
        var once = Demand.none(NOW).plusOne(NOW);

        assertThat(once.wanted()).isEqualTo(1);
        assertThat(minutes(once, 30).wanted()).isEqualTo(1);
        assertThat(minutes(once, 60).wanted()).isZero();
        assertThat(minutes(once, 60 * 24 * 365).wanted()).isZero();
    }

    @Test
    void a_steady_stream_is_met_and_outlives_a_quiet_spell() {
        var demand = Demand.none(NOW);
        for (int minute = 0; minute < 120; minute++) {
            var at = NOW.plusSeconds(60L * minute);
            demand = demand.plusOne(at); // ten in each period
        }

        assertThat(demand.wanted()).isBetween(9, 10);
        assertThat(minutes(demand, 120 + 20).wanted()).isBetween(4, 7);
    }

    @Test
    void a_crowd_raises_it_at_once_though_not_to_its_own_size() {
        var demand = Demand.none(NOW);
        for (int i = 0; i < 20; i++) {
            demand = demand.plusOne(NOW);
        }

        assertThat(demand.wanted()).isEqualTo(6);
    }

    @Test
    void a_clock_that_goes_back_does_no_harm() {
        var demand = Demand.none(NOW).plusOne(NOW);

        assertThat(demand.at(NOW.minusSeconds(3600))).isEqualTo(demand);
    }

    private static Demand minutes(Demand demand, int later) {
        return demand.at(NOW.plusSeconds(60L * later));
    }
}
