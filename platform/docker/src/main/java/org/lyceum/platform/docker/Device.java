package org.lyceum.platform.docker;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Something of the host that a container may use beside its cores and memory. */
public sealed interface Device {

    /** Kinds of names that Docker hands on as they are. */
    Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/=-]{0,199}");

    /**
     * A character device. It is in the container where it is on the host.
     *
     * @param path below {@code /dev}
     */
    record Node(Path path) implements Device {

        public Node {
            require(
                    path.startsWith("/dev")
                            && path.getNameCount() >= 2
                            && path.equals(path.normalize()),
                    path + " is no device: write a path below /dev");
        }
    }

    /**
     * A device that a file of the Container Device Interface describes.
     *
     * @param name {@code vendor.com/class=name}
     */
    record Cdi(String name) implements Device {

        public Cdi {
            require(
                    NAME.matcher(name).matches() && name.contains("/") && name.contains("="),
                    name + " is no name of a CDI device, such as nvidia.com/gpu=0");
        }
    }

    /**
     * A device of NVIDIA's container toolkit.
     *
     * @param id its number, or its UUID
     */
    record Nvidia(String id) implements Device {

        public Nvidia {
            require(NAME.matcher(id).matches(), "'" + id + "' is no number or UUID of a device");
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
