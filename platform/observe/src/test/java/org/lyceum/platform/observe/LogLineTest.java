package org.lyceum.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Goal: whatever a visitor types, it stays inside the one line it belongs to. */
class LogLineTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("org.lyceum.test");

    @AfterEach
    void clear() {
        org.slf4j.MDC.clear();
    }

    private String line(String message, Throwable thrown, Object... arguments) {
        return LogLine.line(
                new LoggingEvent("test", logger, Level.INFO, message, thrown, arguments));
    }

    @Test
    void a_line_is_time_level_and_the_event_with_its_keys() {
        assertThat(line("spawn.ready server={} took={}", null, 12, "4.1s"))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO"
                                + " spawn.ready server=12 took=4.1s\n");
    }

    @Test
    void line_breaks_escapes_and_direction_marks_are_written_out() {
        var evil = "ada\r\n2026-01-01T00:00:00.000Z INFO user.created\u001b[31m\u202e\u2028\u0085\0";

        var line = line("login.failed name={}", null, evil);

        assertThat(line.strip().lines()).hasSize(1);
        assertThat(line)
                .contains("ada\\r\\n2026")
                .contains("\\u001b[31m\\u202e\\u2028\\u0085\\u0000")
                .doesNotContain("\u001b", "\r", "\u202e", "\u2028", "\u0085");
    }

    @Test
    void names_in_any_script_are_left_alone() {
        assertThat(line("user.created name={}", null, "gül é 李 🙂")).contains("name=gül é 李 🙂\n");
    }

    @Test
    void the_message_of_an_exception_cannot_forge_a_line_either() {
        var thrown = new IllegalStateException("bad\nname", new RuntimeException("in\r\nside"));

        var lines = line("http.failed", thrown).lines().toList();

        assertThat(lines.getFirst()).endsWith(" INFO http.failed");
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("\t"));
        assertThat(lines).anyMatch(line -> line.endsWith("IllegalStateException: bad\\nname"));
        assertThat(lines).anyMatch(line -> line.contains("caused by") && line.endsWith("in\\r\\nside"));
    }

    @Test
    void the_request_and_the_actor_stand_at_the_end_while_their_work_runs() {
        var inside = LogContext.with("r-1", "user:7", () -> line("home.opened", null));

        assertThat(inside).endsWith(" home.opened request=r-1 actor=user:7\n");
        assertThat(line("home.opened", null)).endsWith(" home.opened\n");
    }

    @Test
    void logback_takes_its_set_up_from_us() {
        assertThat(logger.getLoggerContext().getLogger("ROOT").getAppender("stdout")).isNotNull();
        assertThat(logger.getLoggerContext().getLogger("org.jooq").getLevel()).isEqualTo(Level.WARN);
    }
}
