package org.lyceum.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Goal: no request reaches a server that the proxy did not see as a request of its own for that
 * server. Method: a backend that records every head it is sent, on the wire, beside a corpus of
 * ambiguous messages, each followed by the smuggled {@code GET /user/alice/admin}.
 */
class SmugglingTest {

    private static final String SMUGGLED = "GET /user/alice/admin HTTP/1.1\r\nHost: x\r\n\r\n";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ProxyUnderTest proxy = open(new ProxyUnderTest());
    private final FakeServer server = backend();

    private <T extends AutoCloseable> T open(T thing) {
        opened.addFirst(thing);
        return thing;
    }

    private FakeServer backend() {
        try {
            var backend = open(FakeServer.ok());
            proxy.route("/user/alice/", backend);
            return backend;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() throws Exception {
        for (var thing : opened) {
            thing.close();
        }
    }

    static Stream<Arguments> corpus() {
        int length = SMUGGLED.length();
        return Stream.of(
                Arguments.of(
                        "CL.TE",
                        "Content-Length: " + (length + 5) + "\r\nTransfer-Encoding: chunked",
                        "0\r\n\r\n" + SMUGGLED),
                Arguments.of(
                        "TE.CL",
                        "Transfer-Encoding: chunked\r\nContent-Length: 4",
                        Integer.toHexString(length) + "\r\n" + SMUGGLED + "\r\n0\r\n\r\n"),
                Arguments.of(
                        "two lengths", "Content-Length: 0\r\nContent-Length: " + length, SMUGGLED),
                Arguments.of(
                        "two lengths turned",
                        "Content-Length: " + length + "\r\nContent-Length: 0",
                        SMUGGLED),
                Arguments.of("length list", "Content-Length: 0, " + length, SMUGGLED),
                Arguments.of("signed length", "Content-Length: +0", SMUGGLED),
                Arguments.of("negative length", "Content-Length: -1", SMUGGLED),
                Arguments.of("length in hex", "Content-Length: 0x0", SMUGGLED),
                Arguments.of("endless length", "Content-Length: 99999999999999999999", SMUGGLED),
                Arguments.of("empty length", "Content-Length:", SMUGGLED),
                Arguments.of("obs-fold length", "Content-Length:\r\n " + length, SMUGGLED),
                Arguments.of(
                        "obs-fold TE", "Transfer-Encoding:\r\n chunked", "0\r\n\r\n" + SMUGGLED),
                Arguments.of("obs-fold hides TE", "X: y\r\n Transfer-Encoding: chunked", SMUGGLED),
                Arguments.of(
                        "space before colon",
                        "Transfer-Encoding : chunked",
                        "0\r\n\r\n" + SMUGGLED),
                Arguments.of("tab before colon", "Content-Length\t: " + length, SMUGGLED),
                Arguments.of("space before name", " Content-Length: " + length, SMUGGLED),
                Arguments.of(
                        "unknown coding", "Transfer-Encoding: xchunked", "0\r\n\r\n" + SMUGGLED),
                Arguments.of("identity", "Transfer-Encoding: identity", SMUGGLED),
                Arguments.of(
                        "two codings",
                        "Transfer-Encoding: chunked, identity",
                        "0\r\n\r\n" + SMUGGLED),
                Arguments.of(
                        "gzip, chunked",
                        "Transfer-Encoding: gzip, chunked",
                        "0\r\n\r\n" + SMUGGLED),
                Arguments.of(
                        "two TE headers",
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                        "0\r\n\r\n" + SMUGGLED),
                Arguments.of(
                        "TE with control",
                        "Transfer-Encoding: \u000bchunked",
                        "0\r\n\r\n" + SMUGGLED),
                Arguments.of("TE quoted", "Transfer-Encoding: \"chunked\"", "0\r\n\r\n" + SMUGGLED),
                Arguments.of("bare LF header", "X: y\nContent-Length: " + length, SMUGGLED),
                Arguments.of(
                        "bare LF hides TE",
                        "X: y\nTransfer-Encoding: chunked",
                        "0\r\n\r\n" + SMUGGLED),
                Arguments.of("bare CR", "X: y\rTransfer-Encoding: chunked", SMUGGLED),
                Arguments.of("NUL in value", "X: y\u0000\r\nA: b", SMUGGLED),
                Arguments.of("no colon", "Transfer-Encoding chunked", SMUGGLED),
                Arguments.of("two hosts", "Host: other", SMUGGLED),
                Arguments.of(
                        "chunk size sign", "Transfer-Encoding: chunked", "+0\r\n\r\n" + SMUGGLED),
                Arguments.of(
                        "chunk size 0x", "Transfer-Encoding: chunked", "0x0\r\n\r\n" + SMUGGLED),
                Arguments.of(
                        "chunk size overflow",
                        "Transfer-Encoding: chunked",
                        "100000000\r\n" + SMUGGLED),
                Arguments.of(
                        "chunk with bare LF",
                        "Transfer-Encoding: chunked",
                        "5\nhello\n0\n\n" + SMUGGLED),
                Arguments.of(
                        "chunk extension with LF",
                        "Transfer-Encoding: chunked",
                        "5;\nx\r\nhello\r\n0\r\n\r\n" + SMUGGLED),
                Arguments.of(
                        "chunk too long",
                        "Transfer-Encoding: chunked",
                        "5\r\nhelloXX\r\n0\r\n\r\n" + SMUGGLED),
                Arguments.of(
                        "length named by Connection",
                        "Connection: Content-Length\r\nContent-Length: " + length,
                        SMUGGLED),
                Arguments.of(
                        "TE named by Connection",
                        "Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked",
                        Integer.toHexString(length) + "\r\n" + SMUGGLED + "\r\n0\r\n\r\n"));
    }

    /**
     * The octets are for us to read in one way. Whichever that is, the server must have been sent
     * exactly the requests that we answered: as many, and none with a body it could take for one.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    @SecurityStatement(31)
    void an_ambiguous_message_is_refused_or_means_the_same_on_both_sides(
            String name, String headers, String rest) throws IOException {
        int answered = 0;
        try (var browser = proxy.browser()) {
            browser.socket.setSoTimeout(300);
            browser.send(
                    "POST /user/alice/first HTTP/1.1\r\nHost: hub.example\r\n"
                            + headers
                            + "\r\n\r\n"
                            + rest);
            for (var head = browser.head(); !head.text().isEmpty(); head = browser.head()) {
                browser.body(head);
                answered += head.status() == 200 ? 1 : 0;
            }
        } catch (SocketTimeoutException waitsForMore) {
            // Read as a longer body: nothing was answered beyond what is counted.
        }
        assertThat(server.heads).as(name).hasSize(answered);
        assertThat(server.failure()).isNull();
        for (var head : server.heads) {
            assertThat(
                            head.values("content-length").size()
                                    + head.values("transfer-encoding").size())
                    .as("ways to frame the body of: " + head.text())
                    .isLessThanOrEqualTo(1);
            assertThat(head.values("host")).hasSize(1);
        }
        if (answered == 2) {
            // A folded line is part of the value before it (RFC 9112, 5.2, and joined for the
            // server):
            // then the rest is a request of its own to us as well, which is plain pipelining.
            assertThat(name).isEqualTo("obs-fold hides TE");
            assertThat(server.heads.getFirst().value("x"))
                    .isEqualTo("y Transfer-Encoding: chunked");
        }
    }

    @Test
    @SecurityStatement(31)
    void the_classic_three_are_refused_outright() throws IOException {
        for (var headers :
                List.of(
                        "Content-Length: 5\r\nTransfer-Encoding: chunked",
                        "Content-Length: 5\r\nContent-Length: 6",
                        "Transfer-Encoding: xchunked")) {
            try (var browser = proxy.browser()) {
                browser.send(
                        "POST /user/alice/x HTTP/1.1\r\nHost: x\r\n"
                                + headers
                                + "\r\n\r\n0\r\n\r\n");
                assertThat(browser.head().status()).isEqualTo(400);
                while (browser.line() != null) {
                    // Up to the end, which must come.
                }
            }
        }
        assertThat(server.heads).isEmpty();
    }

    /** It was an exception, a line in the log and no answer at all. */
    @Test
    @SecurityStatement(31)
    void a_header_without_a_name_is_answered_400() throws IOException {
        for (var path : List.of("/user/alice/x", "/hub/api")) {
            try (var browser = proxy.browser()) {
                browser.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n: value\r\n\r\n");
                assertThat(browser.head().status()).as(path).isEqualTo(400);
            }
        }
        assertThat(server.heads).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/user/alice/../bob/",
                "/user/alice/%2e%2e/bob/",
                "/user/alice/.%2E/x",
                "/user/alice/..",
                "/user/alice/..;/bob",
                "/user/alice/%2e",
                "/user/alice/%zz",
                "/user/alice/%",
                "/user/alice/a%2f..%2f..%2fbob/",
                "http://hub.example/user/alice/",
                "user/alice/",
                "*",
                "/user/alice/#x",
                "/user/alice/\u00e9",
                "/user/alice/\u0001",
                "/hub/../user/alice/",
                "hub.example:80",
            })
    @SecurityStatement(30)
    void a_target_that_can_be_read_in_two_ways_is_answered_400(String target) throws IOException {
        assertThat(proxy.get(target).status()).isEqualTo(400);
        assertThat(server.heads).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/user/alice/x",
                "/user/%61lice/x",
                "/user/alice%2Fx",
                "/user%2Falice/x",
                "//user/alice/x",
                "/user//alice/x",
                "/user/alice//x",
                "/user/alice;a=b/x",
                "/user;/alice/x",
                "/USER/alice/x",
                "/user/Alice/x",
                "/user/alice/%2F/x",
                "/user/alice%00/x",
                "/user/alice%20/x",
                "/user/alice\\/x",
                "/user\\alice/x",
                "/user/alice%5c..%5cbob/",
                "/user/alice?/../x",
                "/user/al%69ce?x=/user/bob/",
                "/hub/x",
                "/user/bob/../alice/x",
                "/%2e/user/alice/x",
                "/user/alice/%252e%252e/bob/",
                "/user/./alice/x",
                "/user/alice",
                "/user/alice%3Fx",
            })
    @SecurityStatement(30)
    void what_reaches_a_server_lies_below_its_route_by_any_reading(String target)
            throws IOException {
        proxy.get(target);
        for (var head : server.heads) {
            assertThat(head.target()).isEqualTo(target);
            assertThat(normalised(target)).startsWith("/user/alice/");
        }
        boolean below = normalised(target).startsWith("/user/alice/");
        boolean plain =
                !target.contains("..")
                        && !target.contains("//")
                        && !target.contains("/.")
                        && !target.contains("%2e/")
                        && !target.contains("2F");
        if (below && plain) {
            assertThat(server.heads).hasSize(1);
        }
    }

    /** As a server with java.net's decoder, merged slashes and resolved dots would see it. */
    private static String normalised(String target) {
        var path = target.split("\\?", 2)[0];
        path = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        var stack = new ArrayDeque<String>();
        for (var segment : path.split("/")) {
            if (segment.equals("..")) {
                stack.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                stack.addLast(segment);
            }
        }
        return "/" + String.join("/", stack) + "/";
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE", "POST"})
    void after_a_refused_message_the_connection_is_closed(String method) throws IOException {
        try (var browser = proxy.browser()) {
            browser.send(
                    method
                            + " /user/alice/x HTTP/1.1\r\n"
                            + "Host: x\r\n"
                            + "Transfer-Encoding: gzip, chunked\r\n\r\n");
            browser.send("0\r\n\r\n" + SMUGGLED);
            assertThat(browser.head().status()).isEqualTo(400);
            while (browser.line() != null) {
                // The page.
            }
        }
        assertThat(server.heads).isEmpty();
    }
}
