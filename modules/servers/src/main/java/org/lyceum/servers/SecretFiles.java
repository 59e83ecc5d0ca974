package org.lyceum.servers;

import org.lyceum.platform.docker.ContainerFiles;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hands secrets to a container without Docker knowing them: a directory per server, mounted
 * read-only at {@link #MOUNTED}, with a file of variables that only the container's user can read
 * and a small program that takes them up. The file is deleted once the server has answered.
 */
final class SecretFiles {

    /** Where the container finds the directory. */
    static final String MOUNTED = "/run/lyceum";

    /** Begins every container's command line. */
    static final List<String> LAUNCHER = List.of("/bin/sh", MOUNTED + "/launch");

    private static final String VARIABLES = "env";
    private static final String PROGRAM = "launch";

    private final ContainerFiles files;
    private final int uid;
    private final int gid;

    /**
     * @param root one of the engine's bind roots; made when missing
     * @param uid whom containers run as
     */
    SecretFiles(Path root, int uid, int gid) {
        this.files = new ContainerFiles(root);
        this.uid = uid;
        this.gid = gid;
    }

    int uid() {
        return uid;
    }

    int gid() {
        return gid;
    }

    /** Writes the files of a start, replacing those of an earlier one; returns the directory. */
    Path write(long serverId, Map<String, String> variables) {
        try {
            delete(serverId);
            var directory = files.make(serverId);
            ContainerFiles.put(directory.resolve(PROGRAM), launcher(), true);
            writeSecret(directory.resolve(VARIABLES), script(variables));
            return directory;
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "server.secrets-unwritable",
                    "The server could not be given its token: the platform may not write to its"
                        + " data directory, or the disk is full. An administrator must look at it.",
                    e);
        }
    }

    /**
     * Puts a file that is no secret beside the launcher, in the place of an earlier one.
     *
     * @return false when the server has no directory (any more)
     */
    boolean tell(long serverId, String name, byte[] bytes) throws IOException {
        return ContainerFiles.replace(files.directory(serverId).resolve(name), bytes, false);
    }

    private void writeSecret(Path file, String text) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }

    private static byte[] launcher() throws IOException {
        try (var resource = SecretFiles.class.getResourceAsStream("launch.sh")) {
            if (resource == null) {
                throw new IllegalStateException("the launcher is part of this module");
            }
            return resource.readAllBytes();
        }
    }

    /** Lines a POSIX shell can read; any value survives in single quotes. */
    static String script(Map<String, String> variables) {
        var lines = new StringBuilder();
        new TreeMap<>(variables)
                .forEach(
                        (key, value) ->
                                lines.append("export ")
                                        .append(key)
                                        .append("='")
                                        .append(value.replace("'", "'\\''"))
                                        .append("'\n"));
        return lines.toString();
    }

    /** Takes the secrets away from a server that has read them; the launcher stays. */
    void deleteVariables(long serverId) {
        try {
            Files.deleteIfExists(files.directory(serverId).resolve(VARIABLES));
        } catch (IOException e) {
            throw new UncheckedIOException("delete the variables of server " + serverId, e);
        }
    }

    /** Deletes all files of a server; none there is fine. */
    void delete(long serverId) {
        files.delete(serverId);
    }

    /** Numbers of the servers that have files here. */
    List<Long> present() {
        return files.present();
    }
}
