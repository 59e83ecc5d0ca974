package org.lyceum.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

import java.time.Instant;
import java.util.Map;

/** Security statement 55: nothing that somebody typed can look like a line of ours. */
class LineLayoutTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456Z");

    @Test
    void a_line_break_or_a_colour_code_in_a_value_is_escaped() {
        var line = line("login.failed user=eve\r\n2026 ERROR faked\u001b[31m\u202e");

        assertThat(line)
                .hasLineCount(1)
                .contains("eve\\u000d\\u000a2026", "\\u001b[31m", "\\u202e");
    }

    @Test
    void an_exceptions_message_cannot_begin_a_line_of_its_own() {
        var failure = new IllegalStateException("a\n2026 ERROR faked");

        var line = LineLayout.line(NOON, Level.WARN, "spawn.failed", Map.of(), failure);

        assertThat(line.lines().skip(1)).isNotEmpty().allMatch(each -> each.startsWith("    "));
    }

    @Test
    void request_and_actor_stand_at_the_end_of_the_line() {
        var context = Map.of("request", "abc-1", "actor", "user:7");

        assertThat(LineLayout.line(NOON, Level.INFO, "spawn.ready", context, null))
                .isEqualTo(
                        "2026-01-02T12:00:00.123Z INFO spawn.ready actor=user:7 request=abc-1\n");
    }

    @Test
    void a_very_long_value_is_cut() {
        assertThat(line("x=" + "y".repeat(100_000)).length()).isLessThan(LineLayout.MAX_LINE + 200);
    }

    private static String line(String message) {
        return LineLayout.line(NOON, Level.INFO, message, Map.of(), null);
    }
}
