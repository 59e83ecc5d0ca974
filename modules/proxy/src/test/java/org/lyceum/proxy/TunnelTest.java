package org.lyceum.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Goal: a WebSocket is between browser and server alone. Method: a real WebSocket client and server
 * once; raw sockets for everything that those would hide.
 */
class TunnelTest {

    private static final String ACCEPTED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                    + "Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org\r\n";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ProxyUnderTest proxy = open(new ProxyUnderTest());

    private <T extends AutoCloseable> T open(T thing) {
        opened.addFirst(thing);
        return thing;
    }

    @AfterEach
    void close() throws Exception {
        for (var thing : opened) {
            thing.close();
        }
    }

    private FakeServer alice(FakeServer.Talk talk) throws IOException {
        var server = open(new FakeServer(talk));
        proxy.route("/user/alice/", server);
        return server;
    }

    /** Sends back what comes, after accepting. */
    private FakeServer echoing() throws IOException {
        return alice(
                (wire, server) -> {
                    server.head(wire);
                    wire.send(ACCEPTED + "\r\n");
                    wire.in().transferTo(wire.out());
                });
    }

    private Wire upgrade(String... more) throws IOException {
        return upgrade(open(proxy.browser()), more);
    }

    private Wire upgrade(Wire browser, String... more) throws IOException {
        var headers = new ArrayList<>(List.of(more));
        headers.add("Upgrade: websocket");
        headers.add("Sec-WebSocket-Version: 13");
        headers.add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        headers.add("Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org");
        headers.add("Sec-WebSocket-Extensions: permessage-deflate");
        headers.add("Origin: https://hub.example");
        if (headers.stream().noneMatch(h -> h.startsWith("Connection"))) {
            headers.add("Connection: Upgrade");
        }
        return browser.get(
                "/user/alice/api/kernels/k%201/channels?token=t", headers.toArray(String[]::new));
    }

    @Test
    void a_real_websocket_with_subprotocol_and_large_messages_echoes() {
        var backend =
                proxy.vertx()
                        .createHttpServer(
                                new HttpServerOptions()
                                        .addWebSocketSubProtocol("v1.kernel.websocket.jupyter.org")
                                        .setMaxWebSocketFrameSize(1 << 24)
                                        .setMaxWebSocketMessageSize(1 << 24)
                                        .setPerMessageWebSocketCompressionSupported(true));
        backend.webSocketHandler(
                socket -> {
                    socket.textMessageHandler(socket::writeTextMessage);
                    socket.binaryMessageHandler(socket::writeBinaryMessage);
                });
        HttpServer listening = ProxyUnderTest.await(backend.listen(0, "127.0.0.1"));
        proxy.routes.put(new Route("/user/alice/", "127.0.0.1", listening.actualPort(), Map.of()));
        var client =
                proxy.vertx()
                        .createWebSocketClient(
                                new WebSocketClientOptions()
                                        .setMaxFrameSize(1 << 24)
                                        .setMaxMessageSize(1 << 24)
                                        .setTryUsePerMessageCompression(true));
        var socket =
                ProxyUnderTest.await(
                        client.connect(
                                new WebSocketConnectOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(proxy.port())
                                        .setURI("/user/alice/api/kernels/1/channels")
                                        .addSubProtocol("v1.kernel.websocket.jupyter.org")));
        assertThat(socket.subProtocol()).isEqualTo("v1.kernel.websocket.jupyter.org");
        var text = new CompletableFuture<String>();
        var binary = new CompletableFuture<Buffer>();
        socket.textMessageHandler(text::complete);
        socket.binaryMessageHandler(binary::complete);
        socket.writeTextMessage("execute 1+1");
        var large = Buffer.buffer(new byte[12 << 20]).setByte(7, (byte) 7);
        socket.writeBinaryMessage(large);
        assertThat(text).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo("execute 1+1");
        assertThat(binary).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo(large);
        ProxyUnderTest.await(socket.close((short) 1000, "done"));
        assertThat(socket.closeStatusCode()).isEqualTo((short) 1000);
        ProxyUnderTest.await(client.close());
        ProxyUnderTest.await(listening.close());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade",
                "Connection: keep-alive, Upgrade",
                "connection: upgrade"
            })
    void the_handshake_passes_with_its_headers_both_ways(String connection) throws IOException {
        var server = echoing();
        var browser = upgrade(connection, "Cookie: a=1; jupyterhub-hub-login=secret");
        var head = browser.head();
        assertThat(head.status()).isEqualTo(101);
        assertThat(head.value("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(head.value("sec-websocket-protocol"))
                .isEqualTo("v1.kernel.websocket.jupyter.org");
        assertThat(head.value("upgrade")).isEqualTo("websocket");
        var seen = server.last();
        assertThat(seen.target()).isEqualTo("/user/alice/api/kernels/k%201/channels?token=t");
        assertThat(seen.value("host")).isEqualTo("hub.example");
        assertThat(seen.value("origin")).isEqualTo("https://hub.example");
        assertThat(seen.value("sec-websocket-extensions")).isEqualTo("permessage-deflate");
        assertThat(seen.value("x-forwarded-proto")).isEqualTo("http");
        assertThat(seen.value("connection")).isEqualToIgnoringCase("upgrade");
        assertThat(seen.value("cookie")).isEqualTo("a=1");
        assertThat(browser.send("ping").text(4)).isEqualTo("ping");
    }

    /**
     * No clock of the proxy's runs in a tunnel. Here the shortest that can be set have all run out
     * several times before anybody speaks again; by default they are longer, and no others.
     */
    @Test
    @ContractRow(87)
    void a_tunnel_in_which_nobody_speaks_stays_open() throws Exception {
        var usual = ProxyConfig.defaults();
        var impatient =
                open(
                        new ProxyUnderTest(
                                new ProxyConfig(
                                        Duration.ofMillis(100),
                                        usual.connectionsPerTarget(),
                                        usual.waitingPerTarget(),
                                        usual.tunnelsPerTarget(),
                                        Duration.ofSeconds(1),
                                        usual.hubCookies(),
                                        usual.reservedCookies(),
                                        usual.trustedProxies())));
        impatient.route("/user/alice/", echoing());
        var browser = upgrade(open(impatient.browser()));
        assertThat(browser.head().status()).isEqualTo(101);

        assertThat(new CountDownLatch(1).await(4, TimeUnit.SECONDS)).isFalse(); // silence

        assertThat(browser.send("ping").text(4)).isEqualTo("ping");
    }

    @Test
    void what_a_server_says_together_with_101_is_not_lost() throws IOException {
        alice(
                (wire, server) -> {
                    server.head(wire);
                    wire.send(ACCEPTED + "\r\nfirst words");
                    wire.in().transferTo(wire.out());
                });
        var browser = upgrade();
        browser.head();
        assertThat(browser.text(11)).isEqualTo("first words");
    }

    @Test
    @SecurityStatement(33)
    void cookies_in_a_handshake_are_subject_to_the_same_rules() throws IOException {
        alice(
                (wire, server) -> {
                    server.head(wire);
                    wire.send(
                            ACCEPTED
                                    + "Set-Cookie: jupyterhub-hub-login=x\r\n"
                                    + "Set-Cookie: a=1\r\n\r\n");
                    server.head(wire);
                });
        assertThat(upgrade().head().values("set-cookie")).containsExactly("a=1");
    }

    @Test
    @ContractRow(83)
    void a_refusal_is_passed_on_as_an_ordinary_answer() throws IOException {
        var alice =
                alice(
                        (wire, server) -> {
                            while (server.head(wire) != null) {
                                wire.send(
                                        "HTTP/1.1 403 Forbidden\r\n"
                                                + "Content-Length: 6\r\n"
                                                + "X-Why: origin\r\n\r\n"
                                                + "no way");
                            }
                        });
        var browser = upgrade();
        var head = browser.head();
        assertThat(head.status()).isEqualTo(403);
        assertThat(head.value("x-why")).isEqualTo("origin");
        assertThat(browser.body(head)).isEqualTo("no way");
        assertThat(browser.get("/hub/x").head().status()).isEqualTo(200);
        assertThat(proxy.activity.snapshot()).isEmpty();
        ProxyUnderTest.eventually("not kept", () -> alice.connections() == 0);
    }

    @Test
    void a_dead_server_is_answered_503_without_a_body() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        proxy.routes.put(new Route("/user/alice/", "127.0.0.1", port, Map.of()));
        var head = upgrade().head();
        assertThat(head.status()).isEqualTo(503);
        assertThat(head.value("content-length")).isEqualTo("0");
    }

    @Test
    void a_server_that_hangs_up_on_the_handshake_is_answered_503() throws IOException {
        alice((wire, server) -> server.head(wire));
        assertThat(upgrade().head().status()).isEqualTo(503);
    }

    @Test
    void closing_either_end_closes_the_other() throws Exception {
        var leave = new CountDownLatch(1);
        var left = new CompletableFuture<Boolean>();
        alice(
                (wire, server) -> {
                    server.head(wire);
                    wire.send(ACCEPTED + "\r\n");
                    if (server.heads.size() == 1) {
                        left.complete(wire.closesWithoutMore());
                    } else {
                        assertThat(leave.await(20, TimeUnit.SECONDS)).isTrue();
                        wire.send("bye");
                    }
                });
        var first = upgrade();
        first.head();
        first.close();
        assertThat(left).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo(true);
        var second = upgrade();
        second.head();
        leave.countDown();
        assertThat(second.text(3)).isEqualTo("bye");
        assertThat(second.closesWithoutMore()).isTrue();
    }

    @Test
    void a_removed_route_closes_its_tunnels_at_once_and_no_others() throws IOException {
        echoing();
        var gone = upgrade();
        gone.head();
        assertThat(gone.send("ping").text(4)).isEqualTo("ping");
        proxy.routes.remove("/user/alice/");
        assertThat(gone.closesWithoutMore()).isTrue();
        var other = echoing();
        var kept = upgrade();
        kept.head();
        proxy.routes.put(new Route("/user/alice/", "127.0.0.1", other.port(), Map.of("a", "b")));
        proxy.routes.remove("/user/al/");
        assertThat(kept.send("ping").text(4)).isEqualTo("ping");
        proxy.routes.put(
                new Route("/user/alice/", "127.0.0.1", other.port() == 1 ? 2 : 1, Map.of()));
        assertThat(kept.closesWithoutMore()).isTrue();
    }

    @Test
    void a_route_removed_during_the_handshake_closes_the_tunnel_too() throws IOException {
        alice(
                (wire, server) -> {
                    server.head(wire);
                    proxy.routes.remove("/user/alice/");
                    wire.send(ACCEPTED + "\r\n");
                    wire.in().transferTo(wire.out());
                });
        var browser = upgrade();
        browser.head();
        assertThat(browser.closesWithoutMore()).isTrue();
    }

    @Test
    void a_pong_is_activity_and_no_use() throws Exception {
        alice(
                (wire, server) -> {
                    server.head(wire);
                    wire.send(ACCEPTED + "\r\n");
                    wire.in().transferTo(wire.out());
                });
        var browser = upgrade();
        browser.head();
        var pong = "\u008a\u0080abcd";
        assertThat(browser.send(pong).text(pong.length())).hasSize(pong.length());
        assertThat(proxy.activity.snapshot()).containsOnlyKeys("/user/alice/");
        assertThat(proxy.activity.uses()).isEmpty();

        var message = "\u0082\u0081abcdx";
        assertThat(browser.send(message).text(message.length())).hasSize(message.length());
        assertThat(proxy.activity.uses()).containsOnlyKeys("/user/alice/");
    }

    @Test
    void use_is_noted_by_what_the_browser_sends_and_not_by_what_it_gets() throws Exception {
        var speak = new CountDownLatch(1);
        alice(
                (wire, server) -> {
                    server.head(wire);
                    wire.send(ACCEPTED + "\r\n");
                    assertThat(speak.await(20, TimeUnit.SECONDS)).isTrue();
                    wire.send("news");
                    wire.in().transferTo(wire.out());
                });
        var browser = upgrade();
        browser.head();
        speak.countDown();
        assertThat(browser.text(4)).isEqualTo("news");
        assertThat(proxy.activity.snapshot()).isEmpty();
        assertThat(browser.send("ping").text(4)).isEqualTo("ping");
        assertThat(proxy.activity.snapshot()).containsOnlyKeys("/user/alice/");
    }

    @Test
    void a_browser_that_does_not_read_slows_its_own_server_only() throws Exception {
        long size = 400 * Flow.MIB;
        var written = new AtomicLong();
        var sent = new CompletableFuture<Long>();
        alice(
                (wire, server) -> {
                    server.head(wire);
                    wire.send(ACCEPTED + "\r\n");
                    sent.complete(Flow.write(wire.out(), size, written));
                });
        var browser = upgrade(open(proxy.browserThatBuffersLittle()));
        assertThat(Flow.whereItStops(written)).isLessThan(Flow.BOUND);
        assertThat(proxy.get("/hub/x").status()).isEqualTo(200);
        browser.head();
        assertThat(Flow.read(browser.in(), size)).isEqualTo(sent.get(20, TimeUnit.SECONDS));
    }

    @Test
    void a_server_that_does_not_read_slows_its_own_browser_only() throws Exception {
        long size = 400 * Flow.MIB;
        var hungry = new CountDownLatch(1);
        var got = new CompletableFuture<Long>();
        alice(
                (wire, server) -> {
                    server.head(wire);
                    wire.send(ACCEPTED + "\r\n");
                    assertThat(hungry.await(20, TimeUnit.SECONDS)).isTrue();
                    got.complete(Flow.read(wire.in(), size));
                });
        var browser = upgrade();
        browser.head();
        var written = new AtomicLong();
        var sent = new CompletableFuture<Long>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                sent.complete(Flow.write(browser.out(), size, written));
                            } catch (IOException e) {
                                sent.completeExceptionally(e);
                            }
                        });
        assertThat(Flow.whereItStops(written)).isLessThan(Flow.BOUND);
        assertThat(proxy.get("/hub/x").status()).isEqualTo(200);
        hungry.countDown();
        assertThat(got.get(20, TimeUnit.SECONDS)).isEqualTo(sent.get(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "foo", "websocket, h2c"})
    void other_upgrades_are_ordinary_requests(String protocol) throws IOException {
        var server = open(FakeServer.ok());
        proxy.route("/user/alice/", server);
        assertThat(proxy.get("/user/alice/", "Connection: Upgrade", "Upgrade: " + protocol).body())
                .isEqualTo("ok");
        assertThat(server.last().has("upgrade")).isFalse();
    }
}
