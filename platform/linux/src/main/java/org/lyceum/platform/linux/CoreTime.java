package org.lyceum.platform.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How long containers have computed. Blocking. */
public final class CoreTime {

    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    private static final String USAGE = "usage_usec ";

    private CoreTime() {}

    /**
     * Time on cores of all that runs or has run in the container, in nanoseconds; source:
     * cgroup-v2.rst ({@code cpu.stat}), cgroup-v1/cpuacct.rst.
     *
     * @param containerId 64 hexadecimal digits
     * @return empty when nothing runs in it
     */
    public static OptionalLong nanosOf(String containerId) throws IOException {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                var groups = groups(process);
                if (groups.contains(containerId)) {
                    return OptionalLong.of(read(groups));
                }
            }
        }
        return OptionalLong.empty();
    }

    private static String groups(Path process) {
        try {
            return Files.readString(process.resolve("cgroup"));
        } catch (IOException ended) {
            return "";
        }
    }

    private static long read(String groups) throws IOException {
        for (var line : groups.lines().toList()) {
            var fields = line.split(":", 3);
            var path = fields[2].substring(1);
            if (fields[1].matches("(.*,)?cpuacct(,.*)?")) {
                var usage = GROUPS.resolve("cpuacct").resolve(path).resolve("cpuacct.usage");
                return Long.parseLong(Files.readString(usage).strip());
            }
            var stat = GROUPS.resolve(path).resolve("cpu.stat");
            if (fields[1].isEmpty() && Files.exists(stat)) {
                return 1000 * microseconds(stat);
            }
        }
        throw new IOException("no control group that counts time: " + groups.strip());
    }

    private static long microseconds(Path stat) throws IOException {
        for (var line : Files.readAllLines(stat)) {
            if (line.startsWith(USAGE)) {
                return Long.parseLong(line.substring(USAGE.length()));
            }
        }
        throw new IOException(stat + " has no " + USAGE);
    }
}
