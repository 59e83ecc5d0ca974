package org.lyceum.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.kernel.Bytes;

/** Goal: a value arrives as it was meant, or the operator is told exactly what is wrong. */
class ConfigFileTest {

    @TempDir Path directory;

    private record Sample(
            String title,
            int port,
            boolean open,
            Duration after,
            Bytes memory,
            Path data,
            List<String> hosts) {

        static final Sample DEFAULTS =
                new Sample(
                        "Lyceum",
                        8000,
                        false,
                        Duration.ofHours(1),
                        Bytes.gib(1),
                        Path.of("/srv/lyceum"),
                        List.of());

        Sample {
            if (port < 1) {
                throw new IllegalArgumentException("sample.port must be at least 1");
            }
        }

        static Sample from(ConfigSection section) {
            return new Sample(
                    section.text("title", DEFAULTS.title),
                    section.integer("port", DEFAULTS.port),
                    section.flag("open", DEFAULTS.open),
                    section.duration("cull-after", DEFAULTS.after),
                    section.bytes("memory", DEFAULTS.memory),
                    section.path("data-dir", DEFAULTS.data),
                    section.textList("hosts", DEFAULTS.hosts));
        }
    }

    private static final String ALL =
            """
            [sample]
            title = "A place"
            port = 9000
            open = true
            cull-after = "90s"
            memory = "2GiB"
            data-dir = "/data"
            hosts = ["a", "b"]
            """;

    private static final Sample CHANGED =
            new Sample(
                    "A place",
                    9000,
                    true,
                    Duration.ofSeconds(90),
                    Bytes.gib(2),
                    Path.of("/data"),
                    List.of("a", "b"));

    private ConfigFile load(String toml, Map<String, String> environment) throws IOException {
        var file = directory.resolve("lyceum.toml");
        Files.writeString(file, toml);
        return ConfigFile.load(file, environment);
    }

    @Test
    void without_a_file_every_key_has_its_default() {
        var config = ConfigFile.load(directory.resolve("missing.toml"), Map.of());

        assertThat(config.read("sample", Sample::from)).isEqualTo(Sample.DEFAULTS);
        config.finish();
    }

    @Test
    void every_key_of_the_file_reaches_its_field() throws IOException {
        var config = load(ALL, Map.of());

        assertThat(config.read("sample", Sample::from)).isEqualTo(CHANGED);
        config.finish();
    }

    @Test
    void every_key_of_the_environment_wins_over_the_file() throws IOException {
        var environment =
                Map.of(
                        "LYCEUM_SAMPLE__TITLE", "A place",
                        "LYCEUM_SAMPLE__PORT", "9000",
                        "LYCEUM_SAMPLE__OPEN", "true",
                        "LYCEUM_SAMPLE__CULL_AFTER", "90s",
                        "LYCEUM_SAMPLE__MEMORY", "2GiB",
                        "LYCEUM_SAMPLE__DATA_DIR", "/data",
                        "LYCEUM_SAMPLE__HOSTS", "a, b",
                        "LYCEUM_HOME", "no section, so not ours");
        var config = load(ALL.replace("9000", "1").replace("A place", "B"), environment);

        assertThat(config.read("sample", Sample::from)).isEqualTo(CHANGED);
        config.finish();
        assertThat(config.effective()).contains("sample.port=9000 (environment)");
    }

    @Test
    void all_errors_are_told_at_once_and_name_what_was_probably_meant() throws IOException {
        var config =
                load(
                        """
                        [sample]
                        cul-after = "90s"
                        port = "many"
                        memory = "2 gigs"
                        data-dir = "data"
                        [sampel]
                        x = 1
                        """,
                        Map.of("LYCEUM_SAMPLE__OPEN", "yes"));
        config.read("sample", Sample::from);

        var failure = catchThrowableOfType(ConfigException.class, config::finish);

        assertThat(failure.errors())
                .containsExactlyInAnyOrder(
                        "There is no key 'sample.cul-after'. Did you mean 'cull-after'?",
                        "There is no section 'sampel'. Did you mean 'sample'?",
                        "sample.port is many, and must be a whole number.",
                        "sample.memory is 2 gigs, and must be a size with its unit, for example"
                                + " 512MiB or 2GiB.",
                        "sample.data-dir is data, and must be an absolute path.",
                        "sample.open is yes, and must be true or false.");
    }

    @Test
    void a_number_without_a_unit_is_no_duration() throws IOException {
        var config = load("[sample]\ncull-after = 90\n", Map.of());
        config.read("sample", Sample::from);

        assertThatThrownBy(config::finish).hasMessageContaining("sample.cull-after is 90");
    }

    @Test
    void a_record_that_refuses_its_values_is_an_error_of_the_configuration() throws IOException {
        var config = load("[sample]\nport = 0\n", Map.of());

        assertThatThrownBy(() -> config.read("sample", Sample::from))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sample.port must be at least 1");
    }

    @Test
    void a_file_that_is_no_toml_is_an_error_with_its_line() throws IOException {
        var config = load("[sample]\nport = = 1\n", Map.of());

        assertThatThrownBy(config::finish)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void a_secret_comes_from_a_file_of_its_own_and_is_never_shown() throws IOException {
        var file = directory.resolve("client-secret");
        Files.writeString(file, "s3cret-value\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var config = load("[login]\nclient-secret-file = \"" + file + "\"\n", Map.of());

        var secret = config.section("login").secretFile("client-secret-file");

        assertThat(secret.orElseThrow().reveal()).isEqualTo("s3cret-value");
        assertThat(config.effective()).containsExactly("login.client-secret-file=<set> (file)");
    }

    @Test
    void a_secret_that_everybody_can_read_is_refused() throws IOException {
        var file = directory.resolve("client-secret");
        Files.writeString(file, "s3cret-value\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        var config = load("[login]\nclient-secret-file = \"" + file + "\"\n", Map.of());

        assertThat(config.section("login").secretFile("client-secret-file")).isEmpty();
        assertThatThrownBy(config::finish)
                .hasMessageContaining("chmod it to 0600")
                .hasMessageNotContaining("s3cret-value");
    }
}
