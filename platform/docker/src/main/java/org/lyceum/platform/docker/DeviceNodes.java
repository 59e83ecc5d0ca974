package org.lyceum.platform.docker;

import com.github.dockerjava.api.model.DeviceRequest;

import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns devices into Docker's configuration. Only character devices that are below /dev after every
 * link was followed, and none through which the machine's memory can be read: a disk or {@code
 * /dev/mem} would be the whole host.
 */
final class DeviceNodes {

    private static final Path DEV = Path.of("/dev");
    private static final int FILE_TYPE = 0xF000;
    private static final int CHARACTER_DEVICE = 0x2000;

    /** The kernel's own devices; source: Documentation/admin-guide/devices.txt. */
    private static final int MEMORY_MAJOR = 1;

    /** mem, kmem and port. */
    private static final Set<Integer> MEMORY_MINORS = Set.of(1, 2, 4);

    /** For everybody, in the mode of a file. */
    private static final int OTHERS_READ_WRITE = 6;

    private DeviceNodes() {}

    /** Reading and writing, but not making such nodes. */
    static List<com.github.dockerjava.api.model.Device> nodes(List<Device> devices) {
        return devices.stream()
                .filter(Device.Node.class::isInstance)
                .map(each -> ((Device.Node) each).path())
                .map(
                        path ->
                                new com.github.dockerjava.api.model.Device(
                                        "rw", path.toString(), require(path).toString()))
                .toList();
    }

    /** What CDI and NVIDIA's toolkit put into the container. */
    static List<DeviceRequest> requests(List<Device> devices) {
        return devices.stream()
                .map(
                        device ->
                                switch (device) {
                                    case Device.Node _ -> null;
                                    case Device.Cdi(var name) ->
                                            new DeviceRequest()
                                                    .withDriver("cdi")
                                                    .withDeviceIds(List.of(name));
                                    case Device.Nvidia(var id) ->
                                            new DeviceRequest()
                                                    .withDriver("nvidia")
                                                    .withDeviceIds(List.of(id))
                                                    .withCapabilities(
                                                            List.of(
                                                                    List.of(
                                                                            "gpu", "compute",
                                                                            "utility")));
                                })
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Groups that may use the nodes where not everybody may. The group of root is not among them: a
     * node that is root's alone stays so.
     */
    static List<String> groups(List<Device> devices) {
        var groups = new TreeSet<String>();
        for (var device : devices) {
            if (device instanceof Device.Node(var path)) {
                var facts = facts(path);
                int group = facts.group();
                boolean everybodys = (facts.mode() & OTHERS_READ_WRITE) == OTHERS_READ_WRITE;
                if (!everybodys && group != 0) {
                    groups.add(Integer.toString(group));
                }
            }
        }
        return List.copyOf(groups);
    }

    private static Path require(Path path) {
        var facts = facts(path);
        long number = facts.number();
        boolean character = (facts.mode() & FILE_TYPE) == CHARACTER_DEVICE;
        boolean memory =
                (number >> 8 & 0xFFF) == MEMORY_MAJOR
                        && MEMORY_MINORS.contains((int) (number & 0xFF));
        if (!character || memory || !real(path).startsWith(DEV)) {
            throw Problem.invalid(
                    "device.refused",
                    path
                            + " is no device that a container may have; an administrator must take"
                            + " it out of lyceum.toml.");
        }
        return real(path);
    }

    /** What the kernel says of a node. */
    private record Facts(int mode, int group, long number) {}

    private static Facts facts(Path path) {
        try {
            return new Facts(
                    ((Integer) Files.getAttribute(path, "unix:mode")),
                    ((Integer) Files.getAttribute(path, "unix:gid")),
                    ((Long) Files.getAttribute(path, "unix:rdev")));
        } catch (IOException e) {
            throw gone(path, e);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw gone(path, e);
        }
    }

    private static Problem gone(Path path, IOException e) {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "device.gone",
                path
                        + " is not there on this machine, so the server cannot have it. Ask an"
                        + " administrator whether its driver is loaded, or pick a profile without"
                        + " it.",
                e);
    }
}
