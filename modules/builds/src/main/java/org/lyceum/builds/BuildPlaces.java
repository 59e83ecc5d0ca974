package org.lyceum.builds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where builds keep files: {@code settings} is the operator's (where packages come from), {@code
 * work} holds a directory for each build that is under way, {@code logs} a file for each there was.
 * Nobody else on the machine gets through to them. Blocking.
 */
final class BuildPlaces {

    private final Path root;

    /**
     * @param root one of the engine's bind roots; made when missing
     */
    BuildPlaces(Path root) {
        this.root = root;
    }

    void make() {
        try {
            Files.createDirectories(root);
            permit(root, "rwx------");
            for (var name : List.of("settings", "work", "logs")) {
                Files.createDirectories(root.resolve(name));
                permit(root.resolve(name), "rwxr-xr-x");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("make " + root, e);
        }
    }

    Path settings() {
        return root.resolve("settings");
    }

    Path log(long build) {
        return root.resolve("logs").resolve(build + ".log");
    }

    /** The numbers of builds that have a log. */
    List<Long> logs() {
        var found = new ArrayList<Long>();
        try (var files = Files.newDirectoryStream(root.resolve("logs"), "[0-9]*.log")) {
            for (var file : files) {
                found.add(Long.parseLong(file.getFileName().toString().replace(".log", "")));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("list logs of builds", e);
        }
    }

    void deleteLog(long build) {
        try {
            Files.deleteIfExists(log(build));
        } catch (IOException e) {
            throw new UncheckedIOException("delete a build's log", e);
        }
    }

    /** A directory of the build's own, with one in it that its containers may write to. */
    Path work(long build) throws IOException {
        var directory = Files.createDirectory(root.resolve("work").resolve(Long.toString(build)));
        permit(directory, "rwxr-xr-x");
        permit(Files.createDirectory(directory.resolve("out")), "rwxrwxrwx");
        permit(Files.createDirectory(directory.resolve("files")), "rwxr-xr-x");
        return directory;
    }

    static void put(Path file, String text) throws IOException {
        Files.writeString(file, text);
        permit(file, "r--r--r--");
    }

    /** Deletes what builds that are over have left. */
    void deleteWork() {
        try (var left = Files.newDirectoryStream(root.resolve("work"))) {
            for (var directory : left) {
                deleteAll(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("delete what builds have left", e);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (var all = Files.walk(directory)) { // follows no links
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void permit(Path path, String mode) throws IOException {
        // Set and not left to the process's umask, which may keep a container's user out.
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
