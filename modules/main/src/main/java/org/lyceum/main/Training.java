package org.lyceum.main;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.config.ConfigFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Does for a moment what the platform does at its start and for its first visitors, so that the JVM
 * can write down which classes that takes (JEP 514). Needs no engine and leaves nothing behind.
 */
final class Training {

    private static final List<String> PATHS =
            List.of(
                    "hub/api",
                    "hub/login",
                    "hub/health",
                    "hub/home",
                    "hub/api/user",
                    "setup?token=none",
                    "panel/",
                    "user/x/api");

    private Training() {}

    static void run() {
        Path data = null;
        try {
            data = Files.createTempDirectory("lyceum-train");
            var config = PlatformConfig.read(ConfigFile.of(toml(data), Map.of()));
            try (var hub = Hub.open(config, Adapters.real(config))) {
                hub.start();
                visit(hub.origin() + "/");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("training", e);
        } finally {
            delete(data);
        }
    }

    private static String toml(Path data) {
        return """
        [http]
        port = 0
        [data]
        directory = "%1$s"
        [docker]
        socket = "%1$s/no-engine.sock"
        """
                .formatted(data);
    }

    private static void visit(String url) throws IOException {
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            for (var path : PATHS) {
                var request =
                        HttpRequest.newBuilder(URI.create(url + path))
                                .timeout(Duration.ofSeconds(20))
                                .build();
                client.send(request, HttpResponse.BodyHandlers.discarding());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
