package org.lyceum.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Goal: nothing reaches a guarded server without a pass, however it is written; with one, the
 * server learns who comes from the gateway alone. Method: raw sockets on both sides, so that what
 * the server saw is known octet by octet.
 */
class GateTest {

    private static final String ACCEPTED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    private static final String[] SOCKET = {
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };

    private ProxyUnderTest proxy;
    private FakeServer server;
    private final AtomicBoolean allowed = new AtomicBoolean(true);

    @BeforeEach
    void begin() {
        proxy = new ProxyUnderTest();
    }

    @AfterEach
    void end() throws Exception {
        proxy.close();
        server.close();
    }

    private void serve(boolean strips, String answer) throws IOException {
        server =
                new FakeServer(
                        (wire, self) -> {
                            for (var head = self.head(wire); head != null; head = self.head(wire)) {
                                if (head.has("upgrade")) {
                                    wire.send(ACCEPTED);
                                    wire.in().transferTo(wire.out());
                                    return;
                                }
                                wire.body(head);
                                wire.send(answer);
                            }
                        });
        proxy.routes.put(
                new Route(
                        "/user/ada/",
                        "127.0.0.1",
                        server.port(),
                        Map.of(),
                        new Guard("/hub/pass/ada", "/user/ada/", strips)));
    }

    private void serve(boolean strips) throws IOException {
        serve(strips, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    private static String cookie(ProxyUnderTest.Answer answer, String name) {
        return answer.head().values("set-cookie").stream()
                .filter(value -> value.startsWith(name + "="))
                .map(value -> value.substring(name.length() + 1).split(";")[0])
                .findFirst()
                .orElse("");
    }

    /** The whole way of a browser: led away, a ticket, a pass. */
    private String pass() throws IOException {
        var state = cookie(proxy.get("/user/ada/"), Passes.STATE);
        return cookie(enter(ticket(state), state, "/user/ada/x"), Passes.COOKIE);
    }

    private String ticket(String state) {
        return proxy.routes
                .passes()
                .ticket("/user/ada/", state, new Passes.Visitor("ada", allowed::get));
    }

    private ProxyUnderTest.Answer enter(String ticket, String state, String next)
            throws IOException {
        return proxy.get(
                "/user/ada/.lyceum-enter?ticket=" + ticket + "&next=" + next,
                "Cookie: " + Passes.STATE + "=" + state);
    }

    private static String shown(String pass) {
        return "Cookie: a=1; " + Passes.COOKIE + "=" + pass + "; jupyterhub-hub-login=s";
    }

    @Test
    @SecurityStatement(29)
    void without_a_pass_nothing_reaches_the_server_however_it_is_written() throws IOException {
        serve(false);
        var targets =
                List.of(
                        "/user/ada/",
                        "/user/ada",
                        "/user/ada/x?y=1",
                        "/user/ada//x",
                        "//user/ada/",
                        "/user//ada/",
                        "/user/ada/%2e%2e/ada/",
                        "/user/ada/..%2fada/x",
                        "/user/ada/../ada/",
                        "/user/%61da/x",
                        "/%75ser/ada/",
                        "/user/ada%2fx",
                        "/user/ada/;x",
                        "/user/ada;x/y",
                        "/user/ada/..;/x",
                        "/USER/ada/",
                        "/user/ADA/",
                        "/user/ada/.lyceum-enter",
                        "/user/ada/.lyceum-enter?ticket=",
                        "/user/ada/.lyceum-enter?ticket=x&next=/user/ada/",
                        "/user/ada/.lyceum-enter/x",
                        "/user/ada/%2elyceum-enter?ticket=x",
                        "http://hub.example/user/ada/");
        for (var target : targets) {
            for (var method : List.of("GET", "HEAD", "OPTIONS", "POST", "DELETE", "PROPFIND")) {
                for (var cookie : List.of("", "lyceum-pass=", "lyceum-pass=x", "a=b")) {
                    var status = proxy.ask(method, target, "Cookie: " + cookie).status();
                    assertThat(status).as(method + " " + target).isIn(200, 302, 400, 403);
                }
            }
            try (var browser = proxy.browser()) {
                assertThat(browser.get(target, SOCKET).head().status()).isIn(200, 302, 400, 403);
            }
            try (var browser = proxy.browser()) {
                browser.send(
                        "POST "
                                + target
                                + " HTTP/1.1\r\nHost: hub.example\r\nTransfer-Encoding: chunked"
                                + "\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
                assertThat(browser.head().status()).isIn(200, 400, 403);
            }
        }
        assertThat(server.heads).isEmpty();
        assertThat(server.connections()).isZero();
    }

    @Test
    @SecurityStatement(30)
    void what_a_pass_lets_through_is_what_was_looked_at() throws IOException {
        serve(true);
        var pass = pass();
        proxy.routes.put(
                new Route(
                        "/user/eve/",
                        "127.0.0.1",
                        server.port(),
                        Map.of(),
                        new Guard("/hub/pass/eve", "/user/eve/", true)));
        for (var target :
                List.of("/user/eve/", "/user/ada/../eve/", "/user/%65ve/x", "/user/eve%2f")) {
            assertThat(proxy.get(target, shown(pass)).status()).isIn(200, 302, 400);
        }
        assertThat(server.heads).isEmpty();
        proxy.get("/user/%61da/deep//x%2f?q=/a/b", shown(pass));
        assertThat(server.last().target()).isEqualTo("/deep//x%2f?q=/a/b");
    }

    @Test
    @SecurityStatement(32)
    void the_server_is_told_who_comes_and_nobody_else_can_tell_it() throws IOException {
        serve(true);

        proxy.get(
                "/user/ada/x",
                shown(pass()),
                "X-Forwarded-User: root",
                "Remote-User: root",
                "X-Remote-User: root",
                "X_Forwarded_User: root",
                "Remote_User: root",
                "X-Forwarded-Prefix: /evil",
                "X-Forwarded-Groups: wheel",
                "X-Auth-Request-User: root");

        var seen = server.last();
        assertThat(seen.value("x-forwarded-user")).isEqualTo("ada");
        assertThat(seen.value("remote-user")).isEqualTo("ada");
        assertThat(seen.value("x-remote-user")).isEqualTo("ada");
        assertThat(seen.value("x-forwarded-prefix")).isEqualTo("/user/ada");
        assertThat(seen.text()).doesNotContain("root", "evil", "wheel");
    }

    @Test
    @SecurityStatement(33)
    void neither_the_pass_nor_the_hubs_cookies_reach_the_server_and_it_cannot_set_them()
            throws IOException {
        serve(
                true,
                "HTTP/1.1 302 Found\r\nLocation: /login?x=1\r\nContent-Length: 0\r\n"
                        + "Set-Cookie: lyceum-pass=evil; Path=/\r\nSet-Cookie: own=1; Path=/\r\n"
                        + "Set-Cookie: deep=1; path=/a; HttpOnly\r\n\r\n");

        var answer = proxy.get("/user/ada/x", shown(pass()));

        assertThat(server.last().value("cookie")).isEqualTo("a=1");
        assertThat(answer.head().value("location")).isEqualTo("/user/ada/login?x=1");
        assertThat(answer.head().values("set-cookie"))
                .containsExactly("own=1; Path=/user/ada/", "deep=1; path=/user/ada/a; HttpOnly");
    }

    @Test
    void a_server_that_keeps_its_prefix_is_left_alone() throws IOException {
        serve(false, "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n");

        var answer = proxy.get("/user/ada/x", shown(pass()));

        assertThat(server.last().target()).isEqualTo("/user/ada/x");
        assertThat(server.last().has("x-forwarded-prefix")).isFalse();
        assertThat(answer.head().value("location")).isEqualTo("/other");
    }

    @Test
    void a_person_is_led_to_where_passes_are_given_and_back_to_where_they_were_going()
            throws IOException {
        serve(true);

        var led = proxy.get("/user/ada/deep?q=1", "X-Forwarded-Proto: https");

        assertThat(led.status()).isEqualTo(302);
        var state = cookie(led, Passes.STATE);
        assertThat(led.head().value("location"))
                .isEqualTo("/hub/pass/ada?state=" + state + "&next=%2Fuser%2Fada%2Fdeep%3Fq%3D1");
        assertThat(led.head().value("set-cookie"))
                .contains("; Path=/user/ada/; HttpOnly; SameSite=Lax");
        var entered = enter(ticket(state), state, "/user/ada/deep%3Fq%3D1");
        assertThat(entered.head().value("location")).isEqualTo("/user/ada/deep?q=1");
        for (var elsewhere :
                List.of("//evil/", "https://evil/", "/hub/", "/user/ada/../eve/", "/user/adax")) {
            assertThat(enter(ticket(state), state, elsewhere).head().value("location"))
                    .as(elsewhere)
                    .isEqualTo("/user/ada/");
        }
        assertThat(proxy.get("/user/ada?q=1", shown(pass())).head().value("location"))
                .isEqualTo("/user/ada/?q=1");
        assertThat(proxy.get("/user/ada/api", "Sec-Fetch-Mode: cors").status()).isEqualTo(403);
    }

    @Test
    @SecurityStatement(40)
    void a_ticket_is_good_once_for_one_server_and_for_the_browser_that_was_sent()
            throws IOException {
        serve(true);
        var state = cookie(proxy.get("/user/ada/"), Passes.STATE);
        var ticket = ticket(state);

        assertThat(cookie(enter(ticket, "other", "/user/ada/"), Passes.COOKIE)).isEmpty();
        assertThat(cookie(enter(ticket, state, "/user/ada/"), Passes.COOKIE)).isEmpty();
        var elsewhere =
                proxy.routes
                        .passes()
                        .ticket("/user/eve/", state, new Passes.Visitor("ada", () -> true));
        assertThat(cookie(enter(elsewhere, state, "/user/ada/"), Passes.COOKIE)).isEmpty();
        assertThat(cookie(enter(ticket(""), "", "/user/ada/"), Passes.COOKIE)).isEmpty();
        assertThat(proxy.routes.passes().count()).isZero();
        var good = ticket(state);
        assertThat(cookie(enter(good, state, "/user/ada/"), Passes.COOKIE)).isNotEmpty();
        assertThat(cookie(enter(good, state, "/user/ada/"), Passes.COOKIE)).isEmpty();
    }

    @Test
    @SecurityStatement(36)
    void a_web_socket_needs_a_pass_and_a_page_of_the_same_host() throws IOException {
        serve(true);
        var pass = pass();
        try (var browser = proxy.browser()) {
            browser.get("/user/ada/ws", socket(shown(pass), "Origin: https://evil.example"));
            assertThat(browser.head().status()).isEqualTo(403);
        }
        try (var browser = proxy.browser()) {
            browser.get("/user/ada/ws", socket(shown(pass), "Origin: http://hub.example"));
            assertThat(browser.head().status()).isEqualTo(101);
            assertThat(browser.send("hello").text(5)).isEqualTo("hello");
        }
        assertThat(server.heads).hasSize(1);
        assertThat(server.last().target()).isEqualTo("/ws");
        assertThat(server.last().value("x-forwarded-user")).isEqualTo("ada");
    }

    @Test
    @SecurityStatement(42)
    void who_may_not_any_more_is_out_at_the_next_look_and_so_is_what_they_have_open()
            throws IOException {
        serve(true);
        var pass = pass();
        try (var browser = proxy.browser()) {
            browser.get("/user/ada/ws", socket(shown(pass), "Origin: http://hub.example"));
            assertThat(browser.head().status()).isEqualTo(101);
            assertThat(proxy.routes.passes().recheck()).isZero();

            allowed.set(false);

            assertThat(proxy.routes.passes().recheck()).isOne();
            assertThat(browser.closesWithoutMore()).isTrue();
        }
        int seen = server.heads.size();
        assertThat(proxy.get("/user/ada/x", shown(pass)).status()).isEqualTo(302);
        assertThat(server.heads).hasSize(seen);
    }

    @Test
    void a_pass_ends_with_its_server() throws IOException {
        serve(true);
        var pass = pass();
        proxy.routes.remove("/user/ada/");
        proxy.routes.put(
                new Route(
                        "/user/ada/",
                        "127.0.0.1",
                        server.port(),
                        Map.of(),
                        new Guard("/hub/pass/ada", "/user/ada/", true)));

        assertThat(proxy.get("/user/ada/x", shown(pass)).status()).isEqualTo(302);
        assertThat(server.heads).isEmpty();
    }

    private static String[] socket(String... more) {
        var all = new ArrayList<>(List.of(SOCKET));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
