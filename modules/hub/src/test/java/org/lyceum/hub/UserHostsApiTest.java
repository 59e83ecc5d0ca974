package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.community.Community;
import org.lyceum.community.HostsConfig;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Origin;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.ServersConfig;

/** Goal: with hosts for users (contract §1.8), hub and servers are strangers to a browser. */
class UserHostsApiTest {

    private static final String HUB = "jh.test:8000";
    private static final String ADA = "ada.jh.test:8000";

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private User ada;
    private Client browser;

    @BeforeEach
    void begin() {
        open("http://" + HUB);
    }

    private void open(String url) {
        var hosts = new HostsConfig(Origin.parse(url), true);
        scenario = new HubScenario(temp, "/", ServersConfig.defaults(), hosts);
        scenario.routes.keepApart(scenario.communities.hosts()::apart);
        ada = scenario.identity.users().findByName("ada").orElseGet(() -> scenario.user("ada"));
        browser = scenario.signedInAt(HUB, "http", ada, scenario.community);
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    private static String location(Response response) {
        assertThat(response.status()).isEqualTo(302);
        return response.header("Location").orElseThrow();
    }

    @Test
    @ContractRow(6)
    @SecurityStatement(34)
    void a_server_is_routed_at_its_users_host_and_nowhere_else() {
        scenario.start(ada);

        assertThat(scenario.routes.match("ada.jh.test", "/user/ada/lab")).isPresent();
        assertThat(scenario.routes.match("jh.test", "/user/ada/lab")).isEmpty();
        assertThat(scenario.routes.match("eve.jh.test", "/user/ada/lab")).isEmpty();
        assertThat(scenario.routes.match("", "/user/ada/lab")).isEmpty();
    }

    @Test
    @ContractRow(54)
    void the_hubs_host_leads_on_to_the_users() {
        scenario.start(ada);

        assertThat(location(browser.get("/user/ada/lab?x=1"))).isEqualTo("/hub/user/ada/lab?x=1");
        assertThat(location(browser.get("/hub/user/ada/lab?x=1")))
                .isEqualTo("http://ada.jh.test:8000/user/ada/lab?x=1&redirects=1");
        assertThat(location(browser.get("/hub/spawn"))).isEqualTo("http://" + ADA + "/user/ada/");
        assertThat(HubScenario.text(browser.get("/hub/home")))
                .contains("href=\"http://" + ADA + "/user/ada/\"");
    }

    @Test
    @ContractRow({62, 74})
    void models_and_the_progress_stream_say_the_whole_url() {
        scenario.start(ada);
        var client = scenario.client(scenario.token(ada)).at(HUB);

        var model = HubScenario.json(client.get("/hub/api/users/ada"));
        assertThat(model.path("server").asText()).isEqualTo("http://" + ADA + "/user/ada/");
        assertThat(model.path("servers").path("").path("url").asText())
                .isEqualTo("http://" + ADA + "/user/ada/");
        assertThat(model.path("servers").path("").path("progress_url").asText())
                .isEqualTo("/hub/api/users/ada/server/progress");
    }

    @Test
    @ContractRow({47, 50})
    void a_users_host_leads_people_to_the_hub_when_no_server_answers() {
        browser.at(ADA);

        assertThat(location(browser.get("/user/ada/lab?x=1")))
                .isEqualTo("http://" + HUB + "/hub/user/ada/lab?x=1");
        assertThat(location(browser.get("/"))).isEqualTo("http://" + HUB + "/");
        assertThat(location(browser.get("/tree"))).isEqualTo("http://" + HUB + "/hub/tree");
        assertThat(location(browser.get("/hub/home"))).isEqualTo("http://" + HUB + "/hub/home");
    }

    @Test
    @SecurityStatement(34)
    @ContractRow(48)
    void a_users_host_serves_nothing_of_the_hub_to_scripts() {
        browser.at(ADA);

        for (var path : new String[] {"/hub/api", "/hub/login", "/api/admin/v1/me", "/panel/"}) {
            var fetched = browser.get(path, "Sec-Fetch-Mode", "cors");
            assertThat(location(fetched)).as(path).startsWith("http://" + HUB + "/");
            assertThat(fetched.header("Access-Control-Allow-Origin")).as(path).isEmpty();
            assertThat(browser.post(path, "{}").status()).as(path).isEqualTo(404);
        }
        assertThat(location(browser.get("/sso/enter?to=1"))).startsWith("http://" + HUB + "/");
        var gone = browser.get("/user/ada/api/kernels", "Accept", "application/json");
        assertThat(gone.status()).isEqualTo(424);
        assertThat(HubScenario.text(gone)).contains("http://" + HUB + "/hub/spawn");
        assertThat(browser.post("/user/ada/api/kernels", "{}").status()).isEqualTo(424);
    }

    @Test
    @SecurityStatement({33, 34})
    void the_hubs_proof_stays_on_the_hubs_host_and_the_session_id_goes_along() {
        var id = browser.cookie("jupyterhub-session-id");
        assertThat(browser.cookie("jupyterhub-hub-login")).isNotEmpty();

        browser.at(ADA);

        assertThat(browser.cookie("jupyterhub-session-id")).isEqualTo(id).isNotEmpty();
        for (var name : new String[] {"jupyterhub-hub-login", "lyceum-session", "_xsrf"}) {
            assertThat(browser.cookie(name)).as(name).isEmpty();
        }
        browser.at(HUB).get("/hub/logout");
        assertThat(browser.at(ADA).cookie("jupyterhub-session-id")).isEmpty();
    }

    @Test
    @SecurityStatement({34, 35})
    void over_https_no_other_host_can_set_the_hubs_cookies() {
        scenario.close();
        open("https://" + HUB);
        var secure = scenario.signedInAt(HUB, "https", ada, scenario.community);

        assertThat(secure.cookie("jupyterhub-hub-login")).isEmpty();
        assertThat(secure.cookie("lyceum-session")).isEmpty();
        assertThat(secure.cookie("__Host-jupyterhub-hub-login", "/hub/")).isNotEmpty();
        assertThat(secure.cookie("__Host-lyceum-session", "/sso/")).isNotEmpty();
        assertThat(secure.get("/hub/home").status()).isEqualTo(200);
        var thief = scenario.client().at(HUB).over("https");
        thief.set("jupyterhub-hub-login", secure.cookie("__Host-jupyterhub-hub-login"), "/hub/");
        assertThat(thief.get("/hub/home").status()).isEqualTo(302);
    }

    @Test
    void each_hub_of_one_host_has_its_own_cookie_there() {
        scenario.close();
        open("https://" + HUB);
        var maths = scenario.community("maths");
        scenario.join(ada, maths);
        var secure = scenario.signedInAt(HUB, "https", ada, scenario.community);

        var asked = location(secure.get("/maths/hub/login"));
        assertThat(location(secure.get(asked))).isEqualTo("/maths/hub/home");

        assertThat(secure.get("/maths/hub/home").status()).isEqualTo(200);
        assertThat(secure.get("/hub/home").status()).isEqualTo(200);
        assertThat(secure.cookie("__Host-jupyterhub-hub-login-c" + maths.id())).isNotEmpty();
    }

    @Test
    @ContractRow({17, 22})
    void the_way_to_a_server_passes_the_hub_and_comes_back_to_its_host_only() {
        scenario.start(ada);
        var callback = "http%3A%2F%2Fada.jh.test%3A8000%2Fuser%2Fada%2Foauth_callback";
        var ask = "/hub/api/oauth2/authorize?response_type=code&client_id=jupyterhub-user-ada";

        assertThat(location(browser.get(ask + "&redirect_uri=" + callback)))
                .startsWith("http://ada.jh.test:8000/user/ada/oauth_callback?code=");
        var path = "%2Fuser%2Fada%2Foauth_callback";
        assertThat(browser.get(ask + "&redirect_uri=" + path).status()).isEqualTo(400);
        var other = callback.replace("ada.jh", "eve.jh");
        assertThat(browser.get(ask + "&redirect_uri=" + other).status()).isEqualTo(400);
    }

    @Test
    @ContractRow(80)
    void routes_are_listed_with_their_host() {
        scenario.start(ada);
        var root = scenario.client(scenario.token(scenario.admin("root"))).at(HUB);

        assertThat(HubScenario.json(root.get("/hub/api/proxy")).has("ada.jh.test/user/ada/"))
                .isTrue();
    }

    @Test
    void communities_share_the_domain_and_no_host() {
        Community maths = scenario.community("maths");
        scenario.join(ada, maths);
        scenario.start(ada, maths);

        var host = "ada--c" + maths.id() + ".jh.test";
        assertThat(scenario.routes.match(host, "/maths/user/ada/lab")).isPresent();
        assertThat(scenario.routes.match("ada.jh.test", "/maths/user/ada/lab")).isEmpty();
        assertThat(location(browser.at(host + ":8000").get("/maths/user/ada/lab")))
                .isEqualTo("http://" + HUB + "/maths/hub/user/ada/lab");
    }

    @Test
    void containers_reach_the_api_by_any_name() {
        var client =
                scenario.client(scenario.token(ada)).at("ada.jh.test").from(Listener.CONTAINERS);

        assertThat(client.get("/hub/api/user").status()).isEqualTo(200);
    }
}
