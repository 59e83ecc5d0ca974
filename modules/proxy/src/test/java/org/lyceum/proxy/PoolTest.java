package org.lyceum.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.testing.ContractRow;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Goal: servers that are dead, busy or gone are their own users' trouble only. Method: raw sockets;
 * what the server is asked, and on how many connections, is counted there.
 */
class PoolTest {

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

    private FakeServer alice(FakeServer server) {
        proxy.route("/user/alice/", open(server));
        return server;
    }

    @Test
    @ContractRow(85)
    void a_dead_server_is_answered_503_with_a_page_that_tries_again() throws IOException {
        proxy.routes.put(new Route("/user/dead/", "127.0.0.1", freePort(), Map.of()));
        proxy.routes.put(new Route("/user/nameless/", "no-such-host.invalid", 1, Map.of()));
        for (var user : List.of("dead", "nameless")) {
            var answer = proxy.get("/user/" + user + "/lab?<script>");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.head().value("content-type")).isEqualTo("text/html; charset=utf-8");
            assertThat(answer.head().value("retry-after")).isEqualTo("5");
            assertThat(answer.body()).contains("http-equiv=\"refresh\"").doesNotContain("<script>");
        }
        var upload = proxy.ask("PUT", "/user/dead/x", "Content-Length: 3", "Expect: 100-continue");
        assertThat(upload.status()).isEqualTo(503);
    }

    @Test
    void a_server_that_does_not_take_connections_is_given_up_on() throws IOException {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var impatient = new ProxyUnderTest(impatient())) {
            // A full backlog drops what else knocks, as a stopped machine would.
            var knocking = new ArrayList<Socket>();
            for (int i = 0; i < 2; i++) {
                knocking.add(new Socket(full.getInetAddress(), full.getLocalPort()));
            }
            impatient.routes.put(
                    new Route("/user/alice/", "127.0.0.1", full.getLocalPort(), Map.of()));
            assertThat(impatient.get("/user/alice/").status()).isEqualTo(503);
            for (var socket : knocking) {
                socket.close();
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void a_kept_connection_that_died_meanwhile_is_not_the_browsers_trouble() throws IOException {
        // Each connection answers once, says that it stays open, and hangs up on the next request.
        var server =
                alice(
                        new FakeServer(
                                (wire, self) -> {
                                    var head = self.head(wire);
                                    wire.body(head);
                                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                                    self.head(wire);
                                }));
        for (int i = 0; i < 3; i++) {
            assertThat(proxy.get("/user/alice/" + i).status()).isEqualTo(200);
        }
        assertThat(server.heads).extracting(Wire.Head::target).endsWith("/user/alice/2");
        proxy.get("/user/alice/again");
        var post = proxy.ask("POST", "/user/alice/", "Content-Length: 0");
        assertThat(post.status()).as("what may have been done is not done twice").isIn(200, 503);
        assertThat(server.heads.stream().filter(h -> h.start().startsWith("POST"))).hasSize(1);
    }

    @Test
    void a_server_that_hangs_up_on_everything_is_asked_twice_and_then_503() throws IOException {
        var asked = new AtomicInteger();
        alice(
                new FakeServer(
                        (wire, server) -> {
                            server.head(wire);
                            asked.incrementAndGet();
                        }));
        assertThat(proxy.get("/user/alice/").status()).isEqualTo(503);
        assertThat(asked).hasValue(2);
    }

    @Test
    void connections_to_a_server_are_kept() throws IOException {
        var server = alice(FakeServer.ok());
        for (int i = 0; i < 5; i++) {
            proxy.get("/user/alice/");
        }
        assertThat(server.heads).hasSize(5);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void kept_connections_are_closed_by_us_first_and_with_their_route() throws IOException {
        try (var brief = new ProxyUnderTest(config(4, 4, Duration.ofSeconds(1)))) {
            var server = open(FakeServer.ok());
            brief.route("/user/alice/", server);
            brief.get("/user/alice/");
            assertThat(server.connections()).isEqualTo(1);
            ProxyUnderTest.eventually("closed when idle", () -> server.connections() == 0);
        }
        var server = alice(FakeServer.ok());
        proxy.get("/user/alice/");
        proxy.routes.remove("/user/alice/");
        ProxyUnderTest.eventually("closed with the route", () -> server.connections() == 0);
    }

    @Test
    void requests_to_one_server_have_a_limit_that_others_do_not_feel() throws Exception {
        try (var narrow = new ProxyUnderTest(config(2, 1, Duration.ofSeconds(3)))) {
            var go = new CountDownLatch(1);
            var server =
                    open(
                            new FakeServer(
                                    (wire, self) -> {
                                        while (self.head(wire) != null) {
                                            go.await();
                                            wire.send(
                                                    "HTTP/1.1 200 OK\r\n"
                                                            + "Content-Length: 2\r\n\r\n"
                                                            + "ok");
                                        }
                                    }));
            narrow.route("/user/alice/", server);
            narrow.route("/user/bob/", open(FakeServer.ok()));
            var browsers = new ArrayList<Wire>();
            for (int i = 0; i < 4; i++) {
                browsers.add(open(narrow.browser()).get("/user/alice/" + i));
                int asked = Math.min(i + 1, 2);
                ProxyUnderTest.eventually("asked", () -> server.heads.size() == asked);
            }
            ProxyUnderTest.eventually(
                    "one too many", () -> browsers.stream().anyMatch(PoolTest::hears));
            assertThat(narrow.get("/user/bob/").body()).isEqualTo("ok");
            go.countDown();
            var statuses = new ArrayList<Integer>();
            for (var browser : browsers) {
                statuses.add(browser.head().status());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 200, 200, 503);
        }
    }

    private static boolean hears(Wire wire) {
        try {
            return wire.in().available() > 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void several_loops_share_one_table() throws Exception {
        try (var two =
                new ProxyUnderTest(ProxyConfig.defaults(), ProxyHandler.serverOptions(), 2)) {
            two.route("/user/alice/", open(FakeServer.ok()));
            var other =
                    open(FakeServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew"));
            var browsers = new ArrayList<Wire>();
            for (int i = 0; i < 8; i++) {
                browsers.add(open(two.browser()));
            }
            for (int round = 0; round < 20; round++) {
                for (var body : List.of("ok", "new", "hub GET /user/bob/x")) {
                    switch (body) {
                        case "ok" ->
                                two.routes.put(
                                        new Route(
                                                "/user/bob/",
                                                "127.0.0.1",
                                                two.routes.all().getFirst().port(),
                                                Map.of()));
                        case "new" -> two.route("/user/bob/", other);
                        default -> two.routes.remove("/user/bob/");
                    }
                    for (var browser : browsers) {
                        browser.get("/user/bob/x");
                    }
                    for (var browser : browsers) {
                        assertThat(browser.body(browser.head())).isEqualTo(body);
                    }
                }
            }
            assertThat(two.loops()).isEqualTo(2);
        }
    }

    private static ProxyConfig config(int connections, int waiting, Duration keepAlive) {
        var usual = ProxyConfig.defaults();
        return new ProxyConfig(
                usual.connectTimeout(),
                connections,
                waiting,
                usual.tunnelsPerTarget(),
                keepAlive,
                usual.hubCookies(),
                usual.reservedCookies(),
                usual.trustedProxies());
    }

    private static ProxyConfig impatient() {
        var usual = ProxyConfig.defaults();
        return new ProxyConfig(
                Duration.ofMillis(300),
                usual.connectionsPerTarget(),
                usual.waitingPerTarget(),
                usual.tunnelsPerTarget(),
                usual.keepAlive(),
                usual.hubCookies(),
                usual.reservedCookies(),
                usual.trustedProxies());
    }
}
