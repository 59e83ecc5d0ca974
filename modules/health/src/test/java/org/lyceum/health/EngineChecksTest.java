package org.lyceum.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.health.Finding.Level;
import org.lyceum.platform.docker.EngineProcess;
import org.lyceum.platform.docker.EngineSettings;
import org.lyceum.platform.docker.EngineSettings.Limit;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.MovableClock;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Goal: an engine that is set up badly is found, and the answer names what puts it right. Method:
 * each fault planted alone, in what the engine says or in what the kernel lists.
 */
class EngineChecksTest {

    @TempDir Path kernel;

    private final FakeContainerEngine engine = new FakeContainerEngine();

    @BeforeEach
    void a_kernel_that_lists_an_engine() throws IOException {
        runs(100, "/usr/sbin/dockerd\0--live-restore\0");
        listens("tcp", "0100007F:1F40", "0A");
    }

    @Test
    @SecurityStatement(57)
    void an_engine_as_it_should_be_is_well_in_every_respect() {
        assertThat(look().results())
                .hasSize(11)
                .allSatisfy(each -> assertThat(each.finding().level()).isEqualTo(Level.WELL));
    }

    @Test
    @SecurityStatement(57)
    void servers_that_end_with_the_engine_are_found() {
        engine.setUp(settings(false, "local", false, Set.of("seccomp", "apparmor"), "overlay2"));

        finds("engine.live-restore", Level.WARNING, "\"live-restore\": true");
    }

    @Test
    @SecurityStatement(57)
    void a_default_network_whose_containers_talk_is_found() {
        engine.setUp(settings(true, "local", true, Set.of("seccomp", "apparmor"), "overlay2"));

        finds("engine.default-network", Level.WARNING, "\"icc\": false");
    }

    @Test
    @SecurityStatement(57)
    void logs_without_a_bound_are_found() {
        engine.setUp(settings(true, "json-file", false, Set.of("seccomp", "apparmor"), "overlay2"));

        finds("engine.logs", Level.WARNING, "\"log-driver\": \"local\"");
    }

    @Test
    @SecurityStatement(57)
    void an_engine_that_is_told_to_listen_on_a_network_is_found() throws IOException {
        runs(100, "/usr/sbin/dockerd\0-H\0tcp://0.0.0.0:4000\0");

        finds("engine.network-socket", Level.FAULT, "tcp://");
    }

    @Test
    @SecurityStatement(57)
    void whatever_listens_where_an_engine_on_a_network_would_is_found() throws IOException {
        listens("tcp6", "00000000000000000000000000000000:0947", "0A");

        finds("engine.network-socket", Level.FAULT, "tcp://");
    }

    @Test
    void somebody_who_only_calls_such_a_port_elsewhere_is_no_fault() throws IOException {
        listens("tcp6", "00000000000000000000000000000000:0947", "01");

        assertThat(level("engine.network-socket")).isEqualTo(Level.WELL);
    }

    @Test
    @SecurityStatement(57)
    void ports_that_lead_into_containers_are_counted() throws IOException {
        runs(200, "/usr/bin/docker-proxy\0-proto\0tcp\0");
        runs(201, "docker-proxy\0-proto\0tcp\0");

        finds("engine.published-ports", Level.WARNING, "should be there");
        assertThat(result("engine.published-ports").finding().words()).startsWith("2 ports");
    }

    @Test
    void system_calls_that_nobody_filters_are_found() {
        engine.setUp(settings(true, "local", false, Set.of(), "overlay2"));

        finds("engine.system-calls", Level.FAULT, "Docker and kernel");
        finds("engine.profiles", Level.WARNING, "AppArmor");
    }

    @Test
    void images_that_are_copied_whole_are_found() {
        engine.setUp(settings(true, "local", false, Set.of("seccomp", "apparmor"), "vfs"));

        finds("engine.storage", Level.WARNING, "overlay2");
    }

    @Test
    void limits_that_the_kernel_does_not_know_are_named() {
        engine.setUp(
                new EngineSettings(
                        "1",
                        "/",
                        "overlay2",
                        "local",
                        1,
                        true,
                        EnumSet.of(Limit.MEMORY, Limit.CORES),
                        Set.of("seccomp", "apparmor"),
                        Set.of("runc"),
                        false));

        finds("engine.limits", Level.FAULT, "swapaccount=1");
        assertThat(result("engine.limits").finding().words()).contains("swap, processes");
        finds("engine.control-groups", Level.WARNING, "unified_cgroup_hierarchy");
    }

    @Test
    void an_engine_that_does_not_answer_hides_no_other_answer() throws IOException {
        engine.fail(Problem.of(Problem.Kind.UNAVAILABLE, "docker.unavailable", "It is off."));
        runs(100, "dockerd\0--host=tcp://0.0.0.0:4000\0");

        assertThat(level("engine.answers")).isEqualTo(Level.FAULT);
        assertThat(result("engine.answers").finding().words()).contains("It is off.");
        assertThat(level("engine.logs")).isEqualTo(Level.UNKNOWN);
        assertThat(level("engine.network-socket")).isEqualTo(Level.FAULT);
    }

    private static EngineSettings settings(
            boolean liveRestore,
            String logs,
            boolean bridgeTalks,
            Set<String> security,
            String storage) {
        return new EngineSettings(
                "1",
                "/",
                storage,
                logs,
                2,
                liveRestore,
                EnumSet.allOf(Limit.class),
                security,
                Set.of("runc"),
                bridgeTalks);
    }

    private void finds(String id, Level level, String fix) {
        assertThat(result(id).finding().level()).as(id).isEqualTo(level);
        assertThat(result(id).finding().fix()).contains(fix);
    }

    private Level level(String id) {
        return result(id).finding().level();
    }

    private HealthReport.Result result(String id) {
        return look().results().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private HealthReport look() {
        var checks = new EngineChecks(engine, new EngineProcess(kernel)).all();
        try (var service = new HealthService(checks, Duration.ofSeconds(30), new MovableClock())) {
            return service.look();
        }
    }

    private void runs(int number, String line) throws IOException {
        var process = Files.createDirectories(kernel.resolve(Integer.toString(number)));
        Files.writeString(process.resolve("cmdline"), line);
    }

    private void listens(String protocol, String address, String state) throws IOException {
        Files.createDirectories(kernel.resolve("net"));
        Files.writeString(
                kernel.resolve("net").resolve(protocol),
                "  sl  local_address rem_address   st\n   0: "
                        + address
                        + " 00000000:0000 "
                        + state
                        + " 00000000:00000000\n");
    }
}
