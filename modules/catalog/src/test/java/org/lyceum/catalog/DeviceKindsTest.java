package org.lyceum.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.config.ConfigException;
import org.lyceum.platform.config.ConfigFile;
import org.lyceum.platform.docker.Device;
import org.lyceum.platform.kernel.Problem;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Goal: what an operator declares is what servers get, and mistakes are named. */
class DeviceKindsTest {

    private static final String GPUS =
            """
            [devices.gpu]
            label = "GPU"
            units = ["/dev/nvidia0 /dev/extra0", "nvidia:1", "nvidia.com/gpu=2"]
            shared = ["/dev/nvidiactl"]
            seats = 2
            resource = "nvidia.com/gpu"
            [devices.tty]
            units = ["/dev/ttyUSB0"]
            """;

    @Test
    void kinds_are_read_in_their_order_with_what_their_units_share() {
        var kinds = read(GPUS);

        assertThat(kinds.all()).extracting(DeviceKind::label).containsExactly("GPU", "tty");
        assertThat(kinds.find("tty").orElseThrow().seats()).isEqualTo(1);
        assertThat(kinds.ofResource("nvidia.com/gpu").orElseThrow().seats()).isEqualTo(2);
        assertThat(kinds.devices(List.of("/dev/nvidia0", "nvidia:1")))
                .containsExactly(
                        node("/dev/nvidia0"),
                        node("/dev/extra0"),
                        node("/dev/nvidiactl"),
                        new Device.Nvidia("1"));
        assertThat(kinds.devices(List.of("nvidia.com/gpu=2")))
                .containsExactly(new Device.Cdi("nvidia.com/gpu=2"), node("/dev/nvidiactl"));
        assertThat(kinds.devices(List.of("/dev/none"))).isEmpty();
    }

    private static Device node(String path) {
        return new Device.Node(Path.of(path));
    }

    @Test
    void the_environment_decides_too() {
        var file = ConfigFile.of(GPUS, Map.of("LYCEUM_DEVICES_GPU__SEATS", "5"));
        assertThat(DeviceKinds.from(file).find("gpu").orElseThrow().seats()).isEqualTo(5);
        file.finish();
    }

    @Test
    void what_cannot_be_is_refused_with_the_key_that_is_wrong() {
        refused("[devices.gpu]\nseats = 1", "devices.gpu.units must list 1 to 64 devices");
        refused(
                "[devices.gpu]\nunits = [\"/etc/passwd\"]",
                "devices.gpu: /etc/passwd is no device");
        refused(
                "[devices.gpu]\nunits = [\"gpu0\"]",
                "devices.gpu: gpu0 is no name of a CDI device");
        refused("[devices.GPU]\nunits = [\"nvidia:0\"]", "devices.GPU: a name has small letters");
        refused("[devices.a]\nunits = [\"nvidia:0\"]\nseats = 0", "devices.a.seats must be 1 to");
        refused("[devices.a]\nunits = [\"nvidia:0\"]\nseat = 2", "did you mean \"seats\"?");
        refused("[devices]\nseats = 2", "devices.seats is unknown");
        refused("devices = 2\n[device.a]\nseats = 2", "[device.a] is unknown");
        refused(
                "[devices.a]\nunits = [\"nvidia:0\"]\n[devices.b]\nunits = [\"nvidia:0\"]",
                "nvidia:0 is listed twice");
    }

    private static void refused(String toml, String words) {
        assertThatThrownBy(() -> read(toml))
                .as(toml)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(words);
    }

    @Test
    void a_profile_may_ask_for_what_there_is_and_a_start_is_told_what_has_gone() {
        var kinds = read(GPUS);
        kinds.requireOffered(new DeviceWish("gpu", 3));
        assertThatThrownBy(() -> kinds.requireOffered(new DeviceWish("gpu", 4)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("1 to 3 of “GPU”");
        assertThatThrownBy(() -> kinds.requireOffered(new DeviceWish("tpu", 1)))
                .hasMessageContaining("It has gpu, tty.")
                .hasMessageContaining("[devices.NAME] in lyceum.toml");
        assertThatThrownBy(() -> DeviceKinds.NONE.requireThere("Deep", new DeviceWish("gpu", 1)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("“Deep” needs 1 × gpu, and this machine has none any more");
    }

    private static DeviceKinds read(String toml) {
        var file = ConfigFile.of(toml, Map.of());
        var kinds = DeviceKinds.from(file);
        file.finish();
        return kinds;
    }
}
