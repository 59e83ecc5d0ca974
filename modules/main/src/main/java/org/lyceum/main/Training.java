package org.lyceum.main;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.config.ConfigFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Does for a moment what the platform does at its start and for its first visitors, so that the JVM
 * can write down which classes that takes (JEP 514) and how they are used (JEP 515). Needs no
 * engine and leaves nothing behind. What is loaded here is loaded at every start, so nothing here
 * may use a class that a start does not need: no HTTP client, no TLS.
 */
final class Training {

    private static final int PATIENCE_MILLIS = 20_000;

    private static final List<String> PATHS =
            List.of(
                    "/hub/api",
                    "/hub/login",
                    "/hub/health",
                    "/hub/home",
                    "/hub/api/user",
                    "/setup?token=none",
                    "/panel/",
                    "/user/x/api");

    private Training() {}

    static void run() {
        WakeUp.libraries();
        Path data = null;
        try {
            data = Files.createTempDirectory("lyceum-train");
            try (var engine = TrainingEngine.listen(data.resolve("engine.sock"))) {
                // Twice: the first start makes the database, every later one finds it.
                start(data, engine);
                start(data, engine);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("training", e);
        } finally {
            delete(data);
        }
    }

    private static void start(Path data, TrainingEngine engine) throws IOException {
        var file = Files.writeString(data.resolve("lyceum.toml"), toml(data, engine.socket()));
        var config = PlatformConfig.read(ConfigFile.load(file, Map.of()));
        try (var hub = Hub.open(config, Adapters.real(config))) {
            hub.start();
            for (var path : PATHS) {
                visit(URI.create(hub.origin()).getPort(), path);
            }
        }
    }

    private static String toml(Path data, Path engine) {
        return """
        [http]
        address = "127.0.0.1"
        port = 0
        [data]
        directory = "%s"
        [docker]
        socket = "%s"
        """
                .formatted(data, engine);
    }

    private static void visit(int port, String path) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var request =
                    "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = socket.getInputStream().readAllBytes();
            if (answer.length == 0) {
                throw new IOException("no answer to " + path);
            }
        }
    }

    private static void delete(@Nullable Path root) {
        if (root == null) {
            return;
        }
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("clearing up after training", e);
        }
    }
}
