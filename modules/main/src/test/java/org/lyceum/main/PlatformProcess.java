package org.lyceum.main;

import org.lyceum.platform.testing.Eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The platform as a process of its own, which a test may kill. */
final class PlatformProcess implements AutoCloseable {

    private final Path data;
    private final Path log;
    private final List<String> options;
    private Process process;

    private PlatformProcess(Path data, List<String> options) {
        this.data = data;
        this.options = options;
        this.log = data.resolve("test.log");
        this.process = launch();
    }

    /** {@code data} holds a {@code lyceum.toml}; {@code options} are the JVM's. */
    static PlatformProcess start(Path data, String... options) {
        return new PlatformProcess(data, List.of(options));
    }

    private Process launch() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // As strict a umask as an operator may have: what containers read must not depend on it.
        var command =
                new ArrayList<>(
                        List.of(
                                "/bin/sh",
                                "-c",
                                "umask 077; exec \"$0\" \"$@\"",
                                java,
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:+UseSerialGC",
                                "-Xmx256m"));
        command.addAll(options);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.lyceum.main.Main",
                        "--config",
                        data.resolve("lyceum.toml").toString()));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9} does: no hook runs, nothing is said good-bye to. */
    void killHard() {
        process.destroyForcibly();
        waitForEnd();
    }

    void startAgain() {
        process = launch();
    }

    /** Waits for the first good answer of {@code url}. */
    void awaitAnswer(String url) {
        var client = HttpClient.newHttpClient();
        try {
            Eventually.holds("the platform answers at " + url, () -> answers(client, url));
        } catch (AssertionError silent) {
            throw new AssertionError(silent.getMessage() + "; it says:\n" + output(), silent);
        }
    }

    private boolean answers(HttpClient client, String url) {
        if (!process.isAlive()) {
            throw new AssertionError("the platform ended with " + process.exitValue());
        }
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The exit code, once the process has ended by itself. */
    int waitForEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the platform did not end; it says:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String output() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        waitForEnd();
    }
}
