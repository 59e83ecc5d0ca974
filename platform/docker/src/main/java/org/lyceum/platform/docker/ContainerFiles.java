package org.lyceum.platform.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A directory for each container of a kind, by the number of what runs in it, to be mounted into it
 * read-only. Nobody else on the machine gets through to it. Blocking.
 */
public final class ContainerFiles {

    private final Path root;

    /**
     * @param root one of the engine's bind roots; made when missing
     */
    public ContainerFiles(Path root) {
        this.root = root;
    }

    /** Makes the directory of {@code number}, which must not be there. */
    public Path make(long number) throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        var directory = Files.createDirectory(directory(number));
        // The container's user passes through; on the host the root above keeps others out.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory;
    }

    /** Writes a file for the container's user. */
    public static void put(Path file, byte[] bytes, boolean executable) throws IOException {
        Files.write(file, bytes);
        // Set and not left to the process's umask, which may keep the container's user out.
        Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString(executable ? "r-xr-xr-x" : "r--r--r--"));
    }

    /**
     * Puts a file for the container's user in the place of an earlier one: who reads sees either,
     * whole.
     *
     * @return false when there is no such directory (any more)
     */
    public static boolean replace(Path file, byte[] bytes, boolean executable) throws IOException {
        var part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            put(part, bytes, executable);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Deletes the directory of {@code number} and the files in it; none there is fine. */
    public void delete(long number) {
        var directory = directory(number);
        try {
            try (var files = Files.newDirectoryStream(directory)) {
                for (var file : files) {
                    Files.delete(file);
                }
            } catch (NoSuchFileException gone) {
                return;
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("delete " + directory, e);
        }
    }

    /** The numbers that have a directory, in no order. */
    public List<Long> present() {
        var found = new ArrayList<Long>();
        try (var directories = Files.newDirectoryStream(root, "[0-9]*")) {
            for (var directory : directories) {
                found.add(Long.parseLong(directory.getFileName().toString()));
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("list " + root, e);
        }
        return found;
    }

    /** Where the directory of {@code number} is, whether or not it is there. */
    public Path directory(long number) {
        return root.resolve(Long.toString(number));
    }
}
