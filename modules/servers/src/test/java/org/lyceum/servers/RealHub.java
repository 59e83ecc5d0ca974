package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.lyceum.platform.docker.DockerConfig;
import org.lyceum.platform.docker.DockerEngine;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.testing.Leftovers;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.ServersFixture.Installation;
import org.lyceum.slots.SlotsConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * The servers module over the real engine, and a stand-in for the hub's API that writes down what
 * it is asked. What it started is gone when it is closed.
 */
final class RealHub implements AutoCloseable {

    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final DockerEngine engine;
    final Installation installation;
    private final TempDatabase temp;
    private final HttpServer api;
    private ServersFixture process;

    RealHub(TempDatabase temp, String image, SlotsConfig slots) throws IOException {
        this.temp = temp;
        var data = temp.directory();
        Files.createDirectories(data.resolve("storage/root"));
        Files.createDirectories(data.resolve("run"));
        engine =
                new DockerEngine(
                        new DockerConfig(
                                DockerConfig.DEFAULT_SOCKET,
                                Duration.ofSeconds(60),
                                8,
                                List.of(data.resolve("storage/root"), data.resolve("run"))));
        installation = Installation.fresh(data, image, slots);
        process = started();
        var network =
                engine.ensureNetwork(
                        new ServerLabels(installation.platform(), installation.labelKey())
                                .network(new CommunityId(1)));
        api = HttpServer.create(new InetSocketAddress(network.gateway(), 8081), 10);
        api.createContext("/", this::answer);
        api.start();
    }

    private ServersFixture started() {
        return new ServersFixture(
                ServersFixture.config(Duration.ofSeconds(120), 2),
                temp.database(),
                temp.clock(),
                engine,
                installation);
    }

    ServersFixture process() {
        return process;
    }

    /** Another process over the same data; the one before is not told, as after a crash. */
    ServersFixture restarted() {
        process = started();
        return process;
    }

    void stop(ServerKey key) {
        process.module.stops().stop(ServersFixture.ACTOR, key, StopReason.USER);
        assertThat(process.module.stops().await(key, Duration.ofSeconds(40))).isTrue();
    }

    Path home(ServerKey key) {
        return temp.directory().resolve("storage/root/communities/1/homes/" + key.user());
    }

    /** What the command printed; it must succeed. */
    static String said(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    static HttpResponse<String> get(Server server, String path) throws Exception {
        var address = server.address();
        var uri = URI.create("http://" + address.host() + ":" + address.port() + path);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(
                exchange.getRequestMethod()
                        + " "
                        + exchange.getRequestURI()
                        + (authorization == null ? "" : " " + authorization));
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("X-JupyterHub-Version", "5.2.1");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        var body = "{\"version\":\"5.2.1\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Waits until a slot is ready: the first time it learns, then it fills. */
    void awaitSlot() {
        temp.clock().advance(Duration.ofMinutes(1)); // whatever rush there was is over
        var job = process.slots.jobs().getFirst();
        Job.Report report = job.run();
        assertThat(report.failed()).isZero();
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (process.slots.queries().standings().stream().noneMatch(s -> s.ready() > 0)) {
            assertThat(System.nanoTime()).isLessThan(end);
            var failure =
                    process.slots.queries().standings().stream()
                            .map(s -> s.failure())
                            .filter(Objects::nonNull)
                            .findFirst();
            assertThat(failure).isEmpty();
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** The token that a server of ours has presented. */
    String tokenSeen() {
        return asked.stream()
                .filter(line -> line.contains("activity token "))
                .findFirst()
                .map(line -> line.replaceAll(".*token ", ""))
                .orElseThrow();
    }

    @Override
    public void close() {
        process.close();
        api.stop(0);
        var platform = installation.platform();
        Leftovers.sweep(engine, platform.value(), List.of("lyceum-" + platform.shortId() + "-c1"));
        engine.close();
        assertNoSecretsLeft();
    }

    private void assertNoSecretsLeft() {
        try (var files = Files.walk(temp.directory())) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).doesNotContain("env");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
