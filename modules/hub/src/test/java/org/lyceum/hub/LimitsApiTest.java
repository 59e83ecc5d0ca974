package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.ServersConfig;

import java.time.Duration;

/** Goal: what is refused because there is too much of it already (contract §6.2). */
class LimitsApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    @Test
    @ContractRow(78)
    void too_many_starts_at_once_are_turned_away_with_a_time_to_come_back() {
        try (var scenario = new HubScenario(temp, "/", limits(1, 0, 5))) {
            scenario.holdServers();
            scenario.signedIn(scenario.user("ada")).get("/hub/spawn");
            var bob = scenario.client(scenario.token(scenario.user("bob")));

            var refused = bob.post("/hub/api/users/bob/server", "");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow()))
                    .isBetween(30, 60);
            assertThat(HubScenario.json(refused).get("message").asText())
                    .matches(
                            "Too many users trying to log in right now\\. Try again in [3-6]0"
                                    + " seconds\\.");
            assertThat(HubScenario.text(scenario.signedIn(scenario.user("eve")).get("/hub/spawn")))
                    .contains("Try again in");
        }
    }

    @Test
    @ContractRow(78)
    void too_many_servers_are_turned_away_without_one() {
        try (var scenario = new HubScenario(temp, "/", limits(10, 1, 5))) {
            var ada = scenario.client(scenario.token(scenario.user("ada")));
            var bob = scenario.client(scenario.token(scenario.user("bob")));
            ada.post("/hub/api/users/ada/server", "");

            var refused = bob.post("/hub/api/users/bob/server", "");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEmpty();

            var browser = scenario.signedIn(scenario.user("eve"));
            var started = browser.get("/hub/spawn");
            assertThat(started.status()).as("a person waits in line").isEqualTo(302);
            assertThat(browser.get("/hub/spawn-pending/eve").status()).isEqualTo(200);
            ada.delete("/hub/api/users/ada/server");
            Eventually.holds(
                    "and gets in when another server has ended",
                    () -> browser.get("/hub/spawn-pending/eve").status() == 302);
        }
    }

    @Test
    @ContractRow({66, 78})
    void named_servers_have_a_limit_or_are_off() {
        try (var scenario = new HubScenario(temp, "/", limits(10, 0, 1))) {
            var ada = scenario.client(scenario.token(scenario.user("ada")));
            assertThat(ada.post("/hub/api/users/ada/servers/one", "").status()).isEqualTo(201);

            assertThat(ada.post("/hub/api/users/ada/servers/two", "").status()).isEqualTo(400);
            assertThat(ada.post("/hub/api/users/ada/servers/", "").status()).isEqualTo(201);
        }
    }

    @Test
    @ContractRow(66)
    void named_servers_can_be_off() {
        try (var scenario = new HubScenario(temp, "/", limits(10, 0, 0))) {
            var ada = scenario.client(scenario.token(scenario.user("ada")));

            var refused = ada.post("/hub/api/users/ada/servers/one", "");

            assertThat(refused.status()).isEqualTo(400);
            assertThat(HubScenario.json(refused).get("message").asText())
                    .isEqualTo("Named servers are not enabled.");
        }
    }

    private static ServersConfig limits(int starts, int active, int named) {
        return new ServersConfig(
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                starts,
                active,
                named,
                2,
                Bytes.mib(64),
                ServersConfig.Room.defaults(),
                ServersConfig.Ends.defaults(),
                ServersConfig.Freezing.defaults());
    }
}
