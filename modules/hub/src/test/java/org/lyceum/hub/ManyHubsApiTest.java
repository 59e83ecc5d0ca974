package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.community.Community;
import org.lyceum.community.Limits;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.StopReason;

import java.time.Duration;
import java.util.Map;

/** Goal: hubs come, move, pause and go while the platform runs, each for itself. */
class ManyHubsApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private Community maths;
    private User ada;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        maths = scenario.community("maths");
        ada = scenario.user("ada");
        scenario.join(ada, maths);
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    private Server start(String token, String base) {
        var answer = scenario.client(token).post(base + "hub/api/users/ada/server", "");
        assertThat(answer.status()).isEqualTo(201);
        return scenario.servers
                .queries()
                .find(ServerKey.ofDefault(maths.id(), ada.id()))
                .orElseThrow();
    }

    private void rename(String name) {
        var now = scenario.now(maths);
        scenario.communities
                .communities()
                .rename(HubScenario.ACTOR, maths.id(), now.version(), name);
    }

    private void pause(String notice, boolean stopServers) {
        var now = scenario.now(maths);
        scenario.communities
                .communities()
                .pause(HubScenario.ACTOR, maths.id(), now.version(), notice, stopServers);
    }

    @Test
    void a_community_made_while_the_platform_runs_has_its_hub_at_once() {
        var client = scenario.client();
        assertThat(client.get("/physics/hub/api").header("Location"))
                .contains("/hub/physics/hub/api");

        var physics = scenario.community("physics");
        scenario.join(ada, physics);

        assertThat(client.get("/physics/hub/api").status()).isEqualTo(200);
        var token = scenario.token(ada, physics);
        assertThat(scenario.client(token).post("/physics/hub/api/users/ada/server", "").status())
                .isEqualTo(201);
        assertThat(scenario.routes.match("/physics/user/ada/lab")).isPresent();
        assertThat(HubScenario.text(scenario.signedIn(ada, physics).get("/physics/hub/home")))
                .contains("The physics department", "/physics/user/ada/");
    }

    @Test
    @SecurityStatement(43)
    void a_token_of_one_community_is_unknown_in_all_others() {
        var here = scenario.token(ada);
        var there = scenario.token(ada, maths);

        assertThat(scenario.client(here).get("/hub/api/user").status()).isEqualTo(200);
        assertThat(scenario.client(there).get("/maths/hub/api/user").status()).isEqualTo(200);
        assertThat(scenario.client(here).get("/maths/hub/api/user").status()).isEqualTo(403);
        assertThat(scenario.client(there).get("/hub/api/user").status()).isEqualTo(403);
    }

    @Test
    void old_links_lead_on_after_a_rename_and_programs_are_answered() {
        var token = scenario.token(ada, maths);
        rename("numbers");
        var browser = scenario.client();

        assertThat(browser.get("/maths/hub/home?a=b%20c").header("Location"))
                .contains("/numbers/hub/home?a=b%20c");
        assertThat(browser.get("/maths/user/ada/files/a%2Fb").header("Location"))
                .contains("/numbers/user/ada/files/a%2Fb");
        assertThat(browser.get("/maths/hub/api/oauth2/authorize?client_id=x").header("Location"))
                .contains("/numbers/hub/api/oauth2/authorize?client_id=x");
        var form = browser.form("/maths/hub/login", "username", "ada");
        assertThat(form.status()).isEqualTo(307);
        assertThat(form.header("Location")).contains("/numbers/hub/login");
        for (var base : new String[] {"/maths/", "/numbers/"}) {
            var user = scenario.client(token).get(base + "hub/api/users/ada");
            assertThat(user.status()).isEqualTo(200);
            assertThat(user.header("X-JupyterHub-Version")).isPresent();
            assertThat(scenario.client(token).get(base + "hub/api/nothing").status())
                    .isEqualTo(404);
        }
        assertThat(browser.get("/maths/hub/home").header("X-JupyterHub-Version")).isPresent();
    }

    @Test
    void what_runs_under_an_old_name_works_until_its_stop_and_starts_under_the_new_one() {
        var token = scenario.token(ada, maths);
        start(token, "/maths/");
        rename("numbers");
        var browser = scenario.signedIn(ada, maths);
        var user = scenario.client(token).get("/numbers/hub/api/users/ada");

        assertThat(HubScenario.json(user).get("server").asText()).isEqualTo("/maths/user/ada/");
        assertThat(scenario.routes.match("/maths/user/ada/lab")).isPresent();
        assertThat(browser.get("/numbers/hub/user/ada/lab/tree/a%20b?x=1").header("Location"))
                .contains("/maths/user/ada/lab/tree/a%20b?x=1&redirects=1");
        assertThat(browser.get("/numbers/hub/spawn").header("Location"))
                .contains("/maths/user/ada/");
        assertThat(HubScenario.text(browser.get("/numbers/hub/home")))
                .contains("href=\"/maths/user/ada/\"");
        var activity = "{\"servers\":{\"\":{\"last_activity\":\"2026-01-01T00:00:00Z\"}}}";
        assertThat(
                        scenario.client(token)
                                .from(Listener.CONTAINERS)
                                .post("/maths/hub/api/users/ada/activity", activity)
                                .status())
                .isEqualTo(200);

        assertThat(scenario.client(token).delete("/maths/hub/api/users/ada/server").status())
                .isEqualTo(204);
        start(token, "/numbers/");

        assertThat(scenario.routes.match("/numbers/user/ada/lab")).isPresent();
        assertThat(scenario.routes.match("/maths/user/ada/lab")).isEmpty();
    }

    @Test
    void a_server_of_an_old_name_finishes_its_oauth_round() throws Exception {
        scenario.holdServers();
        scenario.servers.spawns().spawn(ada.actor(), key(), Map.of());
        var server = scenario.servers.queries().find(key()).orElseThrow();
        var secret = scenario.secretOf(server);
        scenario.letServersAnswer();
        scenario.servers.spawns().await(server.key(), Duration.ofSeconds(20));
        rename("numbers");
        var browser = scenario.signedIn(ada, maths);
        var asked =
                "hub/api/oauth2/authorize?client_id=jupyterhub-user-ada"
                        + "&redirect_uri=%2Fmaths%2Fuser%2Fada%2Foauth_callback&response_type=code";

        var led = browser.get("/maths/" + asked).header("Location").orElseThrow();
        var granted = browser.get(led).header("Location").orElseThrow();

        assertThat(led).isEqualTo("/numbers/" + asked);
        assertThat(granted).startsWith("/maths/user/ada/oauth_callback?code=");
        var answer =
                scenario.client(secret)
                        .from(Listener.CONTAINERS)
                        .form(
                                "/maths/hub/api/oauth2/token",
                                "client_id",
                                "jupyterhub-user-ada",
                                "client_secret",
                                secret,
                                "grant_type",
                                "authorization_code",
                                "code",
                                granted.substring(granted.indexOf("code=") + 5),
                                "redirect_uri",
                                "/maths/user/ada/oauth_callback");
        assertThat(answer.status()).isEqualTo(200);
        var access = HubScenario.json(answer).get("access_token").asText();
        assertThat(
                        scenario.client(access)
                                .from(Listener.CONTAINERS)
                                .get("/maths/hub/api/user")
                                .status())
                .isEqualTo(200);
    }

    private ServerKey key() {
        return ServerKey.ofDefault(maths.id(), ada.id());
    }

    @Test
    void a_name_given_back_leads_nowhere_but_not_while_servers_run_there() {
        var token = scenario.token(ada, maths);
        start(token, "/maths/");
        rename("numbers");
        var communities = scenario.communities.communities();

        assertThatThrownBy(() -> communities.release(HubScenario.ACTOR, maths.id(), "/maths/"))
                .extracting(problem -> ((Problem) problem).code())
                .isEqualTo("community.address-in-use");
        scenario.client(token).delete("/numbers/hub/api/users/ada/server");
        communities.release(HubScenario.ACTOR, maths.id(), "/maths/");

        assertThat(scenario.client(token).get("/maths/hub/api").header("Location"))
                .contains("/hub/maths/hub/api");
        assertThat(scenario.client(token).get("/numbers/hub/api/user").status()).isEqualTo(200);
    }

    @Test
    void a_paused_community_says_so_and_starts_nothing() {
        var token = scenario.token(ada, maths);
        var browser = scenario.signedIn(ada, maths);
        pause("New disks until noon.", false);

        var page = browser.get("/maths/hub/home");
        assertThat(page.status()).isEqualTo(503);
        assertThat(HubScenario.text(page))
                .contains("The maths department is paused", "New disks until noon.", "Sign out");
        assertThat(scenario.client().get("/maths/hub/spawn").status()).isEqualTo(503);
        for (var path : new String[] {"users", "users/ada", "groups", "info", "proxy"}) {
            var answer = scenario.client(token).get("/maths/hub/api/" + path);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(HubScenario.json(answer).get("message").asText())
                    .contains("is paused", "New disks until noon.");
        }
        assertThat(scenario.client(token).post("/maths/hub/api/users/ada/server", "").status())
                .isEqualTo(503);
        assertThat(scenario.client(scenario.token(ada)).get("/hub/api/user").status())
                .isEqualTo(200);
    }

    @Test
    void what_runs_in_a_paused_community_runs_on_and_finds_its_hub() {
        var token = scenario.token(ada, maths);
        start(token, "/maths/");
        var browser = scenario.signedIn(ada, maths);
        pause("", false);

        assertThat(HubScenario.text(browser.get("/maths/hub/home")))
                .contains("What runs, runs on", "href=\"/maths/user/ada/\"");
        assertThat(scenario.routes.match("/maths/user/ada/lab")).isPresent();
        var server = scenario.client(token).from(Listener.CONTAINERS);
        assertThat(server.get("/maths/hub/api").status()).isEqualTo(200);
        assertThat(server.get("/maths/hub/api/user").status()).isEqualTo(200);
        var activity = "{\"last_activity\":\"2026-01-01T00:00:00Z\"}";
        assertThat(server.post("/maths/hub/api/users/ada/activity", activity).status())
                .isEqualTo(200);
        assertThat(scenario.client().get("/maths/hub/login").status()).isEqualTo(200);

        scenario.communities
                .communities()
                .resume(HubScenario.ACTOR, maths.id(), scenario.now(maths).version());

        assertThat(browser.get("/maths/hub/home").status()).isEqualTo(200);
    }

    @Test
    void a_pause_that_is_to_stop_servers_stops_them_and_says_why() {
        var token = scenario.token(ada, maths);
        start(token, "/maths/");
        pause("", true);

        scenario.servers.stops().await(key(), Duration.ofSeconds(20));

        assertThat(scenario.servers.queries().find(key()).orElseThrow().stopReason())
                .isEqualTo(StopReason.COMMUNITY_PAUSED);
    }

    @Test
    void a_deleted_community_is_as_if_it_had_never_been_and_comes_back_whole() {
        var communities = scenario.communities.communities();
        var token = scenario.token(ada, maths);
        start(token, "/maths/");
        rename("numbers");
        communities.delete(HubScenario.ACTOR, maths.id(), scenario.now(maths).version());
        scenario.servers.stops().await(key(), Duration.ofSeconds(20));

        for (var base : new String[] {"/maths/", "/numbers/"}) {
            assertThat(scenario.client(token).get(base + "hub/api").header("Location"))
                    .contains("/hub" + base + "hub/api");
        }
        assertThat(scenario.routes.all()).isEmpty();

        communities.restore(HubScenario.ACTOR, maths.id(), scenario.now(maths).version());
        communities.resume(HubScenario.ACTOR, maths.id(), scenario.now(maths).version());

        assertThat(scenario.client(token).get("/numbers/hub/api/users/ada").status())
                .isEqualTo(200);
        start(token, "/maths/");
    }

    @Test
    void title_and_limits_change_without_a_new_hub() {
        var surface = scenario.surfaces.all().getFirst();
        var communities = scenario.communities.communities();
        var limits = new Limits(null, null, 0);
        communities.change(HubScenario.ACTOR, maths.id(), 0, "Sums", null, limits);

        assertThat(scenario.surfaces.all().getFirst()).isSameAs(surface);
        assertThat(HubScenario.text(scenario.client().get("/maths/hub/login"))).contains("Sums");
        var token = scenario.token(ada, maths);
        assertThat(scenario.client(token).post("/maths/hub/api/users/ada/servers/x", "").status())
                .isEqualTo(400);
        assertThat(
                        scenario.client(scenario.token(ada))
                                .post("/hub/api/users/ada/servers/x", "")
                                .status())
                .isEqualTo(201);
    }

    @Test
    void each_hub_measures_its_own_community() {
        scenario.user("bob");
        start(scenario.token(ada, maths), "/maths/");
        var root = scenario.admin("root");
        scenario.join(root, maths);

        var here = scenario.client(scenario.token(root)).get("/hub/metrics");
        var there = scenario.client(scenario.token(root, maths)).get("/maths/hub/metrics");

        assertThat(HubScenario.text(here))
                .contains(
                        "jupyterhub_running_servers{community=\"default\"} 0",
                        "jupyterhub_total_users{community=\"default\"} 3");
        assertThat(HubScenario.text(there))
                .contains(
                        "jupyterhub_running_servers{community=\"maths\"} 1",
                        "jupyterhub_total_users{community=\"maths\"} 2");
    }
}
