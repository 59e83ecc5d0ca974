package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.User;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

/** Goal: a hub that is shut down through its API closes alone (contract §4.4, ADR 0021). */
class ShutdownApiTest {

    private static final String SHUTDOWN = "/hub/api/shutdown";

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private User ada;
    private Client admin;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        ada = scenario.user("ada");
        admin = scenario.client(scenario.token(scenario.admin("root")));
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    @Test
    void it_pauses_the_community_and_lets_servers_run_on() {
        scenario.client(scenario.token(ada)).post("/hub/api/users/ada/server", "");

        var answer = admin.post(SHUTDOWN, "");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(HubScenario.json(answer).toString())
                .isEqualTo("{\"message\":\"Shutting down Hub\"}");
        assertThat(scenario.now(scenario.community).active()).isFalse();
        var page = scenario.client().get("/hub/spawn");
        assertThat(page.status()).isEqualTo(503);
        assertThat(HubScenario.text(page)).contains("It was shut down through its API.");
        assertThat(scenario.routes.all()).hasSize(1);
        assertThat(admin.post(SHUTDOWN, "").status()).isEqualTo(503);
        scenario.resume();
        assertThat(scenario.signedIn(ada).get("/hub/home").status()).isEqualTo(200);
    }

    @Test
    void servers_stop_as_well_when_that_is_asked() {
        scenario.client(scenario.token(ada)).post("/hub/api/users/ada/server", "");

        admin.post(SHUTDOWN, "{\"servers\": true, \"proxy\": true}");

        assertThat(scenario.now(scenario.community).stopsServers()).isTrue();
        scenario.stopped(ada, "");
    }

    @Test
    @SecurityStatement(43)
    void other_communities_notice_nothing() {
        var physics = scenario.community("physics");
        var boss = scenario.admin("boss");
        scenario.join(boss, physics);

        var token = scenario.token(boss, physics);
        assertThat(scenario.client(token).post(SHUTDOWN, "").status()).isEqualTo(403);
        assertThat(scenario.client(token).post("/physics" + SHUTDOWN, "").status()).isEqualTo(202);

        assertThat(scenario.now(physics).active()).isFalse();
        assertThat(scenario.now(scenario.community).active()).isTrue();
        assertThat(admin.get("/hub/api/info").status()).isEqualTo(200);
    }

    @Test
    void nobody_without_the_scope_does_it_and_what_is_no_flag_is_refused() {
        var plain = scenario.client(scenario.token(ada));

        assertThat(plain.post(SHUTDOWN, "").status()).isEqualTo(403);
        for (var bad : new String[] {"\"yes\"", "1", "null", "[]"}) {
            for (var key : new String[] {"servers", "proxy"}) {
                var refused = admin.post(SHUTDOWN, "{\"" + key + "\": " + bad + "}");
                assertThat(refused.status()).as(bad).isEqualTo(400);
            }
        }
        assertThat(
                        HubScenario.json(admin.post(SHUTDOWN, "{\"servers\": \"yes\"}"))
                                .get("message")
                                .asText())
                .isEqualTo("servers must be true or false, got 'yes'");
        assertThat(scenario.now(scenario.community).active()).isTrue();
    }
}
