package org.lyceum.main;

import org.lyceum.platform.testing.Eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A container engine of the test's own beside the machine's, with nothing in common but the kernel,
 * so that the test may kill it. Its containers outlive it, as the installer sets up the machine's.
 */
final class OwnEngine implements AutoCloseable {

    /**
     * Its own, which nothing is plugged into. Not {@code --bridge=none}: an engine that has none
     * removes {@code docker0}, which is the machine's.
     */
    private static final String BRIDGE = "lyceum-own0";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Of an image of half a GB. */
    private static final Duration COPYING = Duration.ofMinutes(5);

    private final Path root;
    private final Process containers;
    private Process engine;

    private OwnEngine(Path root) {
        this.root = root;
        this.containers =
                launch(
                        "containerd",
                        "--address",
                        path("c"),
                        "--root",
                        path("containerd"),
                        "--state",
                        path("state"));
        DockerCommand.host(List.of("ip", "link", "add", BRIDGE, "type", "bridge"));
        DockerCommand.host(List.of("ip", "address", "add", "10.214.0.1/24", "dev", BRIDGE));
        startAgain();
    }

    static OwnEngine start() {
        try {
            return new OwnEngine(Files.createTempDirectory("lyceum-engine"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String path(String name) {
        return root.resolve(name).toString();
    }

    private Process launch(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(root.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path socket() {
        return root.resolve("s");
    }

    /** An image of the machine's engine. */
    void take(String image) {
        var command = "docker save " + image + " | docker -H unix://" + socket() + " load";
        await(launch("sh", "-c", command), COPYING);
    }

    /** As {@code kill -9} does. */
    void killHard() {
        engine.destroyForcibly();
        await(engine, PATIENCE);
    }

    /** Returns once it answers. */
    void startAgain() {
        try {
            Files.deleteIfExists(root.resolve("pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        engine =
                launch(
                        "dockerd",
                        "--containerd",
                        path("c"),
                        "--data-root",
                        path("data"),
                        "--exec-root",
                        path("exec"),
                        "--pidfile",
                        path("pid"),
                        "-H",
                        "unix://" + socket(),
                        "--live-restore",
                        "--bridge=" + BRIDGE,
                        "--iptables=false",
                        "--ip-forward=false",
                        // Away from the addresses that the machine's engine gives.
                        "--default-address-pool",
                        "base=10.213.0.0/16,size=24");
        Eventually.holds(
                "the engine answers; see " + root.resolve("log"),
                PATIENCE,
                () -> docker("version", "--format", "{{.Server.Os}}").startsWith("linux"));
    }

    private String docker(String... words) {
        var command = new ArrayList<>(List.of("docker", "-H", "unix://" + socket()));
        command.addAll(List.of(words));
        return DockerCommand.host(command);
    }

    private static void await(Process process, Duration patience) {
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(process.info() + " did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        docker("ps", "-aq").lines().forEach(id -> docker("rm", "-f", id));
        docker("network", "ls", "-q", "--filter", "type=custom")
                .lines()
                .forEach(id -> docker("network", "rm", id));
        engine.destroy();
        await(engine, PATIENCE);
        containers.destroy();
        await(containers, PATIENCE);
        DockerCommand.host(List.of("ip", "link", "delete", BRIDGE));
        // The engine mounts its directory onto itself, and forgets it when it is killed.
        var unmount = "while umount " + path("data") + " 2>/dev/null; do :; done";
        DockerCommand.host(List.of("sh", "-c", unmount));
        DockerCommand.host(List.of("rm", "-rf", "--one-file-system", root.toString()));
    }
}
