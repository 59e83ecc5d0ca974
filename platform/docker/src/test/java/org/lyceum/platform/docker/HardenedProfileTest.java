package org.lyceum.platform.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.docker.ContainerSpec.Bind;
import org.lyceum.platform.docker.ContainerSpec.Limits;
import org.lyceum.platform.docker.ContainerSpec.Program;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goal: what Docker is told, and what it is never told. Method: the configuration as JSON. */
class HardenedProfileTest {

    @TempDir Path temp;

    @Test
    void devices_are_added_and_nothing_else_changes() {
        var devices =
                List.<Device>of(
                        new Device.Node(Path.of("/dev/null")),
                        new Device.Nvidia("GPU-12ab"),
                        new Device.Cdi("nvidia.com/gpu=0"));
        var without =
                (ObjectNode)
                        new ObjectMapper()
                                .valueToTree(profile().hostConfig(spec(List.of()), Set.of()));
        var told =
                (ObjectNode)
                        new ObjectMapper()
                                .valueToTree(
                                        profile()
                                                .hostConfig(
                                                        spec(List.of()).with(devices), Set.of()));

        assertThat(told.get("Devices").toString())
                .isEqualTo(
                        "[{\"CgroupPermissions\":\"rw\",\"PathOnHost\":\"/dev/null\","
                                + "\"PathInContainer\":\"/dev/null\"}]");
        var nvidia = told.get("DeviceRequests").get(0);
        assertThat(nvidia.get("Driver").asText()).isEqualTo("nvidia");
        assertThat(nvidia.get("DeviceIDs").toString()).isEqualTo("[\"GPU-12ab\"]");
        assertThat(nvidia.get("Capabilities").toString())
                .isEqualTo("[[\"gpu\",\"compute\",\"utility\"]]");
        var cdi = told.get("DeviceRequests").get(1);
        assertThat(cdi.get("Driver").asText()).isEqualTo("cdi");
        assertThat(cdi.get("DeviceIDs").toString()).isEqualTo("[\"nvidia.com/gpu=0\"]");
        told.remove(List.of("Devices", "DeviceRequests", "GroupAdd"));
        without.remove(List.of("Devices", "DeviceRequests", "GroupAdd"));
        assertThat(told.toString()).isEqualTo(without.toString());
    }

    @Test
    void a_disk_the_machines_memory_and_what_is_not_there_are_no_devices_for_anybody() {
        var link = Path.of("/dev/fd/../null");
        assertThatThrownBy(() -> new Device.Node(link)).hasMessageContaining("below /dev");
        assertThatThrownBy(() -> new Device.Node(Path.of("/etc/passwd")))
                .hasMessageContaining("below /dev");
        var gone = spec(List.of()).with(List.of(new Device.Node(Path.of("/dev/lyceum-none"))));
        assertThatThrownBy(() -> profile().hostConfig(gone, Set.of()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is not there on this machine");
        for (var path : List.of("/dev/shm", "/dev/mem", "/dev/loop0")) {
            var real = Path.of(path);
            if (Files.exists(real)) {
                var refused = spec(List.of()).with(List.of(new Device.Node(real)));
                assertThatThrownBy(() -> profile().hostConfig(refused, Set.of()))
                        .as(path)
                        .hasMessageContaining("no device that a container may have");
            }
        }
    }

    @Test
    void docker_is_told_exactly_this_and_nothing_else() {
        var told = new ObjectMapper().valueToTree(profile().hostConfig(spec(List.of()), Set.of()));
        var set = new ArrayList<String>();
        told.properties().stream()
                .filter(each -> !each.getValue().isNull())
                .forEach(each -> set.add(each.getKey()));

        assertThat(set)
                .containsExactlyInAnyOrder(
                        "CapDrop",
                        "Privileged",
                        "SecurityOpt",
                        "ReadonlyRootfs",
                        "Tmpfs",
                        "Mounts",
                        "NetworkMode",
                        "PublishAllPorts",
                        "IpcMode",
                        "CgroupnsMode",
                        "ShmSize",
                        "Memory",
                        "MemorySwap",
                        "CpuPeriod",
                        "CpuQuota",
                        "CpuShares",
                        "PidsLimit",
                        "Ulimits",
                        "OomScoreAdj",
                        "Init",
                        "RestartPolicy",
                        "LogConfig",
                        "AutoRemove");
        assertThat(told.get("SecurityOpt"))
                .extracting(JsonNode::asText)
                .containsExactly("no-new-privileges:true", "seccomp=" + SystemCallFilter.JSON);
    }

    @Test
    void a_volume_of_the_image_becomes_scratch_space_unless_something_is_bound_there()
            throws IOException {
        var home = Files.createDirectories(temp.resolve("homes/7"));
        var spec = spec(List.of(new Bind(home, "/home/jovyan", false)));

        var told = profile().hostConfig(spec, Set.of("/data", "/home/jovyan"));

        assertThat(told.getTmpFs()).containsOnlyKeys("/tmp", "/run", "/data");
    }

    @Test
    void a_path_outside_the_roots_is_refused_also_behind_a_link() throws IOException {
        var root = Files.createDirectories(temp.resolve("homes"));
        var outside = Files.createDirectories(temp.resolve("elsewhere"));
        var link = Files.createSymbolicLink(root.resolve("link"), outside);
        var up = root.resolve("../elsewhere");

        for (var source : List.of(outside, link, up, root, Path.of("/etc"), Path.of("/"))) {
            assertThatThrownBy(() -> profile().hostConfig(spec(bind(source)), Set.of()))
                    .as(source.toString())
                    .isInstanceOf(Problem.class)
                    .extracting(each -> ((Problem) each).code())
                    .isEqualTo("container.bind-refused");
        }
    }

    @Test
    void a_socket_below_a_root_is_refused() throws IOException {
        var root = Files.createDirectories(temp.resolve("homes"));
        var socket = root.resolve("s");
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> profile().hostConfig(spec(bind(socket)), Set.of()))
                    .isInstanceOf(Problem.class);
        }
    }

    @Test
    void a_directory_that_is_not_there_is_a_problem_and_not_made() {
        var source = temp.resolve("homes/8");
        assertThatThrownBy(() -> profile().hostConfig(spec(bind(source)), Set.of()))
                .extracting(each -> ((Problem) each).code())
                .isEqualTo("container.bind-missing");
        assertThat(source).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/etc/lyceum",
                "/proc/1",
                "/var/lib",
                "/var/lib/docker",
                "/var/run/x",
                "/run",
                "x/y",
                "/srv"
            })
    void a_root_that_belongs_to_the_system_cannot_be_configured(String root) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new DockerConfig(
                                        DockerConfig.DEFAULT_SOCKET,
                                        Duration.ofSeconds(1),
                                        1,
                                        List.of(Path.of(root))));
    }

    private HardenedProfile profile() {
        return new HardenedProfile(new BindRoots(List.of(temp.resolve("homes"))));
    }

    private static List<Bind> bind(Path source) {
        return List.of(new Bind(source, "/mnt", true));
    }

    private static ContainerSpec spec(List<Bind> binds) {
        return new ContainerSpec(
                "test-1",
                "image",
                Map.of(ContainerSpec.PLATFORM_LABEL, "test"),
                new Program(List.of("true"), Map.of(), "/tmp", 1000, 1000),
                ContainerSpec.NO_NETWORK,
                new Limits(Bytes.mib(64), 500, 64, Bytes.mib(8)),
                binds);
    }
}
