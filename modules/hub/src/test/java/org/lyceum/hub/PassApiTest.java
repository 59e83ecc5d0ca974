package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.User;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.util.Map;

/**
 * Goal: the hub gives tickets to programs that cannot ask it who comes, to those and only those who
 * may use the server; and such a program is told nothing that lets it speak to the hub.
 */
class PassApiTest {

    private static final String ASK = "/hub/pass/ada?state=s123&next=%2Fuser%2Fada%2Fdeep";

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private User ada;
    private Client browser;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        ada = scenario.user("ada");
        browser = scenario.signedIn(ada);
        scenario.webProfile("app");
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    private void start(String profile) {
        scenario.client(scenario.token(ada))
                .post("/hub/api/users/ada/server", "{\"profile\": \"" + profile + "\"}");
        scenario.ready(ada, "");
    }

    private ContainerSpec container() {
        var server = scenario.servers.queries().ofUser(scenario.community.id(), ada.id());
        return scenario.engine.specOf(server.getFirst().containerId()).orElseThrow();
    }

    @Test
    void the_owner_gets_a_ticket_that_leads_to_the_server() {
        start("app");

        var answer = browser.get(ASK);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location").orElseThrow())
                .startsWith("/user/ada/.lyceum-enter?ticket=")
                .endsWith("&next=%2Fuser%2Fada%2Fdeep");
        assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
        assertThat(browser.get("/hub/pass/ada?next=x").status()).isEqualTo(400);
    }

    @Test
    @SecurityStatement(29)
    void nobody_else_gets_one() {
        start("app");
        var eve = scenario.user("eve");

        assertThat(scenario.signedIn(eve).get(ASK).status()).isEqualTo(404);
        assertThat(location(scenario.client().get(ASK))).startsWith("/hub/login?next=");
        assertThat(scenario.client(scenario.token(ada)).get(ASK).status()).isEqualTo(302);
        assertThat(scenario.routes.passes().count()).isZero();
    }

    @Test
    void a_jupyter_server_needs_none_and_one_that_does_not_run_is_said_to() {
        assertThat(location(browser.get(ASK))).isEqualTo("/hub/spawn-pending/ada");
        start("jupyterlab");
        assertThat(location(browser.get(ASK))).isEqualTo("/hub/spawn-pending/ada");
        assertThat(scenario.routes.all().getFirst().guard()).isNull();
    }

    @Test
    @SecurityStatement(41)
    void the_program_learns_where_it_is_and_gets_no_key_to_the_hub() {
        start("app");

        var program = container().program();
        assertThat(program.command()).endsWith("serve", "8888", "/user/ada/");
        assertThat(program.environment())
                .containsAllEntriesOf(
                        Map.of("LYCEUM_PREFIX", "/user/ada/", "LYCEUM_USER", "ada", "PORT", "8888"))
                .doesNotContainKeys("JUPYTERHUB_API_URL", "JUPYTERHUB_CLIENT_ID");
        assertThat(scenario.routes.all().getFirst().guard()).isNotNull();
    }

    private static String location(Response response) {
        return response.header("Location").orElse("");
    }
}
