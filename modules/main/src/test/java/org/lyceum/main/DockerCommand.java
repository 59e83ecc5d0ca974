package org.lyceum.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The engine's own command, for looking at what we did with other eyes than ours. */
final class DockerCommand {

    private DockerCommand() {}

    /** {@code image} with a single-user server that starts and never listens. */
    static String sleepingImage(String image) {
        return derived(
                image,
                "never-listens",
                """
                USER root
                RUN printf '#!/bin/sh\\nexec sleep 600\\n' > /usr/local/bin/jupyterhub-singleuser \\
                 && chmod 0755 /usr/local/bin/jupyterhub-singleuser
                USER 1000
                """);
    }

    /** {@code image} changed by the lines of a Dockerfile; the caller removes it. */
    static String derived(String image, String name, String lines) {
        try {
            var folder = Files.createTempDirectory("lyceum-image");
            Files.writeString(folder.resolve("Dockerfile"), "FROM " + image + "\n" + lines);
            var reference = "lyceum-test/" + name + ":1";
            run("build", "-t", reference, folder.toString());
            HubUnderTest.delete(folder);
            return reference;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder with one of our test files, changed, that a container's user can read. */
    static Path volume(String resource, UnaryOperator<String> change) {
        try (var in = DockerCommand.class.getResourceAsStream(resource)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var folder = Files.createTempDirectory("lyceum-volume");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.writeString(folder.resolve(resource), change.apply(text));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    /** What {@code docker …} prints, both streams. */
    static String run(String... words) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        return host(command);
    }

    /** Ids of images with this label. */
    static List<String> images(String label) {
        return run("images", "-aq", "--filter", "label=" + label).lines().distinct().toList();
    }

    /** What a command of the host prints, both streams. */
    static String host(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end");
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
