package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.servers.ServersFixture.ACTOR;
import static org.lyceum.servers.ServersFixture.key;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.docker.DockerConfig;
import org.lyceum.platform.docker.DockerEngine;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.ServersFixture.Installation;

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
import java.util.Map;

/**
 * Goal: a real single-user server lives and dies with us. Method: the real engine, jupyterhub 3.0.0
 * from Debian 12, and a stand-in for the hub's API that writes down what it is asked.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
@Timeout(240)
class RealServerIT {

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private DockerEngine engine;
    private Installation installation;
    private ServersFixture hub;
    private HttpServer api;

    /** The environment variable that names the image. */
    String image() {
        return "LYCEUM_TEST_IMAGE_3";
    }

    @BeforeEach
    void wire() throws IOException {
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
        installation = Installation.fresh(data, System.getenv(image()));
        hub = process();
        var network =
                engine.ensureNetwork(
                        new ServerLabels(installation.platform(), installation.labelKey())
                                .network(new CommunityId(1)));
        api = HttpServer.create(new InetSocketAddress(network.gateway(), 8081), 10);
        api.createContext("/", this::answer);
        api.start();
    }

    @AfterEach
    void unwire() {
        hub.close();
        api.stop(0);
        var ours = Map.of(ContainerSpec.PLATFORM_LABEL, installation.platform().value());
        engine.list(ours).forEach(each -> engine.remove(each.id()));
        engine.removeNetwork("lyceum-" + installation.platform().shortId() + "-c1");
        engine.close();
        assertNoSecretsLeft();
    }

    @Test
    @ContractRow({1, 2, 4, 5, 6})
    @SecurityStatement(27)
    void it_starts_calls_the_hub_answers_and_keeps_its_files() throws Exception {
        var ada = hub.user("ada");

        var ready = hub.spawned(key(ada));

        assertThat(ready.failure()).isNull();
        assertThat(ready.state()).isEqualTo(ServerState.READY);
        assertThat(get(ready, "/user/ada/api").statusCode()).isEqualTo(200);
        Eventually.holds(
                "it reports activity",
                () -> asked.stream().anyMatch(line -> line.contains("activity token ")));
        assertThat(asked).first().asString().startsWith("GET /hub/api");
        var token =
                asked.stream()
                        .filter(line -> line.contains("activity token "))
                        .findFirst()
                        .map(line -> line.replaceAll(".*token ", ""))
                        .orElseThrow();
        assertThat(said("docker", "inspect", ready.containerId())).doesNotContain(token);
        assertThat(said("docker", "top", ready.containerId(), "-eo", "pid,args"))
                .contains("jupyterhub-singleuser")
                .doesNotContain(token);
        assertThat(String.join("\n", engine.logs(ready.containerId(), 500))).doesNotContain(token);
        assertThat(said("docker", "exec", ready.containerId(), "ls", "/run/lyceum"))
                .isEqualTo("launch\n");

        said("docker", "exec", ready.containerId(), "sh", "-c", "echo 42 > ~/answer.txt");
        stop(ready.key());
        assertThat(engine.find(ready.containerId())).isEmpty();
        assertThat(
                        temp.directory()
                                .resolve(
                                        "storage/root/communities/1/homes/"
                                                + ada.id()
                                                + "/answer.txt"))
                .hasContent("42");
    }

    @Test
    @ContractRow({10, 57})
    void a_name_with_an_at_sign_and_a_named_server_with_a_space_work() throws Exception {
        var user = hub.user("a@b.c");
        var ready = hub.spawned(new ServerKey(new CommunityId(1), user.id(), "my srv"));

        assertThat(ready.failure()).isNull();
        assertThat(get(ready, "/user/a@b.c/my%20srv/api").statusCode()).isEqualTo(200);
        assertThat(hub.routes.match("/user/a%40b.c/my%20srv/lab")).isPresent();
    }

    @Test
    @ContractRow(11)
    void a_new_process_finds_it_running_and_a_kill_by_hand_is_noticed() throws Exception {
        var ada = hub.user("ada");
        var before = hub.spawned(key(ada));

        hub = process();
        assertThat(hub.found(key(ada))).isEqualTo(before);
        assertThat(hub.routes.match("/user/ada/")).isPresent();

        said("docker", "kill", before.containerId());
        hub.reconcile();

        assertThat(hub.found(key(ada)).stopReason()).isEqualTo(StopReason.DIED);
        assertThat(engine.find(before.containerId())).isEmpty();
        assertThat(hub.routes.all()).isEmpty();
    }

    private void stop(ServerKey key) {
        hub.module.stops().stop(ACTOR, key, StopReason.USER);
        assertThat(hub.module.stops().await(key, Duration.ofSeconds(40))).isTrue();
    }

    private ServersFixture process() {
        return new ServersFixture(
                ServersFixture.config(Duration.ofSeconds(120), 2),
                temp.database(),
                temp.clock(),
                engine,
                installation);
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

    private static HttpResponse<String> get(Server server, String path) throws Exception {
        var address = server.address();
        var uri = URI.create("http://" + address.host() + ":" + address.port() + path);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String said(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private void assertNoSecretsLeft() {
        try (var files = Files.walk(temp.directory())) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).doesNotContain("env");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
