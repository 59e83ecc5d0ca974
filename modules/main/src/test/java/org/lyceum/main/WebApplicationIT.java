package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.catalog.Audience;
import org.lyceum.catalog.Environment;
import org.lyceum.catalog.Profile;
import org.lyceum.catalog.Size;
import org.lyceum.catalog.WebApplication;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.servers.ServerState;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Goal: an image without Jupyter is started, signed in to, spoken to over HTTP and WebSocket, and
 * out of reach of everybody else, also after the platform was restarted. Method: a real container;
 * the program is a few lines of Python on the distribution's web server, and knows nothing of us.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(300)
class WebApplicationIT {

    private static final Actor SETUP = new Actor.Platform();
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Says what it was asked; sends elsewhere and sets a cookie; echoes with the visitor's name.
     */
    private static final String PROGRAM =
            """
            import os, asyncio, tornado.web as w, tornado.websocket as s
            class Page(w.RequestHandler):
                def get(self):
                    self.write({"path": self.request.path, "headers": dict(self.request.headers)})
            class Echo(s.WebSocketHandler):
                def on_message(self, m):
                    self.write_message(self.request.headers["X-Forwarded-User"] + ": " + m)
            class Go(w.RequestHandler):
                def get(self):
                    self.set_cookie("own", "1")
                    self.redirect(os.environ.get("BASE", "") + "/there")
            async def main():
                w.Application([(".*/ws", Echo), (".*/go", Go), (".*", Page)]).listen(
                    int(os.environ["PORT"]))
                await asyncio.Event().wait()
            asyncio.run(main())
            """;

    private static HubUnderTest hub;

    @BeforeAll
    static void open() {
        hub = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_5");
        hub.user("eve");
        profile("strips", true);
        profile("keeps", false);
    }

    @AfterAll
    static void close() {
        hub.close();
    }

    private static void profile(String name, boolean strips) {
        var image = System.getenv("LYCEUM_TEST_IMAGE_5");
        var made =
                hub.hub()
                        .catalog()
                        .environments()
                        .create(
                                SETUP,
                                hub.community(),
                                new Environment.Draft(
                                        name,
                                        name,
                                        image,
                                        List.of("python3", "-c", PROGRAM),
                                        "",
                                        new WebApplication(9000, "/", strips)));
        Eventually.holds(
                "the program has been tried",
                () ->
                        hub.hub().catalog().catalog().environments(hub.community()).stream()
                                .anyMatch(
                                        each -> each.id() == made.id() && each.imageId() != null));
        hub.hub()
                .catalog()
                .profileEdits()
                .create(
                        SETUP,
                        hub.community(),
                        new Profile.Draft(
                                name,
                                name,
                                "",
                                made.id(),
                                new Size(Bytes.mib(256), 1000),
                                List.of(),
                                Audience.EVERYBODY));
    }

    private static Browser start(String user, String profile) {
        hub.user(user);
        var spawns = hub.hub().servers().spawns();
        spawns.spawn(SETUP, hub.server(user), Map.of("profile", profile));
        var server = spawns.await(hub.server(user), Duration.ofMinutes(1));
        assertThat(server.state())
                .as(String.valueOf(server.failure()))
                .isEqualTo(ServerState.READY);
        return hub.browserOf(user);
    }

    private static JsonNode json(Browser.Page page) {
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        try {
            return JSON.readTree(page.body());
        } catch (IOException e) {
            throw new AssertionError(page.body(), e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"strips", "keeps"})
    @SecurityStatement(32)
    void the_owner_is_signed_in_by_the_way_and_the_program_learns_who_it_is(String kind) {
        var user = "ada-" + kind;
        var browser = start(user, kind);
        var home = "/user/" + user + "/";

        var seen = json(browser.follow(home + "a/b?c=1"));

        assertThat(seen.get("path").asText())
                .isEqualTo(kind.equals("strips") ? "/a/b" : home + "a/b");
        assertThat(seen.at("/headers/X-Forwarded-User").asText()).isEqualTo(user);
        assertThat(seen.get("headers").toString())
                .doesNotContain("lyceum-pass", "jupyterhub-hub-login", "lyceum-session");
        if (kind.equals("strips")) {
            assertThat(browser.follow(home + "go").path()).isEqualTo(home + "there");
            assertThat(browser.cookie("own", home + "x")).isPresent();
            assertThat(browser.cookie("own", "/user/eve/")).isEmpty();
        }
        assertThat(echo(browser, home, hub.origin())).isEqualTo(user + ": hello");
    }

    @Test
    @SecurityStatement(29)
    void nobody_else_gets_through_and_the_platform_keeps_the_gate_over_a_restart() {
        var browser = start("bob", "strips");
        assertThat(browser.follow("/user/bob/").status()).isEqualTo(200);
        var eve = hub.browserOf("eve");
        var stranger = new Browser(hub.origin());

        assertThat(eve.follow("/user/bob/").status()).isEqualTo(404);
        assertThat(stranger.follow("/user/bob/x").path()).startsWith("/hub/login");
        assertThat(stranger.get("/user/bob/x", "Sec-Fetch-Mode", "cors").status()).isEqualTo(403);
        assertRefused(eve, "/user/bob/");
        assertRefused(stranger, "/user/bob/");

        hub.restart();

        assertThat(stranger.get("/user/bob/x", "Sec-Fetch-Mode", "cors").status()).isEqualTo(403);
        assertThat(hub.browserOf("eve").follow("/user/bob/").status()).isEqualTo(404);
        assertThat(json(browser.follow("/user/bob/")).at("/headers/X-Forwarded-User").asText())
                .isEqualTo("bob");
    }

    @Test
    @SecurityStatement(42)
    void who_signs_out_is_out() {
        var browser = start("cleo", "strips");
        assertThat(browser.follow("/user/cleo/").status()).isEqualTo(200);

        browser.get("/hub/logout");

        Eventually.holds(
                "the pass is worth nothing",
                () -> browser.get("/user/cleo/", "Sec-Fetch-Mode", "cors").status() == 403);
    }

    private static void assertRefused(Browser browser, String home) {
        try {
            echo(browser, home, hub.origin());
            throw new AssertionError("a WebSocket was opened");
        } catch (CompletionException refused) {
            assertThat(refused).hasMessageContaining("WebSocketHandshakeException");
        }
    }

    private static String echo(Browser browser, String home, String origin) {
        var heard = new CompletableFuture<String>();
        var socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Cookie", "lyceum-pass=" + pass(browser, home))
                        .header("Origin", origin)
                        .buildAsync(
                                URI.create(origin.replace("http", "ws") + home + "ws"),
                                new WebSocket.Listener() {
                                    @Override
                                    public CompletionStage<?> onText(
                                            WebSocket from, CharSequence text, boolean last) {
                                        heard.complete(text.toString());
                                        return null;
                                    }
                                })
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();
        socket.sendText("hello", true).join();
        var answer = heard.orTimeout(30, TimeUnit.SECONDS).join();
        socket.abort();
        return answer;
    }

    private static String pass(Browser browser, String home) {
        return browser.cookie("lyceum-pass", home + "ws").orElse("none");
    }
}
