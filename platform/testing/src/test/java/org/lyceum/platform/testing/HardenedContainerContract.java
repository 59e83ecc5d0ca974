package org.lyceum.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.docker.ContainerSpec.Bind;
import org.lyceum.platform.docker.Guarantee;
import org.lyceum.platform.docker.NetworkSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Goal: the hardening is real, under whichever runtime {@link UnderRuntime} names. Method: ask the
 * container itself, and ask Docker through a client of our own, so that a mistake in the adapter
 * cannot hide itself.
 */
abstract class HardenedContainerContract {

    private static final String IMAGE = System.getenv("LYCEUM_TEST_IMAGE_3");

    @TempDir static Path roots;

    private static Path binds;
    private static ContainersUnderTest containers;
    private static DockerClient docker;

    @BeforeAll
    static void connect(TestInfo test) throws IOException {
        binds = Files.createDirectory(roots.resolve("binds"));
        containers = new ContainersUnderTest(IMAGE, binds);
        containers.under(UnderRuntime.Gaps.runtime(test.getTestClass().orElseThrow()));
        var settings =
                new DefaultDockerClientConfig.Builder()
                        .withDockerHost("unix:///var/run/docker.sock")
                        .withDockerTlsVerify(false)
                        .build();
        docker =
                DockerClientImpl.getInstance(
                        settings,
                        new ZerodepDockerHttpClient.Builder()
                                .dockerHost(settings.getDockerHost())
                                .build());
    }

    @AfterAll
    static void disconnect() throws IOException {
        containers.close();
        docker.close();
    }

    @AfterEach
    void remove_what_this_test_made() {
        containers.afterEach(null);
        containers.engine().removeNetwork(network().name());
    }

    @Test
    @SecurityStatement({1, 2, 10, 11, 12, 16, 22, 23})
    void docker_shows_the_hardening() throws IOException {
        var home = Files.createDirectory(binds.resolve("home"));
        var there =
                inspect(
                        containers.run(
                                List.of(new Bind(home, "/home/jovyan", false)), "sleep", "300"));
        var host = there.getHostConfig();

        assertThat(host.getCapDrop()).extracting(Enum::name).containsExactly("ALL");
        assertThat(host.getCapAdd()).isNullOrEmpty();
        assertThat(host.getPrivileged()).isFalse();
        assertThat(host.getMounts()).hasSize(1);
        assertThat(there.getMounts()).allSatisfy(each -> assertThat(each.getRW()).isTrue());
        assertThat(host.getMounts().getFirst().getBindOptions().getPropagation())
                .hasToString("R_PRIVATE");
        assertThat(host.getMemory()).isEqualTo(Bytes.mib(128).value());
        assertThat(host.getMemorySwap()).isEqualTo(host.getMemory());
        assertThat(host.getCpuShares()).isPositive();
        assertThat(host.getCpuQuota()).isEqualTo(50_000);
        assertThat(host.getPidsLimit()).isEqualTo(64);
        assertThat(host.getPortBindings()).isNull();
        assertThat(host.getPublishAllPorts()).isFalse();
        assertThat(there.getNetworkSettings().getPorts().getBindings()).isEmpty();
        assertThat(host.getRestartPolicy().getName()).isIn("", "no");
        assertThat(host.getDevices()).isNullOrEmpty();
        assertThat(host.getDeviceRequests()).isNullOrEmpty();
        assertThat(host.getReadonlyRootfs()).isTrue();
        assertThat(host.getInit()).isTrue();
        assertThat(host.getOomScoreAdj()).isPositive();
        assertThat(host.getLogConfig().getType().getType()).isEqualTo("local");
        assertThat(host.getLogConfig().getConfig()).containsKeys("max-size", "max-file");
    }

    @Test
    @SecurityStatement(1)
    @UnderRuntime.Proves(Guarantee.CAPABILITIES)
    void no_capability() {
        assertThat(status("Cap(Eff|Bnd|Prm)"))
                .containsExactlyInAnyOrder(
                        "CapEff:\t0000000000000000",
                        "CapPrm:\t0000000000000000",
                        "CapBnd:\t0000000000000000");
    }

    @Test
    @SecurityStatement(3)
    @UnderRuntime.Proves(Guarantee.NO_NEW_PRIVILEGES)
    void no_new_privilege() {
        assertThat(status("NoNewPrivs:")).containsExactly("NoNewPrivs:\t1");
    }

    @Test
    @SecurityStatement(4)
    @UnderRuntime.Proves(Guarantee.SYSTEM_CALL_FILTER)
    void a_filter_on_system_calls() {
        assertThat(status("Seccomp:")).containsExactly("Seccomp:\t2");
    }

    private static List<String> status(String lines) {
        return output("sh", "-c", "grep -E '" + lines + "' /proc/self/status");
    }

    @Test
    @SecurityStatement(4)
    @UnderRuntime.Proves(Guarantee.NAMESPACES_AND_MOUNTS)
    void namespaces_and_mounts_cannot_be_made() {
        var said =
                output(
                        "sh",
                        "-c",
                        "unshare -U true && echo made; mount -t tmpfs x /tmp && echo made; echo"
                                + " end");

        assertThat(said).doesNotContain("made").contains("end");
    }

    @Test
    @SecurityStatement(3)
    @UnderRuntime.Proves(Guarantee.SETUID)
    void a_program_with_the_setuid_bit_gains_nothing() throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("only root can make such a file")
                .isEqualTo("root");
        var probe = Files.createDirectory(binds.resolve("probe"));
        var id = Files.copy(Path.of("/usr/bin/id"), probe.resolve("id"));
        Files.setPosixFilePermissions(id, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setAttribute(id, "unix:mode", 04755);

        var said =
                containers.output(
                        List.of(new Bind(probe, "/probe", true)),
                        "sh",
                        "-c",
                        "python3 -c 'import os; print(oct(os.stat(\"/probe/id\").st_mode))';"
                                + " /probe/id -u");

        assertThat(said).containsExactly("0o104755", "1000");
    }

    @Test
    @SecurityStatement(5)
    @UnderRuntime.Proves(Guarantee.SECURITY_MODULE)
    void a_security_module_of_the_host_is_at_work() {
        var offered = docker.infoCmd().exec().getSecurityOptions();
        // Both kinds of host are judged: one with AppArmor confines, one without has no profile to
        // name.
        var expected = offered.contains("name=apparmor") ? "docker-default" : "";
        var there =
                docker.inspectContainerCmd(containers.run(List.of(), "sleep", "300").id()).exec();
        assertThat(there.getRawValues().get("AppArmorProfile")).isEqualTo(expected);
    }

    @Test
    @SecurityStatement(6)
    @UnderRuntime.Proves(Guarantee.WRITES)
    void it_is_not_root_and_writes_only_where_it_may() throws IOException {
        var home = Files.createDirectory(binds.resolve("own"));
        Files.setAttribute(home, "unix:uid", 1000);
        var probe =
                """
                import os
                print(os.getuid())
                for d in '/ /usr /etc /var /opt /home/jovyan /tmp /run'.split():
                    try:
                        open(d + '/x', 'w')
                        print(d)
                    except OSError:
                        pass
                """;
        var said =
                containers.output(
                        List.of(new Bind(home, "/home/jovyan", false)), "python3", "-c", probe);

        assertThat(said).containsExactly("1000", "/home/jovyan", "/tmp", "/run");
        assertThat(home.resolve("x")).exists();
    }

    @Test
    @SecurityStatement(7)
    @UnderRuntime.Proves(Guarantee.OWN_NAMESPACES)
    void no_namespace_is_the_hosts() throws IOException {
        var kinds = List.of("pid", "ipc", "uts", "net", "mnt", "cgroup");
        var said = output("sh", "-c", "cd /proc/self/ns && readlink " + String.join(" ", kinds));

        assertThat(said).hasSize(kinds.size());
        for (var kind : kinds) {
            var ours = Files.readSymbolicLink(Path.of("/proc/self/ns", kind)).toString();
            assertThat(said).as(kind).doesNotContain(ours);
        }
    }

    @Test
    @SecurityStatement(8)
    @UnderRuntime.Proves(Guarantee.ENGINE_SOCKET)
    void no_engine_socket_is_reachable() {
        var find = "find / -xdev -name '*docker*.sock' -o -type s 2>/dev/null; echo end";
        // A kernel of its own remembers all that was looked at, in the container's memory.
        var roomy = new ContainerSpec.Limits(Bytes.mib(512), 500, 512, Bytes.mib(16));
        var looking = containers.run(ContainerSpec.NO_NETWORK, roomy, List.of(), "sh", "-c", find);
        containers.ended(looking);
        var said = containers.engine().logs(looking.id(), 100);

        assertThat(said).containsExactly("end");
    }

    @Test
    @SecurityStatement(9)
    @UnderRuntime.Proves(Guarantee.BINDS)
    void a_bind_outside_the_roots_never_reaches_docker() throws IOException {
        var link = Files.createSymbolicLink(binds.resolve("link"), Path.of("/etc"));
        for (var source : List.of(link, Path.of("/etc"), Path.of("/var/run/docker.sock"))) {
            var problem =
                    catchThrowableOfType(
                            Problem.class,
                            () -> containers.run(List.of(new Bind(source, "/x", true)), "true"));
            assertThat(problem.code()).as(source.toString()).isEqualTo("container.bind-refused");
        }
        assertThat(containers.engine().list(containers.labels())).isEmpty();
    }

    @Test
    @SecurityStatement(10)
    @UnderRuntime.Proves(Guarantee.MOUNTS_ARE_PRIVATE)
    void no_mount_of_the_container_is_shared() {
        assertThat(output("cat", "/proc/self/mountinfo"))
                .isNotEmpty()
                .noneSatisfy(line -> assertThat(line).contains("shared:"));
    }

    @Test
    @SecurityStatement(11)
    @UnderRuntime.Proves(Guarantee.MEMORY_LIMIT)
    void memory_beyond_the_limit_ends_only_its_own_container() {
        var bystander = containers.run(List.of(), "sleep", "300");
        var greedy = containers.run(List.of(), "python3", "-c", "x = b'1' * (256 << 20)");

        var exit = containers.ended(greedy).exit();

        assertThat(exit.code()).isEqualTo(137);
        assertThat(containers.engine().find(bystander.id()).orElseThrow().alive()).isTrue();
    }

    @Test
    @SecurityStatement(13)
    @UnderRuntime.Proves(Guarantee.PROCESS_LIMIT)
    void processes_beyond_the_limit_are_refused_and_others_stay_well() {
        var bystander = containers.run(List.of(), "sleep", "300");
        var bomb =
                """
                import os, time
                n = 0
                try:
                    while True:
                        if os.fork() == 0:
                            time.sleep(300)
                        n += 1
                except OSError:
                    print('stopped at', n, flush=True)
                    os.kill(-1, 9)
                """;
        var said = output("python3", "-c", bomb);

        assertThat(said).hasSize(1);
        assertThat(Integer.parseInt(said.getFirst().replaceAll("\\D", ""))).isLessThan(64);
        assertThat(containers.engine().find(bystander.id()).orElseThrow().alive()).isTrue();
    }

    @Test
    @SecurityStatement(14)
    @UnderRuntime.Proves(Guarantee.SCRATCH_LIMIT)
    void scratch_space_ends_where_it_was_set() {
        var said = output("sh", "-c", "head -c 64M /dev/zero > /tmp/big; wc -c < /tmp/big");

        assertThat(Long.parseLong(said.getLast())).isLessThanOrEqualTo(Bytes.mib(16).value());
    }

    @Test
    @SecurityStatement(17)
    @UnderRuntime.Proves(Guarantee.NEIGHBOURS)
    void neighbours_on_one_network_cannot_talk_but_the_host_reaches_both() throws IOException {
        var network = containers.engine().ensureNetwork(network());
        var server =
                containers.run(network.name(), List.of(), "python3", "-m", "http.server", "8888");
        var address = new InetSocketAddress(server.address(), 8888);
        Eventually.holds("the host reaches the server", () -> reaches(address));
        var probe =
                """
                import socket
                s = socket.socket(); s.settimeout(2)
                try:
                    s.connect(('%s', 8888)); print('reached')
                except OSError:
                    print('cut off')
                try:
                    socket.socket(socket.AF_PACKET, socket.SOCK_RAW); print('raw')
                except OSError:
                    print('no raw')
                """;

        var neighbour =
                containers.run(
                        network.name(),
                        List.of(),
                        "python3",
                        "-c",
                        probe.formatted(server.address()));
        containers.ended(neighbour);

        assertThat(containers.engine().logs(neighbour.id(), 10))
                .containsExactly("cut off", "no raw");
        var bridge = docker.inspectNetworkCmd().withNetworkId(network.name()).exec();
        assertThat(bridge.getOptions())
                .containsEntry("com.docker.network.bridge.enable_icc", "false");
        assertThat(bridge.getEnableIPv6()).isFalse();
        assertThat(Path.of("/sys/class/net", network().bridge())).exists();
    }

    @Test
    @UnderRuntime.Proves(Guarantee.NO_NETWORK)
    void without_a_network_there_is_only_the_loopback() {
        assertThat(output("sh", "-c", "cd /sys/class/net && echo *")).containsExactly("lo");
    }

    @Test
    @UnderRuntime.Proves(Guarantee.SLEEP)
    void it_does_nothing_while_it_is_frozen_and_goes_on_afterwards() {
        var count = "import time\nwhile True: print(1, flush=True); time.sleep(0.1)";
        var counting = containers.run(List.of(), "python3", "-c", count);
        Eventually.holds("it counts", () -> lines(counting) > 0);

        assertThat(containers.engine().pause(counting.id())).isTrue();
        int frozen = lines(counting);
        // As long as ten of its turns: only what did not sleep could write meanwhile.
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        assertThat(lines(counting)).isEqualTo(frozen);
        assertThat(containers.engine().resume(counting.id())).isTrue();

        Eventually.holds("it goes on", () -> lines(counting) > frozen);
    }

    private static int lines(Container container) {
        return containers.engine().logs(container.id(), 1000).size();
    }

    @Test
    @UnderRuntime.Proves(Guarantee.RESIZE)
    void its_limits_can_be_changed() {
        var container = containers.run(List.of(), "sleep", "300");
        var larger = new ContainerSpec.Limits(Bytes.mib(160), 700, 64, Bytes.mib(16));

        assertThat(containers.engine().resize(container.id(), larger)).isTrue();

        assertThat(inspect(container).getHostConfig().getCpuQuota()).isEqualTo(70_000);
    }

    @Test
    void a_command_that_is_not_in_the_image_ends_at_once_and_says_so() {
        var container = containers.ended(containers.run(List.of(), "/no/such/program"));

        assertThat(container.exit().code()).isEqualTo(127);
        assertThat(String.join("", containers.engine().logs(container.id(), 10)))
                .contains("/no/such/program");
    }

    @Test
    void only_the_end_of_a_long_log_is_read() {
        var said = output("sh", "-c", "seq 1 5000");

        assertThat(said).hasSize(500).endsWith("5000");
    }

    private static NetworkSpec network() {
        return new NetworkSpec("a11ce0", new CommunityId(1), containers.labels());
    }

    private static List<String> output(String... command) {
        return containers.output(List.of(), command);
    }

    private static boolean reaches(InetSocketAddress address) {
        try (var socket = new Socket()) {
            socket.connect(address, 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InspectContainerResponse inspect(Container container) {
        return docker.inspectContainerCmd(container.id()).exec();
    }
}
