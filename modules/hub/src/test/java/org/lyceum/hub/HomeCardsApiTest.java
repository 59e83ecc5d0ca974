package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.Role;
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.ShareRecipient;
import org.lyceum.identity.SharedServer;
import org.lyceum.identity.User;
import org.lyceum.platform.testing.TempDatabase;

import java.util.List;
import java.util.Map;

/**
 * Goal: the home page leads to what else somebody may enter: services, and servers that others
 * share with them; and nobody is offered what they may not do.
 */
class HomeCardsApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private User ada;
    private User bob;
    private Client bobs;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        ada = scenario.user("ada");
        bob = scenario.user("bob");
        bobs = scenario.signedIn(bob);
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    @Test
    void services_with_pages_are_listed_for_those_who_may_enter() {
        service("grader", "http://127.0.0.1:9", true);
        service("hidden", "http://127.0.0.1:9", false);
        service("culler", null, true);
        assertThat(home()).doesNotContain("<h2>Services</h2>");

        var visiting =
                new Role.Draft(
                        "",
                        List.of(
                                "access:services!service=grader",
                                "access:services!service=hidden",
                                "access:services!service=culler"));
        var roles = scenario.identity.roles();
        roles.create(HubScenario.ACTOR, scenario.community.id(), "visiting", visiting);
        roles.give(
                HubScenario.ACTOR,
                scenario.community.id(),
                "visiting",
                new RoleHolder.OfUser(bob.id()));

        assertThat(home())
                .contains("<h2>Services</h2>", "href=\"/services/grader/\"")
                .doesNotContain("/services/hidden/", "/services/culler/");
    }

    @Test
    void a_shared_server_is_opened_when_it_runs_and_started_by_whom_the_share_lets() {
        var lab = new SharedServer(scenario.community.id(), ada, "lab");
        var owner = scenario.client(scenario.token(ada));
        assertThat(home()).doesNotContain("Shared with you");
        owner.post("/hub/api/users/ada/servers/lab", "");
        share(lab, "access:servers");
        assertThat(home())
                .contains("Server “lab” of ada", "href=\"/user/ada/lab/\"")
                .doesNotContain("ada can start it");

        owner.delete("/hub/api/users/ada/servers/lab");
        assertThat(home()).contains("ada can start it.").doesNotContain("/hub/spawn/ada/lab");
        share(lab, "servers");
        assertThat(home()).contains("href=\"/hub/spawn/ada/lab\"");
    }

    @Test
    void a_page_in_a_server_that_does_not_run_offers_its_start_to_whom_the_share_lets() {
        var lab = new SharedServer(scenario.community.id(), ada, "lab");
        var owner = scenario.client(scenario.token(ada));
        owner.post("/hub/api/users/ada/servers/lab", "");
        owner.delete("/hub/api/users/ada/servers/lab");
        share(lab, "access:servers");

        var page = bobs.get("/hub/user/ada/lab/tree", "Accept", "text/html");
        assertThat(page.status()).isEqualTo(424);
        assertThat(HubScenario.text(page))
                .contains("ask ada to")
                .doesNotContain("Start the server");

        share(lab, "servers");
        page = bobs.get("/hub/user/ada/lab/tree", "Accept", "text/html");
        assertThat(page.status()).isEqualTo(424);
        assertThat(HubScenario.text(page)).contains("/hub/spawn/ada/lab?next=");
        bobs.get("/hub/spawn/ada/lab");
        scenario.ready(ada, "lab");
    }

    private void share(SharedServer server, String scope) {
        scenario.identity
                .shares()
                .grant(
                        HubScenario.ACTOR,
                        server,
                        new ShareRecipient.OfUser(bob.id()),
                        List.of(scope));
    }

    private void service(String name, String url, boolean display) {
        var draft = new RegisteredService.Draft(name, false, url, Map.of(), display, false, null);
        scenario.identity
                .services()
                .create(HubScenario.ACTOR, scenario.community.id(), draft, null);
    }

    private String home() {
        return HubScenario.text(bobs.get("/hub/home"));
    }
}
