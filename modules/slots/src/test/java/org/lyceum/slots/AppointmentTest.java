package org.lyceum.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Goal: a class finds its servers ready, and nothing waits for one that has gathered. */
class AppointmentTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Tuesdays from 10:15 to 11:45, 20 seats. */
    private static final Appointment CLASS =
            new Appointment(
                    1,
                    new CommunityId(1),
                    "jupyterlab",
                    DayOfWeek.TUESDAY,
                    10 * 60 + 15,
                    11 * 60 + 45,
                    20);

    @Test
    void it_gathers_from_a_while_before_it_begins_until_a_while_after() {
        assertThat(gathers("2026-03-03T09:54:00")).isFalse();
        assertThat(gathers("2026-03-03T09:55:00")).isTrue();
        assertThat(gathers("2026-03-03T10:15:00")).isTrue();
        assertThat(gathers("2026-03-03T10:34:00")).isTrue();
        assertThat(gathers("2026-03-03T10:35:00")).isFalse();
        assertThat(gathers("2026-03-04T10:15:00")).as("Wednesday").isFalse();
    }

    @Test
    void the_day_the_clocks_change_is_a_day_like_any_other() {
        var sunday =
                new Appointment(1, new CommunityId(1), "p", DayOfWeek.SUNDAY, 8 * 60, 9 * 60, 1);
        var at = LocalDateTime.parse("2026-03-29T07:50:00").atZone(BERLIN);

        assertThat(sunday.gathersAt(at, Duration.ofMinutes(15))).isTrue();
        assertThat(sunday.gathersAt(at.minusHours(1), Duration.ofMinutes(15))).isFalse();
    }

    @Test
    void one_that_ends_before_it_begins_is_refused() {
        assertThatThrownBy(
                        () ->
                                new Appointment(
                                        0, new CommunityId(1), "p", DayOfWeek.MONDAY, 600, 600, 5))
                .isInstanceOf(Problem.class);
    }

    private static boolean gathers(String local) {
        return CLASS.gathersAt(LocalDateTime.parse(local).atZone(BERLIN), Duration.ofMinutes(20));
    }
}
