package org.lyceum.platform.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Goal: images are mounted, grow, and go into running containers. Method: real loop devices and
 * mounts, and a process in mounts of its own (unshare) in the part of a container.
 */
class MountsTest {

    @TempDir Path temp;
    private Path image;
    private Path place;

    @BeforeEach
    void an_image() throws IOException, InterruptedException {
        assumeThat(System.getProperty("user.name")).as("mounting needs root").isEqualTo("root");
        image = temp.resolve("image");
        place = Files.createDirectory(temp.resolve("place with space"));
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(16 << 20);
        }
        run("mkfs.ext4", "-q", "-m", "0", image.toString());
    }

    @AfterEach
    void nothing_stays_mounted() throws IOException {
        while (place != null && MountTable.at(place).isPresent()) {
            Mounts.detach(place);
        }
    }

    @Test
    void an_image_is_mounted_without_set_user_id_and_devices_and_lets_go() throws IOException {
        mount();

        var mounted = MountTable.at(place).orElseThrow();
        assertThat(mounted.fileSystem()).isEqualTo("ext4");
        assertThat(mounted.options()).contains("nosuid", "nodev", "rw");
        assertThat(MountTable.holding(place.resolve("x/y"))).contains(mounted);
        assertThat(MountTable.holding(temp)).isPresent().get().isNotEqualTo(mounted);
        var device = LoopDevices.find(image).orElseThrow();
        assertThat(mounted.source()).isEqualTo(device.toString());
        Mounts.unmount(place);
        assertThat(MountTable.at(place)).isEmpty();
        assertThat(LoopDevices.find(image)).isEmpty();
    }

    @Test
    void an_image_never_gets_a_second_device() throws IOException {
        try (var first = LoopDevices.attach(image);
                var second = LoopDevices.attach(image)) {
            assertThat(second.device()).isEqualTo(first.device());
        }
        assertThat(LoopDevices.find(image)).isEmpty();
    }

    @Test
    void a_device_grows_with_its_file_while_it_is_mounted() throws IOException {
        mount();
        var device = LoopDevices.find(image).orElseThrow();
        try (var file = Descriptor.openFile(image)) {
            file.allocate(32 << 20);
        }
        LoopDevices.growToFile(device);
        assertThat(Files.readString(Path.of("/sys/block", device.getFileName().toString(), "size")))
                .isEqualToIgnoringNewLines(Long.toString((32 << 20) / 512));
    }

    @Test
    void a_directory_goes_into_a_running_container_and_nowhere_else() throws Exception {
        var home = Files.createDirectory(temp.resolve("home"));
        Files.writeString(home.resolve("notes"), "6*7");
        var other = new ProcessBuilder("unshare", "-m", "sleep", "300").start();
        try (var directory = Directory.open(home)) {
            awaitOwnMounts(other.pid());
            ContainerMounts.mount(directory, other.pid(), place.toString(), false, () -> true);

            var seen = Path.of("/proc/" + other.pid() + "/root" + place + "/notes");
            assertThat(seen).hasContent("6*7");
            assertThat(place).isEmptyDirectory();
            assertThat(Files.readString(Path.of("/proc/" + other.pid() + "/mountinfo")))
                    .contains("place\\040with\\040space rw,nosuid,nodev");
            assertThatThrownBy(
                            () ->
                                    ContainerMounts.mount(
                                            directory, other.pid(), "/none", false, () -> true))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("ENOENT");
            assertThatThrownBy(
                            () ->
                                    ContainerMounts.mount(
                                            directory, other.pid(), "/mnt", false, () -> false))
                    .hasMessageContaining("not the one");
        } finally {
            other.destroy();
            other.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void mount() throws IOException {
        try (var attached = LoopDevices.attach(image)) {
            Mounts.mount(attached.device(), place, "ext4", "");
        }
    }

    private static void awaitOwnMounts(long pid) throws IOException {
        var ours = Files.readSymbolicLink(Path.of("/proc/self/ns/mnt"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/mnt")).equals(ours)) {
            assertThat(System.nanoTime()).as("unshare takes too long").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
