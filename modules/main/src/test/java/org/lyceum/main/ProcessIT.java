package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;

/**
 * Goal: when the program cannot start it says why in one line, and its exit code says what sort of
 * why.
 */
class ProcessIT {

    private Path data;

    @BeforeEach
    void make() throws Exception {
        data = Files.createTempDirectory("lyceum-test");
    }

    @AfterEach
    void delete() {
        HubUnderTest.delete(data);
    }

    @Test
    void a_configuration_with_errors_shows_all_of_them_and_ends_with_78() throws Exception {
        write("http.prot = 1\n[servers]\nstart-timeout = \"soon\"\n");
        try (var platform = PlatformProcess.start(data)) {
            assertThat(platform.waitForEnd()).isEqualTo(78);
            assertThat(platform.output())
                    .contains("http.prot", "did you mean \"port\"", "servers.start-timeout");
        }
    }

    @Test
    void a_taken_port_is_named_and_ends_with_75() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write("http.port = " + other.getLocalPort() + "\n");
            try (var platform = PlatformProcess.start(data)) {
                assertThat(platform.waitForEnd()).isEqualTo(75);
                assertThat(platform.output())
                        .contains("Port " + other.getLocalPort())
                        .doesNotContain("\tat ");
            }
        }
    }

    @Test
    void what_signs_people_in_by_providers_is_not_loaded_before_somebody_uses_one()
            throws Exception {
        int port = HubUnderTest.freePort();
        write("http.port = " + port + "\nhub-api.port = " + HubUnderTest.freePort() + "\n");
        var loaded = data.resolve("loaded.txt");
        try (var platform = PlatformProcess.start(data, "-Xlog:class+load:file=" + loaded)) {
            platform.awaitAnswer("http://127.0.0.1:" + port + "/hub/login");

            assertThat(Files.readString(loaded))
                    .contains("org.lyceum.login.LoginModule")
                    .doesNotContain("org.pac4j.", "com.nimbusds.", "com.unboundid.")
                    .doesNotContain("org.bouncycastle.", "org.springframework.");
        }
    }

    @Test
    void a_second_platform_on_the_same_data_is_turned_away_with_75() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        write("http.port = " + port + "\n");
        try (var first = PlatformProcess.start(data)) {
            first.awaitAnswer("http://127.0.0.1:" + port + "/hub/health");
            try (var second = PlatformProcess.start(data)) {
                assertThat(second.waitForEnd()).isEqualTo(75);
                assertThat(second.output()).contains("Another Lyceum works on");
            }
            first.awaitAnswer("http://127.0.0.1:" + port + "/hub/health");
        }
    }

    @Test
    void a_database_of_a_newer_program_is_left_alone_and_ends_with_78() throws Exception {
        write("http.port = 0\n");
        PlatformConfig config =
                PlatformConfig.load(data.resolve("lyceum.toml"), java.util.Map.of());
        try (var hub = Hub.open(config, Adapters.real(config))) {
            hub.start();
        }
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("lyceum.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(newer(connection));
        }
        byte[] before = Files.readAllBytes(data.resolve("lyceum.db"));
        try (var platform = PlatformProcess.start(data)) {
            assertThat(platform.waitForEnd()).isEqualTo(78);
            assertThat(platform.output()).contains("newer");
        }
        assertThat(Files.readAllBytes(data.resolve("lyceum.db"))).isEqualTo(before);
    }

    private static String newer(java.sql.Connection connection) {
        return "INSERT INTO db_migration VALUES (9999, 'later', 'x', 0)";
    }

    private void write(String toml) throws Exception {
        Files.writeString(
                data.resolve("lyceum.toml"), "data.directory = \"" + data + "\"\n" + toml);
    }
}
