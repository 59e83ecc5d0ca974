package org.lyceum.slots;

import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.PeerListener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory per slot, mounted read-only at {@link #MOUNTED}: the launcher, what it is to import,
 * and the socket it calls. Nobody but the platform can write to it or get through to it on this
 * machine; no secret is ever in it.
 */
final class SlotFiles {

    /** Where the container finds the directory. */
    static final String MOUNTED = "/run/lyceum";

    private static final String SHELL = "slot";
    private static final String LAUNCHER = "slot.py";
    private static final String MODULES = "modules.json";
    private static final String SOCKET = "s";

    private final Path root;
    private final int uid;

    /**
     * @param root one of the engine's bind roots; made when missing
     * @param uid whom containers run as
     */
    SlotFiles(Path root, int uid) {
        this.root = root;
        this.uid = uid;
    }

    /** What a container runs: {@code wait} or {@code learn}, then the environment's own program. */
    static List<String> command(String mode, List<String> program) {
        var command = new ArrayList<>(List.of("/bin/sh", MOUNTED + "/" + SHELL, mode));
        command.addAll(program);
        return command;
    }

    /**
     * Makes the directory.
     *
     * @param modules to import, in their order
     */
    Path write(long slotId, List<String> modules) {
        try {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            var directory = Files.createDirectory(directory(slotId));
            // The container's user passes through; on the host the root above keeps others out.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            put(directory.resolve(SHELL), resource(SHELL));
            put(directory.resolve(LAUNCHER), resource(LAUNCHER));
            var list = Commands.json(modules).getBytes(StandardCharsets.UTF_8);
            put(directory.resolve(MODULES), list);
            return directory;
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "slot.files-unwritable",
                    "No server can be prepared: the platform may not write to its data directory,"
                            + " or the disk is full.",
                    e);
        }
    }

    private static void put(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        // Set and not left to the process's umask, which may keep the container's user out.
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    }

    private static byte[] resource(String name) throws IOException {
        try (var resource = SlotFiles.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is part of this module");
            }
            return resource.readAllBytes();
        }
    }

    /** Listens for the slot's launcher; takes the place of an earlier process of ours. */
    PeerListener listen(long slotId) throws IOException {
        var socket = directory(slotId).resolve(SOCKET);
        if (Files.isSymbolicLink(socket)
                || Files.isRegularFile(socket, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("what is at the socket's place is not ours");
        }
        Files.deleteIfExists(socket);
        return PeerListener.at(socket, uid);
    }

    /** Deletes all files of a slot; none there is fine. */
    void delete(long slotId) {
        var directory = directory(slotId);
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
            throw new UncheckedIOException("delete the files of slot " + slotId, e);
        }
    }

    /** Numbers of the slots that have files here. */
    List<Long> present() {
        var found = new ArrayList<Long>();
        try (var directories = Files.newDirectoryStream(root, "[0-9]*")) {
            for (var directory : directories) {
                found.add(Long.parseLong(directory.getFileName().toString()));
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("list the files of slots", e);
        }
        return found;
    }

    private Path directory(long slotId) {
        return root.resolve(Long.toString(slotId));
    }
}
