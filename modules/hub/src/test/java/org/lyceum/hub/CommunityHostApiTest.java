package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.ServersConfig;

/** Goal: a community with a host of its own has its hub there, and one sign-in still does. */
class CommunityHostApiTest {

    private static final String PLATFORM = "jh.test:8000";
    private static final String MATHS = "maths.test:8000";

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private Community maths;
    private User ada;

    @BeforeEach
    void begin() {
        open(false);
    }

    private void open(boolean userHosts) {
        var hosts = new HostsConfig(Origin.parse("http://" + PLATFORM), userHosts);
        scenario = new HubScenario(temp, "/", ServersConfig.defaults(), hosts);
        scenario.routes.keepApart(scenario.communities.hosts()::apart);
        var made = scenario.community("maths");
        maths = setHost(made, "Maths.Test");
        ada = scenario.user("ada");
        scenario.join(ada, maths);
    }

    private Community setHost(Community community, String host) {
        return scenario.communities
                .communities()
                .setHost(HubScenario.ACTOR, community.id(), community.version(), host);
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    private static String location(Response response) {
        assertThat(response.status()).isEqualTo(302);
        return response.header("Location").orElseThrow();
    }

    /** Follows redirects over hosts, as a browser does. */
    private static Response follow(Client browser, String host, String path) {
        var response = browser.at(host).get(path);
        for (int i = 0; response.status() == 302 && i < 12; i++) {
            var to = response.header("Location").orElseThrow();
            if (to.startsWith("http://")) {
                int slash = to.indexOf('/', 7);
                browser.at(to.substring(7, slash));
                to = to.substring(slash);
            }
            response = browser.get(to);
        }
        return response;
    }

    private Client signedInAtThePlatform() {
        return scenario.signedInAt(PLATFORM, "http", ada, scenario.community);
    }

    @Test
    @ContractRow(56)
    void the_hub_is_at_the_root_of_its_host() {
        var client = scenario.client(scenario.token(ada, maths)).at(MATHS);

        assertThat(client.get("/hub/api").status()).isEqualTo(200);
        var user = HubScenario.json(client.get("/hub/api/user"));
        assertThat(user.path("name").asText()).isEqualTo("ada");
        assertThat(location(client.get("/"))).isEqualTo("/hub/");
        assertThat(client.at(PLATFORM).get("/hub/api/user").status())
                .as("a token of one hub at another")
                .isEqualTo(403);
    }

    @Test
    void its_path_on_the_platforms_host_leads_there_and_programs_are_answered() {
        var client = scenario.client(scenario.token(ada, maths)).at(PLATFORM);

        assertThat(location(client.get("/maths/hub/home?a=b")))
                .isEqualTo("http://" + MATHS + "/hub/home?a=b");
        assertThat(client.get("/maths/hub/api/user").status()).isEqualTo(200);
        var inside = client.from(Listener.CONTAINERS).at("172.18.0.1:8081");
        assertThat(inside.get("/maths/hub/api/user").status()).isEqualTo(200);
    }

    @Test
    @SecurityStatement(34)
    void nothing_else_of_the_platform_is_at_its_host() {
        var browser = signedInAtThePlatform().at(MATHS);

        assertThat(browser.get("/panel/").status()).isEqualTo(302);
        assertThat(location(browser.get("/panel/"))).isEqualTo("/hub/panel/");
        assertThat(location(browser.get("/api/admin/v1/me"))).isEqualTo("/hub/api/admin/v1/me");
        assertThat(browser.get("/hub/api/admin/v1/me").status()).isEqualTo(404);
        assertThat(location(browser.get("/maths/hub/home"))).isEqualTo("/hub/maths/hub/home");
    }

    @Test
    @ContractRow(6)
    void servers_are_routed_at_its_host_and_others_are_not() {
        scenario.start(ada, maths);
        scenario.start(ada);

        var own = scenario.routes.match("maths.test", "/user/ada/lab").orElseThrow();
        var first = scenario.routes.match("jh.test", "/user/ada/lab").orElseThrow();
        assertThat(own.labels()).containsEntry("community", maths.id().toString());
        assertThat(first.labels()).containsEntry("community", "1");
        assertThat(scenario.routes.match("jh.test", "/maths/user/ada/lab")).isEmpty();
        var eve = scenario.user("eve");
        scenario.start(eve);
        assertThat(scenario.routes.match("maths.test", "/user/eve/")).isEmpty();
        var model =
                HubScenario.json(
                        scenario.client(scenario.token(ada, maths))
                                .at(MATHS)
                                .get("/hub/api/users/ada"));
        assertThat(model.path("server").asText()).isEqualTo("/user/ada/");
    }

    @Test
    @SecurityStatement({33, 35})
    void one_sign_in_at_the_platform_opens_it_by_a_ticket() {
        var browser = signedInAtThePlatform();

        var page = follow(browser, MATHS, "/hub/token?a=b");

        assertThat(page.status()).isEqualTo(200);
        assertThat(HubScenario.text(page)).contains("The maths department");
        assertThat(browser.cookie("jupyterhub-hub-login")).isNotEmpty();
        assertThat(browser.cookie("lyceum-trip")).isEmpty();
        assertThat(browser.cookie("lyceum-session")).isEmpty();
    }

    @Test
    void whoever_is_not_signed_in_does_it_at_the_platform_and_comes_back() {
        var browser = scenario.client();

        var form = follow(browser, MATHS, "/hub/token");

        assertThat(HubScenario.text(form)).contains("name=\"password\"");
        var policy = form.header("Content-Security-Policy").orElseThrow();
        assertThat(policy)
                .contains("form-action 'self' http://jh.test:8000 http://maths.test:8000;");
        var action =
                HubScenario.text(form)
                        .replaceFirst("(?s).*method=\"post\" action=\"([^\"]*)\".*", "$1")
                        .replace("&amp;", "&");
        var signedIn =
                browser.form(
                        action,
                        "username",
                        "ada",
                        "password",
                        HubScenario.PASSWORD,
                        "_xsrf",
                        browser.xsrf());
        var page = follow(browser, PLATFORM, location(signedIn));
        assertThat(page.status()).isEqualTo(200);
        assertThat(HubScenario.text(page)).contains("The maths department");
        assertThat(follow(browser, PLATFORM, "/hub/home").status()).isEqualTo(200);
    }

    @Test
    void who_belongs_there_only_signs_in_at_the_platform_all_the_same() {
        var kim = scenario.identity.users().create(HubScenario.ACTOR, "kim", false);
        scenario.identity.passwords().set(HubScenario.ACTOR, kim.id(), HubScenario.PASSWORD);
        scenario.join(kim, maths);
        var browser = scenario.client();
        follow(browser, MATHS, "/hub/home");
        var signedIn =
                browser.form(
                        "/hub/login?sso=no&next=%2Fsso%2Fenter%3Fto%3D" + maths.id(),
                        "username",
                        "kim",
                        "password",
                        HubScenario.PASSWORD,
                        "_xsrf",
                        browser.xsrf());

        var page = follow(browser, PLATFORM, location(signedIn));

        assertThat(page.status()).isEqualTo(200);
        assertThat(HubScenario.text(page)).contains("The maths department");
    }

    @Test
    @SecurityStatement({37, 43})
    void a_ticket_works_once_and_in_the_browser_that_set_out_only() {
        var browser = signedInAtThePlatform();
        var asked = location(browser.at(MATHS).get("/hub/login?next=%2Fhub%2Fhome"));
        var path = asked.substring(("http://" + PLATFORM).length());
        var back = location(browser.at(PLATFORM).get(path)).substring(("http://" + MATHS).length());
        var victim = scenario.client().at(MATHS);
        victim.get("/hub/login");

        assertThat(victim.get(back).status()).isEqualTo(403);
        assertThat(victim.cookie("jupyterhub-hub-login")).isEmpty();
        assertThat(browser.at(MATHS).get(back).status()).as("used up by a stranger").isEqualTo(403);
        assertThat(browser.get("/hub/sso?ticket=x").status()).isEqualTo(403);
        assertThat(browser.get("/hub/sso").status()).isEqualTo(403);
    }

    @Test
    void signing_out_there_signs_out_everywhere() {
        var browser = signedInAtThePlatform();
        follow(browser, MATHS, "/hub/home");

        var form = follow(browser, MATHS, "/hub/logout");

        assertThat(HubScenario.text(form)).contains("name=\"password\"");
        assertThat(browser.at(PLATFORM).get("/hub/home").status()).isEqualTo(302);
        assertThat(browser.at(MATHS).get("/hub/home").status()).isEqualTo(302);
        assertThat(browser.cookie("jupyterhub-hub-login")).isEmpty();
    }

    @Test
    void who_does_not_belong_reads_so_with_links_to_where_they_do() {
        var eve = scenario.user("eve");
        var browser = scenario.signedInAt(PLATFORM, "http", eve, scenario.community);

        var page = follow(browser, MATHS, "/hub/home");

        assertThat(page.status()).isEqualTo(403);
        assertThat(HubScenario.text(page)).contains("href=\"http://" + PLATFORM + "/hub/home\"");
    }

    @Test
    void with_hosts_for_users_they_lie_below_the_communitys() {
        scenario.close();
        var second = new HostsConfig(Origin.parse("http://" + PLATFORM), true);
        scenario = new HubScenario(temp, "/", ServersConfig.defaults(), second);
        scenario.routes.keepApart(scenario.communities.hosts()::apart);
        scenario.start(ada, maths);

        assertThat(scenario.routes.match("ada.maths.test", "/user/ada/")).isPresent();
        assertThat(scenario.routes.match("maths.test", "/user/ada/")).isEmpty();
        var browser = scenario.client().at("ada.maths.test:8000");
        assertThat(location(browser.get("/user/ada/lab")))
                .isEqualTo("http://" + MATHS + "/hub/user/ada/lab");
    }

    @Test
    void a_host_is_changed_only_while_nothing_runs() {
        scenario.start(ada, maths);

        assertThatThrownBy(() -> setHost(maths, null))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo("community.host-in-use"));
    }

    @Test
    void a_host_given_up_leads_nowhere_and_the_path_is_the_hubs_again() {
        setHost(maths, null);
        var client = scenario.client(scenario.token(ada, maths));

        assertThat(client.at(PLATFORM).get("/maths/hub/api/user").status()).isEqualTo(200);
        assertThat(client.get("/maths/hub/home").status()).isEqualTo(302);
        assertThat(client.at(MATHS).get("/hub/api/user").status()).isEqualTo(403);
    }

    @Test
    void no_host_may_lie_in_another() {
        var physics = scenario.community("physics");
        for (var host :
                new String[] {
                    "jh.test",
                    "x.jh.test",
                    "test",
                    "maths.test",
                    "x.maths.test",
                    "127.0.0.1",
                    "https://a.b",
                    "a.b:80",
                    "",
                    "*.b.org"
                }) {
            assertThatThrownBy(() -> setHost(physics, host))
                    .as(host)
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem ->
                                    assertThat(problem.code())
                                            .isIn(
                                                    "community.host-taken",
                                                    "community.host-invalid"));
        }
        assertThatThrownBy(() -> setHost(scenario.now(scenario.community), "a.test"))
                .isInstanceOf(Problem.class);
    }
}
