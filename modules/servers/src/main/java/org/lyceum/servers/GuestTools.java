package org.lyceum.servers;

import org.lyceum.platform.docker.ContainerFiles;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * What every container is given besides its image's own, whatever the image: the command {@code
 * quota}, and an extension that shows notices in JupyterLab. Both read what {@link TellServers}
 * writes. The same files for all, below one of the engine's bind roots, written at first use.
 */
final class GuestTools {

    /** For the command, beside the launcher: what it prints. */
    static final String QUOTA = "quota";

    /** For the extension, beside the launcher. */
    static final String NOTICES = "notices.json";

    /** On everybody's search path, also where a login shell sets its own. */
    private static final String COMMAND_PLACE = "/usr/local/bin/quota";

    /** Where every Jupyter looks, whatever its own prefix is. */
    private static final String EXTENSION_PLACE = "/usr/local/share/jupyter/labextensions/lyceum";

    private final Path directory;
    private boolean written;

    /**
     * @param directory below one of the engine's bind roots
     */
    GuestTools(Path directory) {
        this.directory = directory;
    }

    /**
     * To be mounted in a container.
     *
     * @throws Problem UNAVAILABLE {@code server.tools-unwritable}
     */
    synchronized List<ContainerSpec.Bind> binds() {
        var command = directory.resolve("quota");
        var extension = directory.resolve("lab");
        if (!written) {
            try {
                write(command, extension);
                written = true;
            } catch (IOException e) {
                throw new Problem(
                        Problem.Kind.UNAVAILABLE,
                        "server.tools-unwritable",
                        "The server could not be given its tools: the platform may not write to its"
                                + " data directory, or the disk is full. An administrator must look"
                                + " at it.",
                        e);
            }
        }
        return List.of(
                new ContainerSpec.Bind(command, COMMAND_PLACE, true),
                new ContainerSpec.Bind(extension, EXTENSION_PLACE, true));
    }

    private void write(Path command, Path extension) throws IOException {
        var code = extension.resolve("static");
        Files.createDirectories(code);
        for (var each : List.of(directory, extension, code)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        put(command, resource("quota"), true);
        put(extension.resolve("package.json"), resource("package.json"), false);
        put(code.resolve("notices.js"), resource("notices.js"), false);
        put(code.resolve("used.json"), "{}".getBytes(StandardCharsets.UTF_8), false);
        link(code.resolve(NOTICES), Path.of(SecretFiles.MOUNTED, NOTICES));
    }

    /** A file that is right already keeps its number: containers that run have it mounted. */
    private static void put(Path file, byte[] bytes, boolean executable) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
            return;
        }
        ContainerFiles.replace(file, bytes, executable);
    }

    /** Leads to the server's own file from a directory that is everybody's. */
    private static void link(Path link, Path target) throws IOException {
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
            return;
        }
        var part = link.resolveSibling("." + UUID.randomUUID());
        Files.createSymbolicLink(part, target);
        Files.move(part, link, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] resource(String name) throws IOException {
        try (var resource = GuestTools.class.getResourceAsStream("guest/" + name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is part of this module");
            }
            return resource.readAllBytes();
        }
    }
}
