package org.lyceum.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Numbers that the kernel tells in files below {@code /proc}. */
final class KernelFiles {

    private final Path root;

    /**
     * @param root {@code /proc}
     */
    KernelFiles(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /**
     * A setting such as {@code fs/inotify/max_user_instances}. By the line: such a file gives what
     * it has to the first read only, and {@code Files.readString} begins with a read of one byte.
     */
    long setting(String name) throws IOException {
        return Long.parseLong(Files.readAllLines(root.resolve("sys").resolve(name)).getFirst());
    }

    /** What meminfo says, such as {@code MemAvailable}, in bytes. */
    long memory(String name) throws IOException {
        return number("meminfo", name + ":") * 1024;
    }

    /** How many files this process may have open. */
    long openFiles() throws IOException {
        for (var line : Files.readAllLines(root.resolve("self/limits"))) {
            if (line.startsWith("Max open files")) {
                var soft = line.substring("Max open files".length()).strip().split("\\s+")[0];
                return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
            }
        }
        throw new IOException("self/limits has no line about open files");
    }

    private long number(String file, String beginning) throws IOException {
        for (var line : Files.readAllLines(root.resolve(file))) {
            if (line.startsWith(beginning)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException(file + " has no line '" + beginning + "'");
    }
}
