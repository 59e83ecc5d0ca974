package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Goal: what flows between people and a real single-user server gets there whole, and goes on while
 * the hub cannot be asked. Method: as {@link SingleUserContract}; the server reports its activity
 * every second instead of every five minutes, so that a test can wait for it.
 */
abstract class SingleUserTraffic {

    private static final String PREFIX = "/user/ada/";
    private static final int MIB = 1 << 20;
    private static final int SIZE = 200 * MIB;

    /** JupyterLab sends pieces of 1 MiB; bigger ones save the server's time. */
    private static final int PIECE = 10 * MIB;

    abstract HubUnderTest hub();

    /** A platform whose servers report every second, with one that runs. */
    static HubUnderTest open(String variable) {
        var often = "ENV JUPYTERHUB_ACTIVITY_INTERVAL=1\n";
        var image = DockerCommand.derived(System.getenv(variable), image(variable), often);
        var hub = HubUnderTest.withReference(image);
        hub.user("ada");
        hub.user("root", true);
        SingleUserContract.start(hub, "ada");
        return hub;
    }

    static void close(HubUnderTest hub, String variable) {
        hub.close();
        DockerCommand.run("rmi", "lyceum-test/" + image(variable) + ":1");
    }

    private static String image(String variable) {
        return "reports-often-" + variable.substring(variable.length() - 1);
    }

    private String token(String... scopes) {
        return hub().token("ada", scopes);
    }

    final Browser.Page ask(String token, String path) {
        return new Browser(hub().origin()).get(path, "Authorization", "token " + token);
    }

    @Test
    @ContractRow({31, 32})
    void a_token_for_a_sibling_server_is_refused_and_crashes_nothing() {
        var sibling = token("access:servers!server=ada/other");

        assertThat(ask(sibling, PREFIX + "api/status").status()).isEqualTo(403);
        assertThat(ask(token("inherit"), PREFIX + "api/status").status()).isEqualTo(200);
    }

    @Test
    @ContractRow(81)
    void a_websocket_that_offers_a_subprotocol_gets_the_servers_choice() {
        var browser = new Browser(hub().origin());
        try (var kernel =
                KernelSocket.offering(
                        "v1.kernel.websocket.jupyter.org",
                        browser,
                        hub().origin(),
                        PREFIX,
                        token("inherit"))) {
            assertThat(kernel.subprotocol()).isEqualTo(chosenSubprotocol());
            assertThat(kernel.run("1+1")).isEqualTo("2");
        }
    }

    /** Of the kernel's protocol; empty for a server that knows none. */
    abstract String chosenSubprotocol();

    @Test
    @ContractRow(83)
    void a_refused_websocket_is_an_ordinary_answer() {
        var origin = hub().origin();
        var kernel = PREFIX + "api/kernels/00000000-0000-4000-8000-000000000000/channels";
        var socket = origin.replaceFirst("^http", "ws") + kernel;

        assertThat(refusal(socket, "Origin", origin)).isEqualTo(403);
        assertThat(refusal(socket, "Authorization", "token " + token("inherit"))).isEqualTo(404);
    }

    private static int refusal(String socket, String name, String value) {
        var opening =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header(name, value)
                        .buildAsync(URI.create(socket), new java.net.http.WebSocket.Listener() {});
        try {
            opening.join();
            throw new AssertionError("the socket opened");
        } catch (java.util.concurrent.CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    @Test
    @ContractRow(84)
    void two_hundred_mebibytes_go_up_in_pieces_and_come_down_whole() throws Exception {
        var token = token("inherit");
        var piece = new byte[PIECE];
        for (int i = 0; i < PIECE; i++) {
            piece[i] = (byte) (i * 31 + (i >> 8));
        }
        var content = Base64.getEncoder().encodeToString(piece);
        int pieces = SIZE / PIECE;
        for (int i = 1; i <= pieces; i++) {
            int chunk = i == pieces ? -1 : i;
            var body =
                    "{\"type\": \"file\", \"format\": \"base64\", \"name\": \"big\", \"chunk\": "
                            + chunk
                            + ", \"content\": \""
                            + content
                            + "\"}";
            assertThat(put("api/contents/big", body, token)).isIn(200, 201);
        }

        var request =
                HttpRequest.newBuilder(URI.create(hub().origin() + PREFIX + "files/big"))
                        .header("Authorization", "token " + token)
                        .build();
        var answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (var in = answer.body()) {
            for (int i = 0; i < pieces; i++) {
                assertThat(in.readNBytes(PIECE)).isEqualTo(piece);
            }
            assertThat(in.read()).isEqualTo(-1);
        }
        new Browser(hub().origin())
                .delete(PREFIX + "api/contents/big", "Authorization", "token " + token);
    }

    /** Without a length, so it goes out chunked. */
    private int put(String path, String body, String token) throws Exception {
        var bytes = body.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        var request =
                HttpRequest.newBuilder(URI.create(hub().origin() + PREFIX + path))
                        .header("Authorization", "token " + token)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> stream(bytes)))
                        .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static InputStream stream(byte[] bytes) {
        return new java.io.ByteArrayInputStream(bytes);
    }

    @Test
    @ContractRow(94)
    void while_the_hub_cannot_be_asked_work_goes_on_and_activity_comes_later() {
        var token = token("inherit");
        try (var kernel =
                KernelSocket.open(new Browser(hub().origin()), hub().origin(), PREFIX, token)) {
            assertThat(kernel.run("kept = 41")).isEmpty();
            long before;
            try (var closed = new HubApiClosed()) {
                before = reports();
                assertThat(kernel.run("kept += 1; kept")).isEqualTo("42");
                assertThat(ask(token, PREFIX + "api/status").status())
                        .as("its token was checked a moment ago")
                        .isEqualTo(200);
                Eventually.holds("a report has failed", this::reportFailed);
                assertThat(reports()).isEqualTo(before);
                assertThat(kernel.run("kept")).isEqualTo("42");
            }
            Eventually.holds("activity is reported again", () -> reports() > before);
            assertThat(kernel.run("kept")).isEqualTo("42");
        }
    }

    private boolean reportFailed() {
        var log = DockerCommand.run("logs", hub().containers().getFirst().id());
        return log.toLowerCase(java.util.Locale.ROOT).contains("error notifying hub of activity");
    }

    /** How often a server has told the hub of its activity, by the hub's own counting. */
    private long reports() {
        var page = ask(hub().token("root", "inherit"), "/hub/metrics").body();
        var line =
                Pattern.compile(
                        "^jupyterhub_request_duration_seconds_count\\{[^}]*activity[^}]*} (\\d+)",
                        Pattern.MULTILINE);
        return line.matcher(page)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }
}
