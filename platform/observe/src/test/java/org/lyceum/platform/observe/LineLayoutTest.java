package org.lyceum.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.util.Map;

/** Security statement 55: nothing that somebody typed can look like a line of ours. */
class LineLayoutTest {

    @Test
    void a_line_break_or_a_colour_code_in_a_value_is_escaped() {
        var line = layout("login.failed user={}", "eve\r\n2026 ERROR faked\u001b[31m\u202e");

        assertThat(line)
                .hasLineCount(1)
                .contains("eve\\u000d\\u000a2026", "\\u001b[31m", "\\u202e");
    }

    @Test
    void an_exceptions_message_cannot_begin_a_line_of_its_own() {
        var event = event("spawn.failed");
        event.setThrowableProxy(
                new ch.qos.logback.classic.spi.ThrowableProxy(
                        new IllegalStateException("a\n2026 ERROR faked")));

        assertThat(new LineLayout().doLayout(event).lines().skip(1))
                .allMatch(line -> line.startsWith("    "));
    }

    @Test
    void request_and_actor_stand_at_the_end_of_the_line() {
        var event = event("spawn.ready");
        event.setMDCPropertyMap(Map.of("request", "abc-1", "actor", "user:7"));

        assertThat(new LineLayout().doLayout(event))
                .endsWith("INFO spawn.ready actor=user:7 request=abc-1\n");
    }

    @Test
    void a_very_long_value_is_cut() {
        assertThat(layout("x={}", "y".repeat(100_000)).length())
                .isLessThan(LineLayout.MAX_LINE + 200);
    }

    private static String layout(String text, Object... values) {
        return new LineLayout().doLayout(event(text, values));
    }

    private static LoggingEvent event(String text, Object... values) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        return new LoggingEvent(
                "test", context.getLogger("org.lyceum.test"), Level.INFO, text, null, values);
    }
}
