package org.lyceum.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Goal: whoever comes to a frozen server wakes it and loses nothing; a page that is only open does
 * not wake it. Method: raw sockets; whether the server is frozen is what the test says.
 */
@Timeout(60)
class FrostTest {

    private static final String PREFIX = "/user/alice/";
    private static final String KERNELS = PREFIX + "api/kernels";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final AtomicInteger woken = new AtomicInteger();
    private final ProxyUnderTest proxy = open(new ProxyUnderTest(config(4)));

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

    private static ProxyConfig config(int waiting) {
        var usual = ProxyConfig.defaults();
        return new ProxyConfig(
                Duration.ofSeconds(2),
                usual.connectionsPerTarget(),
                waiting,
                usual.tunnelsPerTarget(),
                usual.keepAlive(),
                usual.hubCookies(),
                usual.reservedCookies(),
                usual.trustedProxies());
    }

    private FakeServer alice(FakeServer server) {
        proxy.route(PREFIX, open(server));
        return server;
    }

    /** Answers with the number of the request, so that an answer given again is seen. */
    private FakeServer counting() throws IOException {
        var asked = new AtomicInteger();
        return alice(
                new FakeServer(
                        (wire, server) -> {
                            for (var head = server.head(wire);
                                    head != null;
                                    head = server.head(wire)) {
                                wire.body(head);
                                var body = "answer " + asked.incrementAndGet();
                                wire.send(
                                        "HTTP/1.1 200 OK\r\nContent-Length: "
                                                + body.length()
                                                + "\r\n\r\n"
                                                + body);
                            }
                        }));
    }

    private boolean freeze() {
        return proxy.routes.freeze(PREFIX, proxy.clock.instant(), woken::incrementAndGet);
    }

    /** The proxy is done with a request a moment after its answer has arrived here. */
    private void freezeAndThawWhenAsked() {
        Runnable wake =
                () -> {
                    woken.incrementAndGet();
                    proxy.routes.thaw(PREFIX);
                };
        ProxyUnderTest.eventually(
                "it may be frozen", () -> proxy.routes.freeze(PREFIX, proxy.clock.instant(), wake));
    }

    @Test
    void requests_of_every_kind_wait_wake_the_server_once_and_go_on() throws IOException {
        var server = alice(FakeServer.ok());
        assertThat(freeze()).isTrue();
        var get = open(proxy.browser()).get(PREFIX + "lab");
        var post =
                open(proxy.browser())
                        .ask("POST", PREFIX + "api/x", "Content-Length: 5")
                        .send("hello");
        ProxyUnderTest.eventually("somebody wakes it", () -> woken.get() == 1);
        assertThat(server.heads).as("nothing has reached it").isEmpty();

        proxy.routes.thaw(PREFIX);

        assertThat(get.head().status()).isEqualTo(200);
        assertThat(post.head().status()).isEqualTo(200);
        assertThat(woken).hasValue(1);
        assertThat(proxy.routes.frozen(PREFIX)).isFalse();
    }

    @Test
    void a_websocket_stays_open_and_what_is_typed_wakes_the_server() throws Exception {
        alice(
                new FakeServer(
                        (wire, server) -> {
                            server.head(wire);
                            wire.send(
                                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                            + "Connection: Upgrade\r\n\r\n");
                            wire.in().transferTo(wire.out());
                        }));
        var browser =
                open(proxy.browser())
                        .get(KERNELS + "/1/channels", "Upgrade: websocket", "Connection: Upgrade");
        assertThat(browser.head().status()).isEqualTo(101);
        var ping = new byte[] {(byte) 0x89, (byte) 0x80, 1, 2, 3, 4};
        ProxyUnderTest.eventually("the handshake is over", this::freeze);

        assertThat(browser.send(ping).octets(ping.length)).isEqualTo(ping);
        assertThat(woken).as("a ping is nobody").hasValue(0);

        var typed = new byte[] {(byte) 0x81, (byte) 0x81, 1, 2, 3, 4, 'x'};
        assertThat(browser.send(typed).octets(typed.length)).isEqualTo(typed);
        assertThat(woken).hasValue(1);
    }

    @Test
    void a_page_that_asks_again_is_told_the_same_and_the_server_sleeps_on() throws IOException {
        counting();
        freezeAndThawWhenAsked();
        assertThat(ask("Cookie: a=1")).isEqualTo("answer 1");
        assertThat(woken).as("it has said nothing yet").hasValue(1);

        assertThat(freeze()).isTrue();
        for (int times = 0; times < 10; times++) {
            assertThat(proxy.get(KERNELS + "?" + times, "Cookie: a=1").body())
                    .isEqualTo("answer 1");
        }
        assertThat(woken).hasValue(1);
        assertThat(proxy.activity.uses()).isEmpty();
        assertThat(proxy.activity.snapshot()).containsOnlyKeys(PREFIX);
    }

    @Test
    void nobody_is_told_what_another_was_told() throws IOException {
        counting();
        freezeAndThawWhenAsked();
        assertThat(ask("Cookie: a=1")).isEqualTo("answer 1");

        for (var other : List.of("Cookie: a=2", "Authorization: token t", "X: none")) {
            freezeAndThawWhenAsked();
            int before = woken.get();
            assertThat(ask(other)).isNotEqualTo("answer 1");
            assertThat(woken).as("%s was asked of the server", other).hasValue(before + 1);
        }
    }

    @Test
    void after_five_minutes_or_when_there_is_something_new_the_server_is_asked_again()
            throws IOException {
        counting();
        freezeAndThawWhenAsked();
        assertThat(ask("Cookie: a=1")).isEqualTo("answer 1");
        freezeAndThawWhenAsked();
        assertThat(ask("Cookie: a=1")).isEqualTo("answer 1");

        proxy.clock.now = proxy.clock.now.plus(Duration.ofMinutes(5));
        assertThat(ask("Cookie: a=1")).isEqualTo("answer 2");
        freezeAndThawWhenAsked();
        assertThat(ask("Cookie: a=1")).isEqualTo("answer 2");

        proxy.routes.forgetAnswers(PREFIX);
        assertThat(ask("Cookie: a=1")).isEqualTo("answer 3");
    }

    @Test
    void what_sets_a_cookie_is_large_or_has_failed_is_not_told_again() throws IOException {
        for (var answer :
                List.of(
                        "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nContent-Length: 1\r\n\r\nx",
                        "HTTP/1.1 403 No\r\nContent-Length: 1\r\n\r\nx",
                        "HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n" + "x".repeat(40_000))) {
            proxy.routes.remove(PREFIX);
            alice(FakeServer.answering(answer));
            freezeAndThawWhenAsked();
            ask("Cookie: a=1");
            int before = woken.get();
            freezeAndThawWhenAsked();
            ask("Cookie: a=1");
            assertThat(woken).as(answer.substring(0, 30)).hasValue(before + 1);
        }
    }

    @Test
    void that_nothing_has_changed_is_told_again_to_who_knows_the_same() throws IOException {
        alice(FakeServer.answering("HTTP/1.1 304 Not Modified\r\nEtag: \"1\"\r\n\r\n"));
        freezeAndThawWhenAsked();
        assertThat(proxy.get(KERNELS, "If-None-Match: \"1\"").status()).isEqualTo(304);
        freezeAndThawWhenAsked();
        var again = proxy.get(KERNELS, "If-None-Match: \"1\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.head().value("etag")).isEqualTo("\"1\"");
        assertThat(woken).hasValue(1);

        proxy.get(KERNELS, "If-None-Match: \"0\"");
        assertThat(woken).as("who knows something older").hasValue(2);
    }

    @Test
    void use_makes_the_server_be_asked_itself() throws IOException {
        counting();
        freezeAndThawWhenAsked();
        assertThat(ask("Cookie: a=1")).isEqualTo("answer 1");
        assertThat(proxy.get(PREFIX + "lab").body()).isEqualTo("answer 2");
        ProxyUnderTest.eventually("used", () -> !proxy.activity.uses().isEmpty());

        freezeAndThawWhenAsked();
        assertThat(ask("Cookie: a=1")).isEqualTo("answer 3");
    }

    @Test
    void a_request_under_way_is_work_and_keeps_its_server_from_being_frozen() throws Exception {
        var go = new CountDownLatch(1);
        var server =
                alice(
                        new FakeServer(
                                (wire, all) -> {
                                    all.head(wire);
                                    assertThat(go.await(20, java.util.concurrent.TimeUnit.SECONDS))
                                            .isTrue();
                                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                                    all.head(wire);
                                }));
        var slow = open(proxy.browser()).get(PREFIX + "computes");
        ProxyUnderTest.eventually("it is asked", () -> !server.heads.isEmpty());
        proxy.clock.now = proxy.clock.now.plus(Duration.ofHours(1));

        assertThat(freeze()).isFalse();
        assertThat(proxy.activity.uses()).containsEntry(PREFIX, proxy.clock.instant());

        go.countDown();
        assertThat(slow.head().status()).isEqualTo(200);
        ProxyUnderTest.eventually("it may be frozen", this::freeze);
    }

    @Test
    void who_used_it_a_moment_ago_is_not_frozen_away() throws IOException {
        alice(FakeServer.ok());
        var before = proxy.clock.instant();
        proxy.clock.now = before.plusSeconds(1);
        proxy.get(PREFIX + "lab");
        ProxyUnderTest.eventually("used", () -> !proxy.activity.uses().isEmpty());

        assertThat(proxy.routes.freeze(PREFIX, before, woken::incrementAndGet)).isFalse();
        assertThat(proxy.routes.freeze("/user/nobody/", Instant.MIN, () -> {})).isFalse();
    }

    @Test
    void who_waits_in_vain_is_told_so_and_the_next_one_tries_again() throws IOException {
        alice(FakeServer.ok());
        freeze();
        var refused = open(proxy.browser()).get(PREFIX + "lab");
        ProxyUnderTest.eventually("tried", () -> woken.get() == 1);
        proxy.routes.stayFrozen(PREFIX);
        assertThat(refused.head().status()).isEqualTo(503);

        assertThat(proxy.get(PREFIX + "lab").status()).as("after 2 s").isEqualTo(503);
        assertThat(woken).hasValue(2);
    }

    @Test
    void no_more_wait_than_may_and_those_who_leave_make_room() throws Exception {
        alice(FakeServer.ok());
        freeze();
        var waiting = new ArrayList<Wire>();
        for (int i = 0; i < 4; i++) {
            waiting.add(open(proxy.browser()).get(PREFIX + "lab"));
        }
        ProxyUnderTest.eventually("tried", () -> woken.get() == 1);
        ProxyUnderTest.eventually("all wait", () -> waitingAre(4));
        assertThat(proxy.get(PREFIX + "lab").status()).as("at once").isEqualTo(503);
        for (var one : waiting.subList(0, 3)) {
            one.close();
        }
        ProxyUnderTest.eventually("three have left", () -> waitingAre(1));
        var late = open(proxy.browser()).get(PREFIX + "lab");
        ProxyUnderTest.eventually("one has come", () -> waitingAre(2));
        proxy.routes.thaw(PREFIX);
        assertThat(late.head().status()).isEqualTo(200);
        assertThat(waiting.getLast().head().status()).isEqualTo(200);
    }

    @Test
    void a_route_that_goes_lets_nobody_wait() throws IOException {
        alice(FakeServer.ok());
        freeze();
        var waiting = open(proxy.browser()).get(PREFIX + "lab");
        ProxyUnderTest.eventually("tried", () -> woken.get() == 1);

        proxy.routes.remove(PREFIX);

        assertThat(waiting.head().status()).isEqualTo(503);
    }

    private boolean waitingAre(int count) {
        var frost = proxy.routes.find("", PREFIX).frost;
        return frost != null && frost.waiting() == count;
    }

    private String ask(String header) throws IOException {
        return proxy.get(KERNELS, header).body();
    }
}
