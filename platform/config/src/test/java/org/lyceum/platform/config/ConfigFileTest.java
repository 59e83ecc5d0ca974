package org.lyceum.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.kernel.Bytes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class ConfigFileTest {

    private record Sample(
            int port, Duration patience, Bytes memory, List<String> names, boolean loud) {
        static final Sample DEFAULTS =
                new Sample(80, Duration.ofSeconds(1), Bytes.mib(1), List.of(), false);

        Sample {
            if (port > 65_535) {
                throw new IllegalArgumentException("sample.port must be at most 65535");
            }
        }

        static Sample from(ConfigSection s) {
            return new Sample(
                    s.integer("port", DEFAULTS.port),
                    s.duration("wait", DEFAULTS.patience),
                    s.bytes("memory", DEFAULTS.memory),
                    s.textList("names", DEFAULTS.names),
                    s.flag("loud", DEFAULTS.loud));
        }
    }

    @Test
    void what_is_not_written_has_its_default() {
        assertThat(sample(ConfigFile.of("", Map.of()))).isEqualTo(Sample.DEFAULTS);
    }

    @Test
    void every_kind_of_value_is_read_and_the_environment_wins() {
        var file =
                ConfigFile.of(
                        "[sample]\n"
                                + "port = 8080\n"
                                + "wait = \"15m\"\n"
                                + "memory = \"2GiB\"\n"
                                + "names = [\"a\", \"b\"]\n"
                                + "loud = true\n",
                        Map.of(
                                "LYCEUM_SAMPLE__PORT",
                                "9090",
                                "LYCEUM_HOME",
                                "ignored",
                                "PATH",
                                "ignored"));
        assertThat(sample(file))
                .isEqualTo(
                        new Sample(
                                9090,
                                Duration.ofMinutes(15),
                                Bytes.gib(2),
                                List.of("a", "b"),
                                true));
        file.finish();
        assertThat(file.effective()).contains("sample.port=9090", "sample.wait=PT15M");
    }

    @Test
    void all_errors_are_shown_at_once_with_the_key_that_was_probably_meant() {
        var file =
                ConfigFile.of(
                        "[sample]\nprot = 1\nwait = \"15\"\nmemory = \"2GB\"\n[smaple]\nx = 1\n",
                        Map.of("LYCEUM_SAMPLE__LOUDER", "true"));
        sample(file);
        var failure = catchThrowableOfType(ConfigException.class, file::finish);
        assertThat(failure.errors())
                .anySatisfy(e -> assertThat(e).contains("sample.prot", "did you mean \"port\""))
                .anySatisfy(e -> assertThat(e).contains("sample.wait", "90s"))
                .anySatisfy(e -> assertThat(e).contains("sample.memory", "2GiB"))
                .anySatisfy(e -> assertThat(e).contains("[smaple]", "sample"))
                .anySatisfy(e -> assertThat(e).contains("sample.louder"))
                .hasSize(5);
    }

    @Test
    void a_value_out_of_bounds_is_one_of_the_errors() {
        var file = ConfigFile.of("[sample]\nport = 70000\n", Map.of());
        sample(file);
        assertThat(catchThrowableOfType(ConfigException.class, file::finish).errors())
                .containsExactly("sample.port must be at most 65535");
    }

    @Test
    void a_malformed_or_missing_file_is_an_error_that_names_it(@TempDir Path folder)
            throws Exception {
        var broken = Files.writeString(folder.resolve("a.toml"), "[sample\nport=1");
        assertThat(
                        catchThrowableOfType(
                                ConfigException.class,
                                () -> ConfigFile.load(broken, Map.of()).finish()))
                .hasMessageContaining("line 1");
        assertThat(
                        catchThrowableOfType(
                                ConfigException.class,
                                () -> ConfigFile.load(folder.resolve("none"), Map.of()).finish()))
                .hasMessageContaining("none");
    }

    @Test
    void a_secret_is_read_from_its_file_and_not_shown(@TempDir Path folder) throws Exception {
        var secret = Files.writeString(folder.resolve("key"), "hush\n");
        var file = ConfigFile.of("[sample]\nkey-file = \"" + secret + "\"\n", Map.of());
        var read = file.read("sample", s -> s.secretFile("key-file").orElseThrow().reveal(), "");
        assertThat(read).isEqualTo("hush");
        assertThat(file.effective()).containsExactly("sample.key-file=<set>");
    }

    private static Sample sample(ConfigFile file) {
        return file.read("sample", Sample::from, Sample.DEFAULTS);
    }
}
