package org.lyceum.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The engine's own command, for looking at what we did with other eyes than ours. */
final class DockerCommand {

    private DockerCommand() {}

    /** {@code image} with a single-user server that starts and never listens. */
    static String sleepingImage(String image) {
        try {
            var folder = Files.createTempDirectory("lyceum-image");
            Files.writeString(
                    folder.resolve("Dockerfile"),
                    """
                    FROM %s
                    USER root
                    RUN printf '#!/bin/sh\\nexec sleep 600\\n' > /usr/local/bin/jupyterhub-singleuser \\
                     && chmod 0755 /usr/local/bin/jupyterhub-singleuser
                    USER 1000
                    """
                            .formatted(image));
            run("build", "-t", "lyceum-test/never-listens:1", folder.toString());
            HubUnderTest.delete(folder);
            return "lyceum-test/never-listens:1";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code docker …} prints, both streams. */
    static String run(String... words) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        return host(command);
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
