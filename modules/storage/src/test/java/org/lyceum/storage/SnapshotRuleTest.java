package org.lyceum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Goal: what is kept thins out with age and never grows. Method: a year of hours. */
class SnapshotRuleTest {

    private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");

    private static List<Instant> after(int hours, SnapshotRule rule) {
        var times = new ArrayList<Instant>();
        for (int hour = 0; hour < hours; hour++) {
            times.add(MONDAY.plus(Duration.ofHours(hour)));
            times.removeAll(rule.superfluous(times));
        }
        return times;
    }

    @Test
    void after_a_year_there_are_a_day_of_hours_a_week_of_days_and_a_month_of_weeks() {
        var times = after(24 * 364, SnapshotRule.DEFAULT);
        var last = MONDAY.plus(Duration.ofHours(24 * 364 - 1));

        assertThat(times).hasSizeBetween(24 + 6 + 3 - 2, 24 + 7 + 4);
        assertThat(times.getLast()).isEqualTo(last);
        assertThat(times.stream().filter(t -> t.isAfter(last.minus(Duration.ofHours(24)))))
                .hasSize(24);
        assertThat(times.getFirst())
                .isBetween(last.minus(Duration.ofDays(28)), last.minus(Duration.ofDays(21)));
    }

    @Test
    void two_in_one_hour_leave_the_first_and_a_rule_of_nothing_keeps_nothing() {
        var two = List.of(MONDAY, MONDAY.plusSeconds(60));
        assertThat(SnapshotRule.DEFAULT.superfluous(two)).containsExactly(MONDAY.plusSeconds(60));
        assertThat(new SnapshotRule(0, 0, 0, 20).superfluous(two)).isEqualTo(two);
    }
}
