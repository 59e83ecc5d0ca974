package org.lyceum.catalog;

import org.lyceum.platform.docker.Device;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One device that servers can have, such as one GPU.
 *
 * @param name its first node, or what CDI or NVIDIA calls it; never two of the same on a machine
 * @param devices all that a container is given for it
 */
public record DeviceUnit(String name, List<Device> devices) {

    private static final String NVIDIA = "nvidia:";

    public DeviceUnit {
        devices = List.copyOf(devices);
    }

    /**
     * Reads what an operator writes: nodes with spaces between, {@code nvidia:0}, or the name of a
     * CDI device.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    static DeviceUnit of(String written, List<String> shared) {
        var words = new ArrayList<>(List.of(written.strip().split("\\s+")));
        var name = words.getFirst();
        words.addAll(shared);
        return new DeviceUnit(name, words.stream().map(DeviceUnit::device).toList());
    }

    private static Device device(String word) {
        if (word.startsWith("/")) {
            return new Device.Node(Path.of(word));
        }
        return word.startsWith(NVIDIA)
                ? new Device.Nvidia(word.substring(NVIDIA.length()))
                : new Device.Cdi(word);
    }
}
