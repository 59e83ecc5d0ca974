package org.lyceum.main;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Let's Encrypt's small authority for tests, on free ports of this machine, with a name service
 * that leads every name here. It refuses some requests by chance, as it always does.
 */
final class PebbleServer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/pebble");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final int port = HubUnderTest.freePort();
    private final int management = HubUnderTest.freePort();
    private final int names = HubUnderTest.freePort();
    private final int naming = HubUnderTest.freePort();
    private final List<Process> processes = new ArrayList<>();

    /**
     * Skips the test where pebble is not installed; fails it where it must not be skipped.
     *
     * @param httpPort at which it looks for answers, instead of 80
     */
    PebbleServer(int httpPort) throws IOException {
        boolean there = Files.isExecutable(PROGRAM);
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI=true, and pebble is not installed");
        }
        Assumptions.assumeTrue(there, "pebble is not installed: apt-get install pebble");
        directory = Files.createTempDirectory("lyceum-pebble");
        Files.writeString(
                directory.resolve("pebble.json"),
                """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                  "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": 1,
                  "ocspResponderURL": "", "externalAccountBindingRequired": false}}
                """
                        .formatted(
                                port,
                                management,
                                authority(),
                                directory.resolve("key.pem"),
                                httpPort));
        run(
                "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext"
                        + " subjectAltName=DNS:localhost -keyout "
                        + directory.resolve("key.pem")
                        + " -out "
                        + authority());
        var service =
                "pebble-challtestsrv -defaultIPv4 127.0.0.1 -http01  -https01  -tlsalpn01 "
                        + " -defaultIPv6  -dns01 127.0.0.1:%d -management 127.0.0.1:%d";
        begin(service.formatted(names, naming), naming);
        begin();
    }

    /** Begins to give certificates. */
    void begin() throws IOException {
        begin(
                PROGRAM
                        + " -config "
                        + directory.resolve("pebble.json")
                        + " -dnsserver 127.0.0.1:"
                        + names,
                port);
    }

    /** Two blanks before another option stand for an empty word. */
    private void begin(String command, int listens) throws IOException {
        var builder =
                new ProcessBuilder(command.split(" ", -1))
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve("log").toFile()));
        builder.environment().putAll(Map.of("PEBBLE_VA_NOSLEEP", "1"));
        var process = builder.start();
        processes.add(process);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!listens(listens)) {
            if (System.nanoTime() > until || !process.isAlive()) {
                throw new IOException(Files.readString(directory.resolve("log")));
            }
            Thread.onSpinWait();
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends, as an authority that is out of reach. */
    void end() {
        end(processes.removeLast());
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String command) throws IOException {
        try {
            var process =
                    new ProcessBuilder(command.split(" "))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor() != 0) {
                throw new IOException("failed: " + command);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Where it is asked. */
    String url() {
        return "https://localhost:" + port + "/dir";
    }

    /** Who vouches for it. */
    Path authority() {
        return directory.resolve("cert.pem");
    }

    /** Where the certificate lies that has signed those it gives; asked over TLS. */
    String root() {
        return "https://localhost:" + management + "/roots/0";
    }

    @Override
    public void close() {
        processes.reversed().forEach(PebbleServer::end);
        HubUnderTest.delete(directory);
    }
}
