package org.lyceum.storage.btrfs;

import org.lyceum.storage.Limits;
import org.lyceum.storage.Usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What the kernel compares with the limit at this moment: what a folder refers to, and what has
 * been promised to writes that are on their way to the disk. From sysfs, Linux 5.9.
 */
final class LiveQuota {

    private static final Path FILE_SYSTEMS = Path.of("/sys/fs/btrfs");

    private LiveQuota() {}

    static Usage read(UUID fileSystem, long subvolume) throws IOException {
        var group =
                FILE_SYSTEMS
                        .resolve(fileSystem.toString())
                        .resolve("qgroups")
                        .resolve("0_" + subvolume);
        long held =
                number(group, "referenced")
                        + number(group, "rsv_data")
                        + number(group, "rsv_meta_pertrans")
                        + number(group, "rsv_meta_prealloc");
        boolean limited = (number(group, "limit_flags") & 1) != 0;
        return new Usage(
                held,
                Usage.UNCOUNTED,
                new Limits(limited ? number(group, "max_referenced") : 0, 0));
    }

    private static long number(Path group, String file) throws IOException {
        return Long.parseUnsignedLong(Files.readString(group.resolve(file)).strip());
    }
}
