package org.lyceum.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.testing.ContractRow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Goal: bodies flow, at the pace of whoever takes them, and their ends and breaks are told. Method:
 * raw sockets; how much the proxy has taken in is counted where it is sent.
 */
class ProxyStreamingTest {

    private static final long BIG = 200 * Flow.MIB;

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

    private Wire browser() throws IOException {
        return open(proxy.browser());
    }

    @Test
    @ContractRow(87)
    void an_event_stream_opens_at_once_and_each_event_arrives_before_the_next() throws Exception {
        var heard = new CountDownLatch(1);
        alice(
                new FakeServer(
                        (wire, server) -> {
                            server.head(wire);
                            wire.send(
                                    "HTTP/1.1 200 OK\r\n"
                                            + "Content-Type: text/event-stream\r\n"
                                            + "Transfer-Encoding: chunked\r\n\r\n");
                            wait(heard);
                            wire.send("9\r\ndata: 1\n\n\r\n");
                            server.head(wire);
                        }));
        var browser = browser();
        assertThat(browser.get("/user/alice/events").head().status()).isEqualTo(200);
        heard.countDown();
        assertThat(browser.chunk()).isEqualTo("data: 1\n\n");
    }

    private static void wait(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @ContractRow(84)
    void two_hundred_mebibytes_come_down_in_constant_memory(boolean chunked) throws Exception {
        var sent = new CompletableFuture<Long>();
        alice(
                new FakeServer(
                        (wire, server) -> {
                            server.head(wire);
                            wire.send("HTTP/1.1 200 OK\r\n" + framing(chunked) + "\r\n");
                            sent.complete(writeBody(wire, chunked));
                            server.head(wire);
                        }));
        var browser = browser();
        browser.get("/user/alice/big").head();
        assertThat(readBody(browser, chunked)).isEqualTo(sent.get(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @ContractRow(84)
    void two_hundred_mebibytes_go_up_in_constant_memory(boolean chunked) throws Exception {
        var got = new CompletableFuture<Long>();
        alice(
                new FakeServer(
                        (wire, server) -> {
                            var head = server.head(wire);
                            got.complete(readBody(wire, head.has("transfer-encoding")));
                            wire.send("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
                        }));
        var browser = browser();
        browser.ask("PUT", "/user/alice/big", framing(chunked).strip());
        long sum = writeBody(browser, chunked);
        assertThat(browser.head().status()).isEqualTo(201);
        assertThat(got.get(20, TimeUnit.SECONDS)).isEqualTo(sum);
    }

    private static String framing(boolean chunked) {
        return chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + BIG + "\r\n";
    }

    private static long writeBody(Wire wire, boolean chunked) throws IOException {
        if (!chunked) {
            return Flow.write(wire.out(), BIG, new AtomicLong());
        }
        var sum = new java.util.zip.CRC32();
        var piece = new byte[1_000_003]; // A size that fits no buffer.
        for (long left = BIG; left > 0; ) {
            int length = (int) Math.min(piece.length, left);
            java.util.Arrays.fill(piece, (byte) (left >> 12));
            wire.send(Integer.toHexString(length) + "\r\n");
            wire.out().write(piece, 0, length);
            wire.send("\r\n");
            sum.update(piece, 0, length);
            left -= length;
        }
        wire.send("0\r\n\r\n");
        return sum.getValue();
    }

    private static long readBody(Wire wire, boolean chunked) throws IOException {
        if (!chunked) {
            return Flow.read(wire.in(), BIG);
        }
        var sum = new java.util.zip.CRC32();
        for (int size = Integer.parseInt(wire.line(), 16);
                size > 0;
                size = Integer.parseInt(wire.line(), 16)) {
            sum.update(wire.octets(size));
            wire.line();
        }
        return sum.getValue();
    }

    @Test
    @ContractRow(84)
    void a_browser_that_does_not_read_slows_its_own_server_only() throws Exception {
        var written = new AtomicLong();
        var sent = new CompletableFuture<Long>();
        alice(
                new FakeServer(
                        (wire, server) -> {
                            server.head(wire);
                            wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + BIG + "\r\n\r\n");
                            sent.complete(Flow.write(wire.out(), BIG, written));
                        }));
        var bob = open(FakeServer.ok());
        proxy.route("/user/bob/", bob);
        var browser = browser();
        browser.get("/user/alice/big");
        long taken = Flow.whereItStops(written);
        assertThat(taken).isLessThan(Flow.BOUND);
        assertThat(proxy.get("/user/bob/").body()).isEqualTo("ok");
        browser.head();
        assertThat(Flow.read(browser.in(), BIG)).isEqualTo(sent.get(20, TimeUnit.SECONDS));
    }

    @Test
    @ContractRow(84)
    void a_server_that_does_not_read_slows_its_own_browser_only() throws Exception {
        var hungry = new CountDownLatch(1);
        var got = new CompletableFuture<Long>();
        alice(
                new FakeServer(
                        (wire, server) -> {
                            server.head(wire);
                            wait(hungry);
                            got.complete(Flow.read(wire.in(), BIG));
                            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                        }));
        var written = new AtomicLong();
        var browser = browser();
        browser.ask("PUT", "/user/alice/big", "Content-Length: " + BIG);
        var sent = new CompletableFuture<Long>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                sent.complete(Flow.write(browser.out(), BIG, written));
                            } catch (IOException e) {
                                sent.completeExceptionally(e);
                            }
                        });
        assertThat(Flow.whereItStops(written)).isLessThan(Flow.BOUND);
        hungry.countDown();
        assertThat(browser.head().status()).isEqualTo(200);
        assertThat(got.get(20, TimeUnit.SECONDS)).isEqualTo(sent.get(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 2097152\r\nConnection: close\r\n", "Connection: close\r\n"})
    void a_slow_browser_gets_all_of_what_a_server_sent_before_it_closed(String framing)
            throws Exception {
        long size = 2 * Flow.MIB;
        var sent = new CompletableFuture<Long>();
        // Little fits between proxy and browser, so that nearly all waits between server and proxy.
        var narrow =
                open(
                        new ProxyUnderTest(
                                ProxyConfig.defaults(),
                                ProxyHandler.serverOptions().setSendBufferSize(4096)));
        var server =
                open(
                        new FakeServer(
                                (wire, self) -> {
                                    self.head(wire);
                                    wire.send("HTTP/1.1 200 OK\r\n" + framing + "\r\n");
                                    sent.complete(Flow.write(wire.out(), size, new AtomicLong()));
                                }));
        narrow.route("/user/alice/", server);
        var browser = open(narrow.browserThatBuffersLittle());
        browser.get("/user/alice/big");
        var head = browser.head();
        long sum = sent.get(20, TimeUnit.SECONDS);
        ProxyUnderTest.eventually("closed", () -> server.connections() == 0);
        if (head.has("content-length")) {
            assertThat(Flow.read(browser.in(), size)).isEqualTo(sum);
        } else {
            var all = new java.util.zip.CRC32();
            for (var chunk = browser.chunk(); !chunk.isEmpty(); chunk = browser.chunk()) {
                all.update(chunk.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            }
            assertThat(all.getValue()).isEqualTo(sum);
        }
    }

    @Test
    void a_body_cut_short_breaks_the_browsers_connection() throws Exception {
        for (var framing : List.of("Content-Length: 100", "Transfer-Encoding: chunked")) {
            alice(
                    new FakeServer(
                            (wire, server) -> {
                                server.head(wire);
                                wire.send("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
                                wire.send("5\r\nabcde\r\n");
                            }));
            var browser = browser();
            var head = browser.get("/user/alice/x").head();
            assertThat(head.status()).isEqualTo(200);
            assertThatThrownBy(() -> browser.octets(100)).isInstanceOf(IOException.class);
            proxy.routes.remove("/user/alice/");
        }
    }

    @Test
    void a_browser_that_leaves_takes_the_request_with_it() throws Exception {
        var left = new CompletableFuture<Boolean>();
        alice(
                new FakeServer(
                        (wire, server) -> {
                            var head = server.head(wire);
                            if (head.target().endsWith("events")) {
                                wire.send(
                                        "HTTP/1.1 200 OK\r\n"
                                                + "Transfer-Encoding: chunked\r\n\r\n"
                                                + "1\r\n"
                                                + "x\r\n");
                            }
                            left.complete(wire.closesWithoutMore());
                        }));
        var browser = browser();
        browser.get("/user/alice/events").head();
        browser.close();
        assertThat(left.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_browser_that_leaves_before_the_answer_takes_the_request_with_it() throws Exception {
        var asked = new CountDownLatch(1);
        var left = new CompletableFuture<Boolean>();
        alice(
                new FakeServer(
                        (wire, server) -> {
                            server.head(wire);
                            wire.octets(2);
                            asked.countDown();
                            left.complete(wire.closesWithoutMore());
                        }));
        var browser = browser();
        browser.ask("POST", "/user/alice/slow", "Content-Length: 5").send("ab");
        wait(asked);
        browser.close();
        assertThat(left.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_server_decides_whether_a_body_may_come() throws Exception {
        alice(
                new FakeServer(
                        (wire, server) -> {
                            for (var head = server.head(wire);
                                    head != null;
                                    head = server.head(wire)) {
                                assertThat(head.value("expect")).isEqualTo("100-continue");
                                if (head.target().endsWith("no")) {
                                    wire.send(
                                            "HTTP/1.1 413 Too Large\r\n"
                                                    + "Content-Length: 2\r\n"
                                                    + "Connection: close\r\n\r\n"
                                                    + "no");
                                    return;
                                }
                                wire.send("HTTP/1.1 100 Continue\r\n\r\n");
                                var body = wire.body(head);
                                wire.send(
                                        "HTTP/1.1 200 OK\r\nContent-Length: "
                                                + body.length()
                                                + "\r\n\r\n"
                                                + body);
                            }
                        }));
        var browser = browser();
        browser.ask("PUT", "/user/alice/yes", "Content-Length: 5", "Expect: 100-continue");
        assertThat(browser.head().start()).isEqualTo("HTTP/1.1 100 Continue");
        browser.send("hello");
        assertThat(browser.body(browser.head())).isEqualTo("hello");
        browser.ask("PUT", "/user/alice/no", "Content-Length: 5", "Expect: 100-continue");
        var refusal = browser.head();
        assertThat(refusal.status()).isEqualTo(413);
        assertThat(browser.body(refusal)).isEqualTo("no");
    }

    @Test
    void an_answer_that_comes_before_the_body_has_gone_is_passed_on() throws Exception {
        var server =
                alice(
                        new FakeServer(
                                (wire, self) -> {
                                    self.head(wire);
                                    wire.send(
                                            "HTTP/1.1 413 Too Large\r\n"
                                                    + "Content-Length: 2\r\n\r\n"
                                                    + "no");
                                    self.head(wire);
                                }));
        var browser = browser();
        browser.ask("PUT", "/user/alice/x", "Content-Length: 100000000");
        var head = browser.head();
        assertThat(head.status()).isEqualTo(413);
        assertThat(browser.body(head)).isEqualTo("no");
        Flow.write(browser.out(), 100_000_000, new AtomicLong());
        ProxyUnderTest.eventually("not kept", () -> server.connections() == 0);
        assertThat(browser.get("/hub/next").head().status()).isEqualTo(200);
    }

    @Test
    void requests_sent_without_waiting_are_answered_in_order() throws Exception {
        alice(
                new FakeServer(
                        (wire, server) -> {
                            for (var head = server.head(wire);
                                    head != null;
                                    head = server.head(wire)) {
                                var body = wire.body(head) + head.target();
                                wire.send(
                                        "HTTP/1.1 200 OK\r\nContent-Length: "
                                                + body.length()
                                                + "\r\n\r\n"
                                                + body);
                            }
                        }));
        var browser = browser();
        browser.get("/user/alice/1").ask("PUT", "/user/alice/2", "Content-Length: 1").send("a");
        browser.get("/hub/3").get("/user/alice/4");
        for (var body :
                List.of("/user/alice/1", "a/user/alice/2", "hub GET /hub/3", "/user/alice/4")) {
            assertThat(browser.body(browser.head())).isEqualTo(body);
        }
    }
}
