package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.linux.Pressure;
import org.lyceum.platform.testing.MovableClock;
import org.lyceum.servers.MachineCalm.Lack;
import org.lyceum.servers.MachineCalm.State;

import java.time.Duration;
import java.util.Optional;

/**
 * Goal: a machine that is short of something for longer is calmed in two steps, and nothing flaps.
 * Method: what the kernel says is what the test says, at the times it says.
 */
class CalmingTest {

    private final MovableClock clock = new MovableClock();
    private Optional<Pressure> told = Optional.of(new Pressure(0, 0, 0));
    private final Calming calming =
            new Calming(
                    new ServersConfig.Freezing(Duration.ofMinutes(3), 90, 15, 50),
                    () -> told,
                    clock);

    @Test
    void a_burst_is_nothing_and_what_lasts_is_calmed_first_by_freezing_then_by_holding_starts() {
        says(95, 0, 0, Duration.ofSeconds(15));
        says(10, 0, 0, Duration.ofSeconds(5));
        says(95, 0, 0, Duration.ofSeconds(15));
        assertThat(calming.calm().state()).as("two bursts").isEqualTo(State.CALM);

        says(95, 0, 0, Duration.ofSeconds(10));
        assertThat(calming.calm().state()).isEqualTo(State.FREEZING);
        assertThat(calming.calm().lack()).isEqualTo(Lack.CORES);
        assertThat(calming.freezesEarly()).isTrue();
        assertThat(calming.holdsStarts(true)).isFalse();

        says(95, 0, 0, Calming.THEN_HOLD);
        assertThat(calming.calm().state()).isEqualTo(State.HOLDING);
        assertThat(calming.holdsStarts(true)).isTrue();
    }

    @Test
    void it_is_over_when_it_was_well_below_for_a_while_and_not_before() {
        says(0, 20, 0, Duration.ofSeconds(60));
        assertThat(calming.calm().state()).isEqualTo(State.HOLDING);

        says(0, 12, 0, Duration.ofMinutes(5));
        assertThat(calming.calm().state()).as("just below").isEqualTo(State.HOLDING);
        says(0, 5, 0, Duration.ofSeconds(25));
        says(0, 20, 0, Duration.ofSeconds(5));
        says(0, 5, 0, Duration.ofSeconds(25));
        assertThat(calming.calm().state()).as("it came back").isEqualTo(State.HOLDING);

        says(0, 5, 0, Duration.ofSeconds(15));
        assertThat(calming.calm().state()).isEqualTo(State.CALM);
        assertThat(calming.calm().since()).isNull();
        assertThat(calming.holdsStarts(true)).isFalse();
    }

    @Test
    void without_cores_starts_wait_for_each_other_and_without_memory_for_a_pause_too() {
        says(100, 0, 0, Duration.ofMinutes(2));
        calming.started();
        assertThat(calming.holdsStarts(false)).as("a class begins").isFalse();
        assertThat(calming.holdsStarts(true)).isTrue();

        says(100, 0, 60, Duration.ofSeconds(5));
        assertThat(calming.calm().lack()).isEqualTo(Lack.DISK);
        calming.started();
        assertThat(calming.holdsStarts(false)).isTrue();
        says(100, 0, 60, Calming.BETWEEN_STARTS);
        assertThat(calming.holdsStarts(false)).as("everybody has their turn").isFalse();
    }

    @Test
    void where_the_kernel_does_not_tell_nothing_is_done_and_that_is_said() {
        told = Optional.empty();
        calming.run();

        assertThat(calming.calm().state()).isEqualTo(State.UNKNOWN);
        assertThat(calming.freezesEarly()).isFalse();
        assertThat(calming.holdsStarts(true)).isFalse();
    }

    @Test
    void a_threshold_of_0_is_none() {
        var config = new ServersConfig.Freezing(Duration.ofMinutes(3), 0, 0, 0);
        assertThat(config.lack(new Pressure(100, 100, 100), 1)).isNull();
    }

    /** Looks every 5 seconds, as the job does. */
    private void says(double cores, double memory, double disk, Duration time) {
        told = Optional.of(new Pressure(cores, memory, disk));
        for (var left = time; !left.isNegative(); left = left.minusSeconds(5)) {
            calming.run();
            if (left.isPositive()) {
                clock.advance(Duration.ofSeconds(Math.min(5, left.toSeconds())));
            }
        }
    }
}
