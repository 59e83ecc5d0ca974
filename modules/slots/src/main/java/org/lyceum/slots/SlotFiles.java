package org.lyceum.slots;

import org.lyceum.platform.docker.ContainerFiles;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.PeerListener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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

    private final ContainerFiles files;
    private final int uid;

    /**
     * @param root one of the engine's bind roots; made when missing
     * @param uid whom containers run as
     */
    SlotFiles(Path root, int uid) {
        this.files = new ContainerFiles(root);
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
            var directory = files.make(slotId);
            ContainerFiles.put(directory.resolve(SHELL), resource(SHELL), false);
            ContainerFiles.put(directory.resolve(LAUNCHER), resource(LAUNCHER), false);
            var list = Commands.json(modules).getBytes(StandardCharsets.UTF_8);
            ContainerFiles.put(directory.resolve(MODULES), list, false);
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

    /**
     * Puts a file into the slot's directory, in the place of an earlier one.
     *
     * @return false when the slot has none (any more)
     */
    boolean replace(long slotId, String name, byte[] bytes) throws IOException {
        return ContainerFiles.replace(files.directory(slotId).resolve(name), bytes, false);
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
        var socket = files.directory(slotId).resolve(SOCKET);
        if (Files.isSymbolicLink(socket)
                || Files.isRegularFile(socket, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("what is at the socket's place is not ours");
        }
        Files.deleteIfExists(socket);
        return PeerListener.at(socket, uid);
    }

    /** Deletes all files of a slot; none there is fine. */
    void delete(long slotId) {
        files.delete(slotId);
    }

    /** Numbers of the slots that have files here. */
    List<Long> present() {
        return files.present();
    }
}
