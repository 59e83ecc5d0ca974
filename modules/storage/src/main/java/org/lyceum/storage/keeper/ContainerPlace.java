package org.lyceum.storage.keeper;

import org.lyceum.storage.Keeper.ContainerProcess;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where in a container folders may be mounted: a closed set, whatever the caller writes. */
final class ContainerPlace {

    /** A name is what a directory entry can be, and none that starts with a dot. */
    private static final Pattern PLACES =
            Pattern.compile(
                    Pattern.quote(StorageConfig.INSIDE)
                            + "|/scratch|/folders/(groups/)?[^/.\\p{Cntrl}][^/\\p{Cntrl}]{0,254}");

    private ContainerPlace() {}

    /**
     * @throws IllegalArgumentException when nothing is ever mounted there
     */
    static void require(String place) {
        if (!PLACES.matcher(place).matches()) {
            throw new IllegalArgumentException("nothing is mounted at '" + place + "'");
        }
    }

    /** Every engine names a container's control group after the container. */
    static boolean holds(ContainerProcess container) throws IOException {
        var groups = Path.of("/proc", Long.toString(container.pid()), "cgroup");
        return Files.readString(groups).contains(container.containerId());
    }
}
