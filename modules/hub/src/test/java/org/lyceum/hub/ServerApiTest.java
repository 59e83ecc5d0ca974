package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.User;
import org.lyceum.platform.http.EventSource;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.TempDatabase;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Goal: servers over the REST API, and where visitors end up (contract §1.5, §4.6, §4.7, §6.5). */
class ServerApiTest {

    private static final String SERVER = "/hub/api/users/ada/server";

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private User ada;
    private Client client;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        ada = scenario.user("ada");
        client = scenario.client(scenario.token(ada));
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    @Test
    @ContractRow({1, 62, 63})
    void a_server_starts_and_then_runs_already() {
        var first = client.post(SERVER, "");
        var second = client.post(SERVER, "");
        var user = HubScenario.json(client.get("/hub/api/users/ada"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(HubScenario.text(first)).isEmpty();
        assertThat(first.header("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(second.status()).isEqualTo(400);
        assertThat(message(second)).isEqualTo("ada is already running");
        assertThat(user.get("server").asText()).isEqualTo("/user/ada/");
        var server = user.get("servers").get("");
        assertThat(keys(server))
                .containsExactlyInAnyOrder(
                        "name",
                        "full_name",
                        "last_activity",
                        "started",
                        "pending",
                        "ready",
                        "stopped",
                        "url",
                        "user_options",
                        "progress_url",
                        "full_url",
                        "full_progress_url");
        assertThat(server.get("ready").asBoolean()).isTrue();
        assertThat(server.get("stopped").asBoolean()).isFalse();
        assertThat(server.get("full_name").asText()).isEqualTo("ada/");
        assertThat(server.get("progress_url").asText())
                .isEqualTo("/hub/api/users/ada/server/progress");
    }

    @Test
    @ContractRow({63, 4, 49})
    void while_a_server_starts_it_is_pending_and_the_rest_goes_on() {
        scenario.holdServers();
        var browser = scenario.signedIn(ada);
        browser.get("/hub/spawn");

        var again = client.post(SERVER, "");
        var activity =
                client.post(
                        "/hub/api/users/ada/activity",
                        "{\"servers\": {\"\": {\"last_activity\": \"2026-03-01T08:00:00.5Z\"}}}");
        var server = HubScenario.json(client.get("/hub/api/users/ada")).get("servers").get("");
        var visit = browser.get("/hub/user/ada/lab?a=b", "Accept", "text/html");
        var page = browser.get(visit.header("Location").orElseThrow());

        assertThat(again.status()).isEqualTo(202);
        assertThat(activity.status()).isEqualTo(200);
        assertThat(server.get("pending").asText()).isEqualTo("spawn");
        assertThat(server.get("ready").asBoolean()).isFalse();
        assertThat(visit.status()).isEqualTo(303);
        assertThat(visit.header("Location"))
                .contains("/hub/spawn-pending/ada?next=%2Fhub%2Fuser%2Fada%2Flab%3Fa%3Db");
        assertThat(page.status()).isEqualTo(200);
        assertThat(HubScenario.text(page))
                .contains("Your server is starting", "data-progress-url=");
    }

    @Test
    @ContractRow(93)
    void starts_and_requests_are_counted_under_jupyterhubs_names() {
        var metrics = scenario.client(scenario.token(scenario.admin("root")));
        client.post(SERVER, "");
        client.get(SERVER + "/progress");

        Eventually.holds(
                "the start is counted",
                () ->
                        HubScenario.text(metrics.get("/hub/metrics"))
                                .contains(
                                        "jupyterhub_server_spawn_duration_seconds_count"
                                                + "{status=\"success\",community=\"default\"} 1"));
        assertThat(HubScenario.text(metrics.get("/hub/metrics")))
                .contains("jupyterhub_running_servers{community=\"default\"} 1")
                .contains("handler=\"jupyterhub.apihandlers.users.SpawnProgressAPIHandler\"");
    }

    @Test
    @ContractRow(64)
    void a_server_stops_and_stays_stopped() {
        client.post(SERVER, "");
        assertThat(scenario.routes.all()).hasSize(1);

        var first = client.delete(SERVER);
        var second = client.delete(SERVER);

        assertThat(first.status()).isEqualTo(204);
        assertThat(second.status()).isEqualTo(204);
        assertThat(scenario.routes.all()).isEmpty();
        assertThat(HubScenario.json(client.get("/hub/api/users/ada")).get("servers")).isEmpty();
    }

    @Test
    @ContractRow({65, 66})
    void named_servers_come_and_go() {
        var named = "/hub/api/users/ada/servers/my%20srv";

        assertThat(client.post(named, "{\"a\": 1}").status()).isEqualTo(201);
        var server =
                HubScenario.json(client.get("/hub/api/users/ada")).get("servers").get("my srv");
        assertThat(server.get("url").asText()).isEqualTo("/user/ada/my%20srv/");
        assertThat(server.get("user_options").toString()).isEqualTo("{\"a\":1}");
        assertThat(message(client.post(named, ""))).isEqualTo("ada:my srv is already running");
        assertThat(client.delete(named).status()).isEqualTo(204);
        assertThat(stopped()).contains("my srv");
        assertThat(client.send("DELETE", named, "{\"remove\": true}").status()).isEqualTo(204);
        assertThat(stopped()).doesNotContain("my srv");
        assertThat(client.delete(named).status()).isEqualTo(404);
        assertThat(message(client.delete(named))).isEqualTo("ada has no server named 'my srv'");
        assertThat(client.send("DELETE", SERVER, "{\"remove\": true}").status()).isEqualTo(400);
        assertThat(client.get(SERVER).status()).isEqualTo(405);
    }

    @Test
    @ContractRow(67)
    void a_start_can_be_cancelled() {
        scenario.holdServers();
        scenario.signedIn(ada).get("/hub/spawn");

        assertThat(client.delete(SERVER).status()).isEqualTo(204);
        assertThat(scenario.routes.all()).isEmpty();
        assertThat(HubScenario.json(client.get("/hub/api/users/ada")).get("servers")).isEmpty();
    }

    @Test
    @ContractRow({46, 74})
    void progress_is_told_to_the_end() throws InterruptedException {
        scenario.holdServers();
        var browser = scenario.signedIn(ada);
        browser.get("/hub/spawn");
        var url = SERVER + "/progress?_xsrf=" + browser.xsrf();

        var stream = browser.get(url, "Sec-Fetch-Mode", "cors");
        scenario.letServersAnswer();
        var events = events(stream);
        var late = events(browser.get(url));

        assertThat(stream.header("Content-Type")).contains("text/event-stream");
        assertThat(events.getFirst().get("message").asText()).isEqualTo("Server requested");
        assertThat(events.getLast().get("ready").asBoolean()).isTrue();
        assertThat(events.getLast().get("url").asText()).isEqualTo("/user/ada/");
        assertThat(events.getLast().get("html_message").asText())
                .isEqualTo("Server ready at <a href=\"/user/ada/\">/user/ada/</a>");
        assertThat(late).hasSize(1);
        client.delete(SERVER);
        var idle = client.get(SERVER + "/progress");
        assertThat(idle.status()).isEqualTo(400);
        assertThat(message(idle)).isEqualTo("ada is not starting...");
        assertThat(client.get("/hub/api/users/ada/servers/no/progress").status()).isEqualTo(404);
    }

    @Test
    void a_start_that_fails_says_why_and_offers_another() throws InterruptedException {
        scenario.engine.fail(
                Problem.of(Problem.Kind.UNAVAILABLE, "docker.down", "Docker does not answer."));
        var browser = scenario.signedIn(ada);

        var answer = browser.get("/hub/spawn?next=%2Fuser%2Fada%2Flab");

        assertThat(answer.status()).isIn(302, 503);
        if (answer.status() == 302) { // it failed after it had begun
            var pending = browser.get("/hub/spawn-pending/ada?next=%2Fuser%2Fada%2Flab");
            assertThat(pending.status()).isEqualTo(500);
            assertThat(HubScenario.text(pending))
                    .contains("Start again", "next=%2Fuser%2Fada%2Flab");
        } else {
            assertThat(HubScenario.text(answer)).contains("Docker does not answer.");
        }
        scenario.engine.fail(null);
        assertThat(client.post(SERVER, "").status()).isEqualTo(201);
    }

    @Test
    @ContractRow(47)
    void a_stopped_server_is_424_with_a_way_to_start_it() {
        var browser = scenario.signedIn(ada);

        var outside = browser.get("/user/ada/lab?x=1");
        var inside = browser.get("/hub/user/ada/lab?x=1", "Accept", "text/html,*/*;q=0.8");

        assertThat(outside.status()).isEqualTo(302);
        assertThat(outside.header("Location")).contains("/hub/user/ada/lab?x=1");
        assertThat(inside.status()).isEqualTo(424);
        assertThat(inside.header("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(HubScenario.text(inside))
                .contains("/hub/spawn/ada?next=%2Fhub%2Fuser%2Fada%2Flab%3Fx%3D1");
        assertThat(scenario.servers.queries().active()).isEmpty();
    }

    @Test
    @ContractRow({48, 52})
    void a_program_gets_424_as_json() {
        var browser = scenario.signedIn(ada);

        var polled = browser.get("/hub/user/ada/api/status", "Sec-Fetch-Mode", "cors");
        var asked = browser.get("/hub/user/ada/x", "Accept", "application/json");
        var posted = scenario.client().post("/hub/user/ada/api/kernels", "");

        for (var answer : List.of(polled, asked, posted)) {
            assertThat(answer.status()).isEqualTo(424);
            assertThat(message(answer))
                    .startsWith("JupyterHub server no longer running at /user/ada/");
        }
        assertThat(message(polled))
                .isEqualTo(
                        "JupyterHub server no longer running at /user/ada/api/status. Restart the"
                                + " server at http://own.host:8000/hub/spawn/ada");
        assertThat(scenario.client().get("/hub/user/ada/api/status").status()).isEqualTo(302);
    }

    @Test
    @ContractRow(53)
    void other_peoples_servers_are_not_found() {
        var bob = scenario.signedIn(scenario.user("bob"));

        var there = bob.get("/hub/user/ada/");
        var nowhere = bob.get("/hub/user/nobody/");

        assertThat(there.status()).isEqualTo(404);
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(bob.get("/hub/spawn/ada").status()).isEqualTo(404);
        assertThat(bob.get("/hub/spawn-pending/ada").status()).isEqualTo(404);
    }

    @Test
    @ContractRow(54)
    void a_ready_server_is_tried_again_a_few_times() {
        client.post(SERVER, "");
        var browser = scenario.signedIn(ada);

        var first = browser.get("/hub/user/ada/x?a=%20");
        var third = browser.get("/hub/user/ada/x?a=%20&redirects=2");

        assertThat(first.header("Location")).contains("/user/ada/x?a=%20&redirects=1");
        assertThat(third.header("Location")).contains("/user/ada/x?a=%20&redirects=3");
        assertThatThrownBy(() -> browser.get("/hub/user/ada/x?redirects=3"))
                .hasMessageContaining("redirect loop");
    }

    @Test
    @ContractRow({58, 92})
    void a_link_for_everybody_leads_to_ones_own_server() {
        var browser = scenario.signedIn(ada);

        var lab = browser.get("/hub/user-redirect/lab/tree/a?b=1&b=2&c=");
        var pull =
                browser.get(
                        "/hub/user-redirect/git-pull?repo=file%3A%2F%2Fx%2Fr&urlpath=lab%2Ftree%2Fr%20s");
        var ours =
                browser.get(
                        "/hub/user-redirect/git-pull?repo=https%3A%2F%2Fx%2Fr&urlpath=lab%2Ftree%2Fr%20s");

        assertThat(lab.status()).isEqualTo(302);
        assertThat(lab.header("Location"))
                .contains("/hub/spawn/ada?next=%2Fuser%2Fada%2Flab%2Ftree%2Fa%3Fb%3D1%26b%3D2");
        assertThat(pull.header("Location").orElseThrow())
                .contains(
                        "git-pull%3Frepo%3Dfile%253A%252F%252Fx%252Fr%26urlpath%3Dlab%252Ftree%252Fr%2Bs");
        assertThat(ours.header("Location").orElseThrow())
                .as("what the platform can bring, it brings")
                .isEqualTo("/hub/git-pull?repo=https%3A%2F%2Fx%2Fr&urlpath=lab%2Ftree%2Fr%20s");
        assertThat(browser.get("/hub/user-redirect").status()).isEqualTo(404);
    }

    @Test
    void spawn_goes_on_to_next_once_the_server_is_ready() {
        var browser = scenario.signedIn(ada);

        var spawn = browser.get("/hub/spawn?next=%2Fuser%2Fada%2Flab%2Ftree%2Fa");
        Eventually.holds(
                "the server is ready",
                () ->
                        HubScenario.json(client.get("/hub/api/users/ada")).get("servers").has("")
                                && HubScenario.json(client.get("/hub/api/users/ada"))
                                        .get("servers")
                                        .get("")
                                        .get("ready")
                                        .asBoolean());
        var pending = browser.get(spawn.header("Location").orElseThrow());
        var evil = browser.get("/hub/spawn-pending/ada?next=%2F%2Fevil.com");

        assertThat(spawn.status()).isEqualTo(302);
        assertThat(pending.header("Location")).contains("/user/ada/lab/tree/a");
        assertThat(evil.header("Location")).contains("/user/ada/");
    }

    @Test
    void the_home_page_starts_and_stops_with_forms_alone() {
        var browser = scenario.signedIn(ada);
        var home = HubScenario.text(browser.get("/hub/home"));

        var forged = browser.form("/hub/home/start", "server", "");
        var started = browser.form("/hub/home/start", "_xsrf", browser.xsrf(), "server", "");
        var twice = browser.form("/hub/home/start", "_xsrf", browser.xsrf(), "server", "");
        Eventually.holds("the server is ready", () -> !scenario.routes.all().isEmpty());
        var running = HubScenario.text(browser.get("/hub/home"));
        var stopped = browser.form("/hub/home/stop", "_xsrf", browser.xsrf(), "server", "");

        assertThat(home).contains("Start my server", "data-state=\"stopped\"");
        assertThat(forged.status()).isEqualTo(403);
        assertThat(started.status()).isEqualTo(303);
        assertThat(started.header("Location")).contains("/hub/spawn-pending/ada");
        assertThat(twice.status()).isEqualTo(303);
        assertThat(running).contains("data-state=\"ready\"", "Open my server");
        assertThat(stopped.header("Location")).contains("/hub/home");
        Eventually.holds(
                "the server is stopped", () -> scenario.servers.queries().active().isEmpty());
    }

    @Test
    @ContractRow(77)
    void activity_moves_forward_and_what_is_wrong_is_refused() {
        client.post(SERVER, "");
        temp.clock().advance(Duration.ofHours(1));
        var url = "/hub/api/users/ada/activity";
        var later = "{\"servers\": {\"\": {\"last_activity\": \"2026-03-01T08:30:00Z\"}}}";
        var earlier = "{\"servers\": {\"\": {\"last_activity\": \"2026-03-01T08:10:00Z\"}}}";

        assertThat(client.post(url, later).status()).isEqualTo(200);
        assertThat(client.post(url, earlier).status()).isEqualTo(200);
        var server = HubScenario.json(client.get("/hub/api/users/ada")).get("servers").get("");
        assertThat(server.get("last_activity").asText()).isEqualTo("2026-03-01T08:30:00Z");
        assertThat(client.post(url, "{}").status()).isEqualTo(400);
        assertThat(client.post(url, "[]").status()).isEqualTo(400);
        assertThat(message(client.post(url, later.replace("\"\"", "\"x\""))))
                .isEqualTo("No such server 'x' for user ada");
        assertThat(client.post(url, "{\"servers\": {\"\": {}}}").status()).isEqualTo(400);
        assertThat(client.post(url, "{\"last_activity\": \"soon\"}").status()).isEqualTo(400);
        assertThat(client.post(url, "{\"last_activity\": \"2026-03-01T10:01:00Z\"}").status())
                .isEqualTo(400);
    }

    private List<String> stopped() {
        var user = HubScenario.json(client.get("/hub/api/users/ada?include_stopped_servers"));
        return keys(user.get("servers"));
    }

    private static List<JsonNode> events(Response stream) throws InterruptedException {
        var events = new ArrayList<JsonNode>();
        try (var source = ((Response.Body.Events) stream.body()).source()) {
            while (true) {
                switch (source.next(Duration.ofSeconds(30))) {
                    case EventSource.Next.Event(var json) ->
                            events.add(Json.parse(json.getBytes()));
                    case EventSource.Next.Quiet quiet -> throw new AssertionError("no event came");
                    case EventSource.Next.End end -> {
                        return events;
                    }
                }
            }
        }
    }

    private static String message(Response response) {
        return HubScenario.json(response).get("message").asText();
    }

    private static List<String> keys(JsonNode json) {
        var keys = new ArrayList<String>();
        json.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
