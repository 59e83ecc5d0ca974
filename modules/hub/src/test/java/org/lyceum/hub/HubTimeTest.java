package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.testing.ContractRow;

import java.time.Instant;

/** Goal: timestamps as JupyterHub's clients know them. */
class HubTimeTest {

    @ContractRow(79)
    @Test
    void a_time_has_microseconds_and_z() {
        assertThat(HubTime.text(Instant.parse("2026-11-22T10:55:37.051440Z")))
                .isEqualTo("2026-11-22T10:55:37.051440Z");
        assertThat(HubTime.text(Instant.ofEpochMilli(1_000_005)))
                .isEqualTo("1970-01-01T00:16:40.005000Z");
    }

    @ContractRow(79)
    @Test
    void a_fraction_of_zero_is_left_out() {
        assertThat(HubTime.text(Instant.ofEpochSecond(1))).isEqualTo("1970-01-01T00:00:01Z");
        assertThat(HubTime.text(null)).isNull();
    }

    @ContractRow(79)
    @Test
    void a_time_is_read_with_or_without_offset() {
        var expected = Instant.parse("2026-11-22T10:55:13.979701Z");

        assertThat(HubTime.read("2026-11-22T10:55:13.979701Z")).contains(expected);
        assertThat(HubTime.read("2026-11-22T10:55:13.979701")).contains(expected);
        assertThat(HubTime.read("2026-11-22T12:55:13.979701+02:00")).contains(expected);
        assertThat(HubTime.read("yesterday")).isEmpty();
    }
}
