package org.lyceum.platform.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The machine we run on, as its kernel says.
 *
 * @param memoryBytes that it has
 * @param bootedAt to the second
 */
public record Machine(long memoryBytes, Instant bootedAt) {

    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path STATISTICS = Path.of("/proc/stat");

    /** Asks; source: proc_meminfo(5), proc_stat(5). */
    public static Machine here() {
        return new Machine(
                number(MEMORY, "MemTotal:") * 1024,
                Instant.ofEpochSecond(number(STATISTICS, "btime ")));
    }

    private static long number(Path file, String beginning) {
        try {
            for (var line : Files.readAllLines(file)) {
                if (line.startsWith(beginning)) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
        throw new IllegalStateException(file + " has no line '" + beginning + "'");
    }
}
