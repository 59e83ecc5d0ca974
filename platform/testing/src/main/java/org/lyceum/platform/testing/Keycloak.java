package org.lyceum.platform.testing;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A Keycloak on a free port of this machine, with a realm "school" in which ada (of the group
 * teachers) and eve, whose address is not confirmed, have accounts. It takes half a minute to start
 * and half a GiB; one for a class is enough.
 */
public final class Keycloak implements AutoCloseable {

    public static final String SECRET = "keycloak's client secret";

    private static final String VERSION = "26.7.3";
    private static final Path ZIP =
            Path.of(
                    System.getProperty("user.home"),
                    ".m2/repository/org/keycloak/keycloak-quarkus-dist",
                    VERSION,
                    "keycloak-quarkus-dist-" + VERSION + ".zip");

    /** The first start builds what later ones reuse. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path directory;
    private final int port = freePort();
    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;

    /**
     * Skips the test where the distribution has not been fetched; fails it where it must not be
     * skipped.
     *
     * @param callback the one address that the client may be sent to
     */
    public static Keycloak start(String callback) {
        boolean there = Files.isReadable(ZIP);
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI=true, and " + ZIP + " is not there");
        }
        Assumptions.assumeTrue(
                there,
                "no Keycloak: mvn dependency:get -Dtransitive=false"
                        + " -Dartifact=org.keycloak:keycloak-quarkus-dist:"
                        + VERSION
                        + ":zip");
        try {
            return new Keycloak(callback);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Keycloak(String callback) throws IOException {
        directory = Files.createTempDirectory("lyceum-keycloak");
        unpack();
        var imports = Files.createDirectories(directory.resolve("data/import"));
        Files.writeString(imports.resolve("school.json"), realm(callback));
        process = begin();
        try {
            awaitAnswer();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public String origin() {
        return "http://127.0.0.1:" + port;
    }

    public String issuer() {
        return origin() + "/realms/school";
    }

    public static String password(String name) {
        return "password of " + name;
    }

    /** Ends it, as a provider that is down. */
    public void end() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process begin() throws IOException {
        var builder =
                new ProcessBuilder(
                        directory.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--http-host",
                        "127.0.0.1",
                        "--http-port",
                        Integer.toString(port),
                        "--import-realm",
                        "--cache=local");
        // It chooses its own collector; two are refused (26.7.3, measured).
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx384m");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile());
        return builder.start();
    }

    private void awaitAnswer() throws IOException {
        var discovery = URI.create(issuer() + "/.well-known/openid-configuration");
        var request = HttpRequest.newBuilder(discovery).timeout(Duration.ofSeconds(5)).build();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until && process.isAlive()) {
            try {
                var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                if (answer.statusCode() == 200) {
                    return;
                }
                pause();
            } catch (IOException notYet) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IllegalStateException("Keycloak: " + Files.readString(directory.resolve("log")));
    }

    private void pause() {
        try {
            process.waitFor(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without the folder that everything in the archive lies in. */
    private void unpack() throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(ZIP))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                var target = directory.resolve(name).normalize();
                if (entry.isDirectory() || !target.startsWith(directory)) {
                    continue;
                }
                Files.createDirectories(target.getParent());
                Files.copy(zip, target);
            }
        }
        if (!directory.resolve("bin/kc.sh").toFile().setExecutable(true)) {
            throw new IOException("kc.sh cannot be made executable");
        }
    }

    /** The same that the journeys in the browser have. */
    private static String realm(String callback) throws IOException {
        try (var in = Keycloak.class.getResourceAsStream("school.json")) {
            if (in == null) {
                throw new IOException("school.json is not there");
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.replace("CALLBACK", callback);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end();
        client.close();
        try (var files = Files.walk(directory)) {
            for (var each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
