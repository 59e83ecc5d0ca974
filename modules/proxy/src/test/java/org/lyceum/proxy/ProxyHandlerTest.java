package org.lyceum.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.http.TrustedProxies;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Goal: what crosses the proxy, head by head. Method: raw sockets on both sides of it. */
class ProxyHandlerTest {

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/user/alice/files/a%2Fb%20c?x=%2B", "/user/alice//a//b/", "/user/alice/a;b=c;d?;",
                "/user/%61lice/~a!$&'()*+,;=:@|\"<>\\^`{}", "/user/alice/?", "/user/alice/??a=b?c",
                "/user/alice", "/user/alice/%C3%A9?%c3", "/user/alice/?next=/user/x/../..&q=%2e%2e",
            })
    @ContractRow(55)
    void the_request_target_arrives_octet_for_octet(String target) throws IOException {
        var server = alice(FakeServer.ok());
        assertThat(proxy.get(target).body()).isEqualTo("ok");
        assertThat(server.last().target()).isEqualTo(target);
    }

    @Test
    @ContractRow(57)
    void each_path_reaches_its_own_server_and_the_rest_reaches_the_hub() throws IOException {
        alice(FakeServer.ok());
        var named = open(FakeServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nnamed"));
        proxy.route("/user/a@b.c/x/", named);
        assertThat(proxy.get("/user/alice/lab").body()).isEqualTo("ok");
        assertThat(proxy.get("/user/a%40b.c/x/lab").body()).isEqualTo("named");
        assertThat(proxy.get("/user/a@b.c/x/lab").body()).isEqualTo("named");
        assertThat(proxy.get("/user/a@b.c/lab").body()).isEqualTo("hub GET /user/a@b.c/lab");
        assertThat(proxy.get("/user/al/").body()).isEqualTo("hub GET /user/al/");
        assertThat(proxy.get("//user/alice/lab").body()).isEqualTo("hub GET //user/alice/lab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub.example", "hub.example:8443", "[::1]:8000", "127.0.0.1:80"})
    void the_public_host_arrives_unchanged(String host) throws IOException {
        var server = alice(FakeServer.ok());
        try (var browser = proxy.browser()) {
            browser.send("GET /user/alice/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertThat(browser.head().status()).isEqualTo(200);
        }
        assertThat(server.last().value("host")).isEqualTo(host);
        assertThat(server.last().value("x-forwarded-host")).isEqualTo(host);
    }

    @Test
    void a_request_of_http_1_0_without_host_is_served_and_ended_by_closing() throws IOException {
        var server =
                alice(
                        FakeServer.answering(
                                "HTTP/1.1 200 OK\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\n"
                                        + "3\r\n"
                                        + "abc\r\n"
                                        + "0\r\n\r\n"));
        for (var keep : List.of("", "Connection: keep-alive\r\n")) {
            try (var browser = proxy.browser()) {
                browser.send("GET /user/alice/ HTTP/1.0\r\n" + keep + "\r\n");
                var head = browser.head();
                assertThat(head.has("transfer-encoding")).isFalse();
                assertThat(browser.text(3)).isEqualTo("abc");
                assertThat(browser.closesWithoutMore()).isTrue();
            }
        }
        assertThat(server.last().has("host")).isTrue();
    }

    @Test
    @SecurityStatement(32)
    void what_a_client_claims_about_itself_is_dropped() throws IOException {
        var server = alice(FakeServer.ok());
        String[] claims = {
            "X-Forwarded-For: 6.6.6.6",
            "X-Forwarded-For: 7.7.7.7",
            "x-forwarded-proto: https",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Port: 1",
            "X-Forwarded-Prefix: /evil",
            "X-Forwarded-User: root",
            "Forwarded: for=6.6.6.6;proto=https",
            "X-Real-IP: 6.6.6.6",
            "X-Scheme: https",
            "X-Remote-User: root",
            "Remote-User: root",
            "REMOTE-USER: root",
            "X-Auth-Request-Email: root@x",
            "Authorization: token t",
            "X-XSRFToken: x",
        };
        proxy.get("/user/alice/", claims);
        var seen = server.last();
        assertThat(seen.value("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(seen.value("x-forwarded-proto")).isEqualTo("http");
        assertThat(seen.value("x-forwarded-host")).isEqualTo("hub.example");
        assertThat(seen.value("x-forwarded-port")).isEqualTo("80");
        assertThat(seen.text()).doesNotContain("6.6.6.6", "7.7.7.7", "evil", "root", "X-Scheme");
        assertThat(seen.value("authorization")).isEqualTo("token t");
        assertThat(seen.value("x-xsrftoken")).isEqualTo("x");
        assertThat(proxy.get("/hub/home", claims).head().value("seen")).isEqualTo("[127.0.0.1]");
    }

    @Test
    @SecurityStatement(32)
    void a_configured_proxy_is_believed_and_passed_on_as_single_values() throws IOException {
        try (var behind = new ProxyUnderTest(trusting("127.0.0.0/8", "10.0.0.0/8"))) {
            var server = open(FakeServer.ok());
            behind.route("/user/alice/", server);
            behind.get(
                    "/user/alice/",
                    "X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.1.2.3",
                    "X-Forwarded-Proto: http, https",
                    "X-Forwarded-Host: public.example",
                    "Forwarded: for=6.6.6.6");
            var seen = server.last();
            assertThat(seen.value("x-forwarded-for")).isEqualTo("192.0.2.7");
            assertThat(seen.value("x-forwarded-proto")).isEqualTo("https");
            assertThat(seen.value("x-forwarded-host")).isEqualTo("public.example");
            assertThat(seen.value("x-forwarded-port")).isEqualTo("443");
            assertThat(seen.has("forwarded")).isFalse();
        }
    }

    private static ProxyConfig trusting(String... proxies) {
        return ProxyConfig.trusting(TrustedProxies.of(List.of(proxies)));
    }

    @Test
    void headers_of_one_connection_stay_on_it() throws IOException {
        var server =
                alice(
                        FakeServer.answering(
                                "HTTP/1.1 200 OK\r\n"
                                        + "Content-Length: 2\r\n"
                                        + "Connection: x-hop, keep-alive\r\n"
                                        + "X-Hop: 1\r\n"
                                        + "Keep-Alive: timeout=5\r\n"
                                        + "X-End: 2\r\n\r\n"
                                        + "ok"));
        var answer =
                proxy.get(
                        "/user/alice/",
                        "Connection: keep-alive, X-Hop, Host, Cookie",
                        "Keep-Alive: 300",
                        "X-Hop: 1",
                        "X-End: 2",
                        "Cookie: a=1",
                        "TE: trailers",
                        "Proxy-Connection: keep-alive",
                        "Upgrade: h2c",
                        "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");
        for (var head : List.of(server.last(), answer.head())) {
            assertThat(head.has("x-hop")).isFalse();
            assertThat(head.has("keep-alive")).isFalse();
            assertThat(head.value("x-end")).isEqualTo("2");
        }
        assertThat(server.last().has("te")).isFalse();
        assertThat(server.last().has("upgrade")).isFalse();
        assertThat(server.last().has("proxy-connection")).isFalse();
        assertThat(server.last().value("cookie")).isEqualTo("a=1");
        assertThat(server.last().value("host")).isEqualTo("hub.example");
    }

    @Test
    @SecurityStatement(33)
    void the_hubs_cookies_never_reach_a_server() throws IOException {
        var server = alice(FakeServer.ok());
        proxy.get(
                "/user/alice/",
                "Cookie: jupyterhub-hub-login=secret; _xsrf=a; jupyterhub-session-id=b",
                "cookie: lyceum-session=secret");
        assertThat(server.last().values("cookie"))
                .containsExactly("_xsrf=a; jupyterhub-session-id=b");
        proxy.get("/user/alice/", "Cookie: lyceum-session=secret");
        assertThat(server.last().has("cookie")).isFalse();
    }

    @Test
    @SecurityStatement(33)
    @ContractRow(86)
    void cookies_of_a_server_pass_unchanged_unless_they_are_meant_for_others() throws IOException {
        alice(
                FakeServer.answering(
                        "HTTP/1.1 302 Found\r\n"
                            + "Location: /hub/api/oauth2/authorize?a=b\r\n"
                            + "Set-Cookie: jupyterhub-user-a%40b.c=\"2|1:0\"; Path=/user/alice/;"
                            + " HttpOnly\r\n"
                            + "Set-Cookie: _xsrf=2|x; expires=Wed, 01 Jan 2031 00:00:00 GMT;"
                            + " Path=/\r\n"
                            + "Set-Cookie: jupyterhub-hub-login=stolen; Path=/\r\n"
                            + "Set-Cookie: a=b; Domain=example.org\r\n"
                            + "Set-Cookie: a=b; Path=/hub/\r\n"
                            + "set-cookie: last=1\r\n"
                            + "Content-Length: 0\r\n\r\n"));
        var head = proxy.get("/user/alice/").head();
        assertThat(head.values("set-cookie"))
                .containsExactly(
                        "jupyterhub-user-a%40b.c=\"2|1:0\"; Path=/user/alice/; HttpOnly",
                        "_xsrf=2|x; expires=Wed, 01 Jan 2031 00:00:00 GMT; Path=/", "last=1");
        assertThat(head.value("location")).isEqualTo("/hub/api/oauth2/authorize?a=b");
        assertThat(head.start()).isEqualTo("HTTP/1.1 302 Found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "OPTIONS", "PROPFIND", "PATCH", "POST", "MKCALENDAR", "BREW"})
    void every_method_passes_without_body(String method) throws IOException {
        var server = alice(FakeServer.ok());
        assertThat(proxy.ask(method, "/user/alice/x").body()).isEqualTo("ok");
        assertThat(server.last().start()).isEqualTo(method + " /user/alice/x HTTP/1.1");
        assertThat(server.last().has("transfer-encoding")).isFalse();
        if (method.equals("DELETE") || method.equals("OPTIONS")) {
            assertThat(server.last().value("content-length")).isEqualTo("0");
        }
    }

    @Test
    void a_head_request_learns_the_length_and_gets_no_body() throws IOException {
        alice(
                new FakeServer(
                        (wire, server) -> {
                            while (server.head(wire) != null) {
                                wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
                            }
                        }));
        try (var browser = proxy.browser()) {
            for (int i = 0; i < 2; i++) {
                var head = browser.ask("HEAD", "/user/alice/x").head();
                assertThat(head.status()).isEqualTo(200);
                assertThat(head.value("content-length")).isEqualTo("1234");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "204 No Content",
                "304 NOT MODIFIED",
                "304 Not Modified",
                "404 NOT FOUND",
                "418 I'm a teapot",
                "599 Own",
            })
    void a_status_passes_with_its_phrase_and_without_a_body_of_its_own(String status)
            throws IOException {
        var none = status.startsWith("204") || status.startsWith("304");
        alice(
                FakeServer.answering(
                        "HTTP/1.1 "
                                + status
                                + "\r\n"
                                + (none ? "" : "Content-Length: 0\r\n")
                                + "ETag: x\r\n\r\n"));
        try (var browser = proxy.browser()) {
            for (int i = 0; i < 2; i++) {
                var head = browser.get("/user/alice/x").head();
                assertThat(head.start()).isEqualToIgnoringCase("HTTP/1.1 " + status);
                assertThat(head.has("transfer-encoding")).isFalse();
                assertThat(head.has("content-length")).isEqualTo(!none);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nX: a\u0001b\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nB@d(): x\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n"
                        + "Upgrade: websocket\r\n"
                        + "Connection: Upgrade\r\n\r\n",
                "HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n",
                "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
            })
    void an_answer_that_is_none_is_503_or_passed_and_never_a_silence(String answer)
            throws IOException {
        alice(FakeServer.answering(answer));
        assertThat(proxy.get("/user/alice/").status()).isIn(200, 503);
        assertThat(proxy.get("/hub/x").status()).isEqualTo(200);
    }

    @Test
    void header_values_pass_octet_for_octet() throws IOException {
        var name =
                new String("é.txt".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var server =
                alice(
                        FakeServer.answering(
                                "HTTP/1.1 200 OK\r\nX-Name: "
                                        + name
                                        + "\r\nContent-Length: 0\r\n\r\n"));
        var answer = proxy.get("/user/alice/", "X-Name: " + name);
        assertThat(server.last().value("x-name")).isEqualTo(name);
        assertThat(answer.head().value("x-name")).isEqualTo(name);
    }

    @Test
    void use_is_noted_when_a_request_succeeds_and_not_when_it_fails() throws IOException {
        alice(
                new FakeServer(
                        (wire, server) -> {
                            for (var head = server.head(wire);
                                    head != null;
                                    head = server.head(wire)) {
                                var status = head.target().substring("/user/alice/".length());
                                wire.send("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n");
                            }
                        }));
        for (var status : List.of("302", "304", "404", "500")) {
            proxy.get("/user/alice/" + status);
        }
        assertThat(proxy.activity.snapshot()).isEmpty();
        proxy.get("/user/alice/200");
        var first = proxy.clock.now;
        ProxyUnderTest.eventually("noted", () -> !proxy.activity.snapshot().isEmpty());
        assertThat(proxy.activity.snapshot()).containsExactly(Map.entry("/user/alice/", first));
        proxy.clock.now = first.plusSeconds(60);
        proxy.get("/user/alice/404");
        assertThat(proxy.activity.snapshot()).containsValue(first);
        proxy.get("/user/alice/204");
        ProxyUnderTest.eventually(
                "noted again",
                () -> proxy.activity.snapshot().containsValue(first.plusSeconds(60)));
        proxy.routes.remove("/user/alice/");
        assertThat(proxy.activity.snapshot()).isEmpty();
    }

    @Test
    void what_a_page_asks_for_by_itself_is_activity_and_no_use() throws IOException {
        alice(FakeServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        for (var poll :
                List.of(
                        "api/kernels?1764200000",
                        "api/contents/work?content=1",
                        "lab/extensions/lyceum/static/notices.json")) {
            proxy.get("/user/alice/" + poll);
        }
        ProxyUnderTest.eventually("active", () -> !proxy.activity.snapshot().isEmpty());
        assertThat(proxy.activity.uses()).isEmpty();

        proxy.get("/user/alice/lab/extensions/lyceum/static/used.json");

        ProxyUnderTest.eventually("used", () -> !proxy.activity.uses().isEmpty());
        assertThat(proxy.activity.uses()).containsOnlyKeys("/user/alice/");
    }

    @Test
    void use_is_noted_while_a_body_is_sent() throws IOException {
        alice(
                new FakeServer(
                        (wire, server) ->
                                wire.in().transferTo(java.io.OutputStream.nullOutputStream())));
        try (var browser = proxy.browser()) {
            browser.ask("PUT", "/user/alice/x", "Content-Length: 10");
            browser.send("12345");
            ProxyUnderTest.eventually("noted", () -> !proxy.activity.snapshot().isEmpty());
        }
    }

    @Test
    @SecurityStatement(34)
    void a_server_on_a_host_of_its_own_answers_there_only() throws IOException {
        var server = open(FakeServer.ok());
        proxy.route("alice.hub.example/user/alice/", server);

        assertThat(getAt("Alice.Hub.Example:8000", "/user/alice/").body()).isEqualTo("ok");
        assertThat(server.last().value("host")).isEqualTo("Alice.Hub.Example:8000");
        assertThat(getAt("hub.example", "/user/alice/").body()).startsWith("hub GET");
        assertThat(getAt("eve.hub.example", "/user/alice/").body()).startsWith("hub GET");
        assertThat(proxy.get("/user/alice/", "X-Forwarded-Host: alice.hub.example").body())
                .startsWith("hub GET");
    }

    private ProxyUnderTest.Answer getAt(String host, String target) throws IOException {
        try (var browser = proxy.browser()) {
            browser.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            var head = browser.head();
            return new ProxyUnderTest.Answer(head, browser.body(head));
        }
    }

    private static FakeServer answeringWith(String header) throws IOException {
        return FakeServer.answering(
                "HTTP/1.1 200 OK\r\nX-Own: 1\r\n" + header + "\r\nContent-Length: 0\r\n\r\n");
    }

    @ParameterizedTest
    @SecurityStatement({33, 34})
    @ValueSource(
            strings = {
                "Clear-Site-Data: \"cookies\"",
                "clear-site-data: \"*\"",
                "Strict-Transport-Security: max-age=63072000; includeSubDomains; preload",
                "Alt-Svc: h3=\":8443\"; persist=1",
                "X-Accel-Redirect: /protected/keys",
                "X-Accel-Expires: 86400",
                "X-Sendfile: /etc/passwd",
                "X-LIGHTTPD-send-file: /etc/passwd",
                "X-Reproxy-URL: http://169.254.169.254/",
            })
    void no_server_speaks_for_the_site_or_to_the_proxy_before_us(String header) throws IOException {
        var name = header.substring(0, header.indexOf(':'));
        proxy.route("/user/alice/", open(answeringWith(header)));
        proxy.route("alice.hub.example/user/alice/", open(answeringWith(header)));

        for (var host : new String[] {"hub.example", "alice.hub.example"}) {
            var answer = getAt(host, "/user/alice/").head();
            assertThat(answer.has(name)).as(host).isFalse();
            assertThat(answer.has("x-own")).isTrue();
        }
    }

    @ParameterizedTest
    @SecurityStatement(34)
    @ValueSource(
            strings = {
                "NEL: {\"report_to\":\"x\",\"max_age\":9}",
                "Report-To: {\"group\":\"x\",\"endpoints\":[{\"url\":\"https://evil/\"}]}",
                "Service-Worker-Allowed: /",
                "Service-Worker-Allowed: /user/",
                "Service-Worker-Allowed: /user/alice",
                "Service-Worker-Allowed: /user/alice/../",
                "Service-Worker-Allowed: /user/alice/%2e%2e/",
                "Service-Worker-Allowed: ../../",
            })
    void what_concerns_a_whole_origin_passes_where_the_server_is_alone(String header)
            throws IOException {
        var name = header.substring(0, header.indexOf(':'));
        proxy.route("/user/alice/", open(answeringWith(header)));
        proxy.route("alice.hub.example/user/alice/", open(answeringWith(header)));

        assertThat(getAt("hub.example", "/user/alice/").head().has(name)).isFalse();
        assertThat(getAt("alice.hub.example", "/user/alice/").head().has(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Service-Worker-Allowed: /user/alice/",
                "Service-Worker-Allowed: /user/alice/lab/",
                "X-Accel-Buffering: no",
                "Content-Security-Policy: default-src 'self'",
            })
    void what_concerns_the_server_alone_passes(String header) throws IOException {
        proxy.route("/user/alice/", open(answeringWith(header)));

        assertThat(proxy.get("/user/alice/").head().has(header.substring(0, header.indexOf(':'))))
                .isTrue();
    }
}
