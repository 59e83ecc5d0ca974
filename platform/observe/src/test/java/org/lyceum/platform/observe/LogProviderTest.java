package org.lyceum.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class LogProviderTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void slf4j_finds_it() {
        assertThat(LoggerFactory.getLogger("org.lyceum.x")).isInstanceOf(LineLogger.class);
    }

    @Test
    void our_own_lines_are_written_from_info_on_and_those_of_libraries_from_warn_on() {
        speak(null);

        assertThat(lines()).containsExactly("INFO ours b", "WARN ours", "WARN library");
    }

    @Test
    void lyceum_log_sets_the_level_of_our_own_lines_only() {
        speak("debug");

        assertThat(lines())
                .containsExactly("DEBUG ours a", "INFO ours b", "WARN ours", "WARN library");
    }

    @Test
    void a_level_that_is_none_is_info() {
        speak("loud");

        assertThat(lines()).hasSize(3);
    }

    @Test
    void the_context_of_a_thread_stands_in_its_lines_and_in_no_other_threads() throws Exception {
        var provider = new LogProvider(new PrintStream(written), null);
        var log = provider.getLoggerFactory().getLogger("org.lyceum.x");
        provider.getMDCAdapter().put("request", "r-1");

        log.info("mine");
        var other = Thread.ofVirtual().start(() -> log.info("theirs"));
        other.join();
        provider.getMDCAdapter().clear();
        log.info("after");

        assertThat(lines()).containsExactly("INFO mine request=r-1", "INFO theirs", "INFO after");
    }

    @Test
    void an_exception_after_the_values_brings_its_stack() {
        var provider = new LogProvider(new PrintStream(written), null);

        provider.getLoggerFactory()
                .getLogger("org.lyceum.x")
                .warn("spawn.failed server={}", 7, new IllegalStateException("why"));

        assertThat(text())
                .contains("spawn.failed server=7\n")
                .contains("IllegalStateException: why");
    }

    private void speak(String level) {
        var loggers = new LogProvider(new PrintStream(written), level).getLoggerFactory();
        loggers.getLogger("org.lyceum.x").debug("ours {}", "a");
        loggers.getLogger("org.lyceum.x").info("ours {}", "b");
        loggers.getLogger("org.lyceum").warn("ours");
        loggers.getLogger("org.lyceumx").info("library");
        loggers.getLogger("io.netty").info("library");
        loggers.getLogger("io.netty").warn("library");
    }

    private Iterable<String> lines() {
        return text().lines().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
