package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.TempDatabase;

import java.util.List;

/**
 * Goal: people make, start, stop and remove named servers on their home page, pick what each is
 * started as, and are told when they may have no more.
 */
class NamedServersApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private User ada;
    private Client browser;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        ada = scenario.user("ada");
        browser = scenario.signedIn(ada);
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    @Test
    void a_named_server_is_made_stopped_and_removed_on_the_home_page() {
        assertThat(home()).contains("You have 0 of 5 named servers", "Name of a new server");

        var made = press("new", " my srv ");

        assertThat(made.status()).isEqualTo(303);
        assertThat(made.header("Location")).contains("/hub/spawn-pending/ada/my%20srv");
        scenario.ready(ada, "my srv");
        assertThat(home())
                .contains("data-server=\"my srv\" data-state=\"ready\"")
                .contains("href=\"/user/ada/my%20srv/\"");
        press("stop", "my srv");
        scenario.stopped(ada, "my srv");
        assertThat(home()).contains("data-server=\"my srv\" data-state=\"stopped\"");
        press("remove", "my srv");
        assertThat(home()).doesNotContain("my srv");
    }

    @Test
    void a_server_that_runs_and_the_default_one_are_not_removed() {
        press("new", "lab");
        scenario.ready(ada, "lab");
        press("start", "");
        scenario.ready(ada, "");
        press("stop", "");
        scenario.stopped(ada, "");

        assertThat(press("remove", "lab").status()).isEqualTo(303);
        assertThat(press("remove", "").status()).isEqualTo(303);
        assertThat(press("remove", "none").status()).isEqualTo(303);

        assertThat(scenario.servers.queries().ofUser(scenario.community.id(), ada.id())).hasSize(2);
    }

    @Test
    @ContractRow(78)
    void a_name_that_cannot_be_had_is_refused_beside_the_field() {
        for (var name : List.of("", "a/b", "..")) {
            var refused = press("new", name);
            assertThat(refused.status()).as(name).isEqualTo(400);
            assertThat(HubScenario.text(refused)).contains("role=\"alert\"");
        }
        scenario.servers
                .namedLimits()
                .putForUser(HubScenario.ACTOR, scenario.community.id(), ada.id(), 1);
        press("new", "one");

        var second = press("new", "two");

        assertThat(second.status()).isEqualTo(400);
        assertThat(HubScenario.text(second))
                .contains("maximum of 1 named servers", "You have 1 of 1 named servers")
                .doesNotContain("Name of a new server");
        assertThat(press("new", "one").status()).isEqualTo(303); // it is there
    }

    @Test
    @ContractRow(78)
    void the_nearest_limit_counts_for_each_person() {
        var limits = scenario.servers.namedLimits();
        var community = scenario.community.id();
        var groups = scenario.identity.groups();
        long few = groups.create(HubScenario.ACTOR, community, "few", List.of("ada")).id();
        long many = groups.create(HubScenario.ACTOR, community, "many", List.of("ada")).id();
        limits.putForGroup(HubScenario.ACTOR, community, few, 0);
        assertThat(limits.of(scenario.community, ada.id())).isZero();
        assertThat(home()).doesNotContain("named servers");
        limits.putForGroup(HubScenario.ACTOR, community, many, 7);
        assertThat(limits.of(scenario.community, ada.id())).isEqualTo(7);
        limits.putForUser(HubScenario.ACTOR, community, ada.id(), 2);
        assertThat(limits.of(scenario.community, ada.id())).isEqualTo(2);
        assertThat(limits.of(scenario.community, scenario.user("bob").id())).isEqualTo(5);

        limits.putForUser(HubScenario.ACTOR, community, ada.id(), null);
        groups.delete(HubScenario.ACTOR, community, "many");
        assertThat(limits.of(scenario.community, ada.id())).isZero();
        assertThat(api().post("/hub/api/users/ada/servers/x", "").status()).isEqualTo(400);
    }

    @Test
    void who_may_pick_from_several_profiles_is_asked_and_the_answer_is_remembered() {
        scenario.profile("gpu", "Deep learning");

        var asked = press("new", "lab");
        assertThat(asked.header("Location")).contains("/hub/spawn/ada/lab");
        var form = HubScenario.text(browser.get("/hub/spawn/ada/lab?next=%2Fhub%2Fhome"));
        assertThat(form)
                .contains("action=\"/hub/spawn/ada/lab?next=%2Fhub%2Fhome\"")
                .contains("value=\"jupyterlab\" required checked")
                .contains("Deep learning", "2 GiB of memory, 2 cores");
        var chosen = choose("/hub/spawn/ada/lab?next=%2Fhub%2Fhome", "gpu");

        assertThat(chosen.status()).isEqualTo(302);
        scenario.ready(ada, "lab");
        var server = HubScenario.json(api().get("/hub/api/users/ada")).get("servers").get("lab");
        assertThat(server.get("user_options").toString()).isEqualTo("{\"profile\":\"gpu\"}");
        assertThat(home()).contains("Deep learning");
        assertThat(HubScenario.text(browser.get("/hub/spawn")))
                .contains("value=\"gpu\" required checked");
    }

    @Test
    void a_profile_that_is_not_there_leads_to_choosing_again_and_a_link_may_choose() {
        scenario.profile("gpu", "Deep learning");

        var refused = choose("/hub/spawn", "none");
        var linked = browser.get("/hub/spawn?profile=gpu");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(HubScenario.text(refused))
                .contains("role=\"alert\"", "There is no profile of that name");
        assertThat(linked.status()).isEqualTo(302);
    }

    @Test
    @ContractRow(78)
    void nobody_is_asked_to_choose_for_a_server_they_cannot_have() {
        scenario.profile("gpu", "Deep learning");
        scenario.servers
                .namedLimits()
                .putForUser(HubScenario.ACTOR, scenario.community.id(), ada.id(), 0);

        assertThat(browser.get("/hub/spawn/ada/lab").status()).isEqualTo(400);
        assertThat(browser.get("/hub/spawn/ada").status()).isEqualTo(200);
    }

    private Response press(String verb, String server) {
        return browser.form("/hub/home/" + verb, "_xsrf", browser.xsrf(), "server", server);
    }

    private Response choose(String where, String profile) {
        return browser.form(where, "_xsrf", browser.xsrf(), "profile", profile);
    }

    private Client api() {
        return scenario.client(scenario.token(ada));
    }

    private String home() {
        return HubScenario.text(browser.get("/hub/home"));
    }
}
