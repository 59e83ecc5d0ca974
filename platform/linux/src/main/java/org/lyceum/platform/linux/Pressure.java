package org.lyceum.platform.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How much of the last ten seconds was lost to waiting for what the machine has too little of, in
 * percent; source: Documentation/accounting/psi.rst.
 *
 * @param cores some program was ready to run and had no core
 * @param memory nothing went on at all, because memory was being made free
 * @param disk nothing went on at all, because it waited for a disk
 */
public record Pressure(double cores, double memory, double disk) {

    /** The kernel's own. */
    public static final Path DIRECTORY = Path.of("/proc/pressure");

    private static final String AVERAGE = "avg10=";

    /**
     * Asks.
     *
     * @param directory with the files {@code cpu}, {@code memory} and {@code io}
     * @return empty where the kernel does not say: it was built without, or started with {@code
     *     psi=0}
     */
    public static Optional<Pressure> in(Path directory) {
        try {
            return Optional.of(
                    new Pressure(
                            average(directory.resolve("cpu"), "some "),
                            average(directory.resolve("memory"), "full "),
                            average(directory.resolve("io"), "full ")));
        } catch (IOException untold) {
            return Optional.empty();
        }
    }

    private static double average(Path file, String kind) throws IOException {
        for (var line : Files.readAllLines(file)) {
            int at = line.indexOf(AVERAGE);
            if (line.startsWith(kind) && at > 0) {
                return number(line.substring(at + AVERAGE.length()).split(" ", 2)[0]);
            }
        }
        throw new IOException(file + " has no line '" + kind + AVERAGE + "'");
    }

    private static double number(String text) throws IOException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IOException("no number: " + text, e);
        }
    }
}
