package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.User;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.StopReason;

import java.time.Duration;
import java.util.Map;

/** Goal: whoever comes back to a server that has ended reads why, and what to try. */
class EndingApiTest {

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
    void a_crash_is_told_on_every_page_that_may_come_next() {
        var server = started();
        scenario.engine.say(server.containerId(), "ImportError: <nowhere>");
        scenario.engine.die(server.containerId(), 3, false);
        noticed();

        for (var page : new String[] {"/hub/home", "/hub/spawn-pending/ada", "/hub/user/ada/lab"}) {
            assertThat(HubScenario.text(browser.get(page, "Accept", "text/html")))
                    .as(page)
                    .contains("It ended by itself.", "Its exit code was 3.")
                    .contains("What you can try:", "leave out what you ran or installed last")
                    .contains("What it wrote last", "ImportError: &lt;nowhere&gt;");
        }
    }

    @Test
    void memory_that_ran_out_is_told_with_how_much_there_was() {
        scenario.engine.die(started().containerId(), 137, true);
        noticed();

        assertThat(HubScenario.text(browser.get("/hub/home")))
                .contains("needed more memory than it may use", "It may use ")
                .contains("shut down notebooks you do not need");
        var metrics = scenario.signedIn(scenario.admin("root")).get("/hub/metrics");
        assertThat(HubScenario.text(metrics))
                .containsPattern(
                        "lyceum_server_stops_total\\{[^}]*reason=\"out_of_memory\"[^}]*} 1");
    }

    @Test
    void who_may_only_see_the_server_does_not_read_what_it_wrote() {
        var server = started();
        scenario.engine.say(server.containerId(), "a secret of ada's");
        scenario.engine.die(server.containerId(), 3, false);
        noticed();
        var admin = scenario.signedIn(scenario.admin("root"));

        assertThat(HubScenario.text(admin.get("/hub/spawn-pending/ada")))
                .contains("Its exit code was 3.")
                .doesNotContain("a secret");
    }

    @Test
    void a_stop_that_was_wished_for_needs_no_explanation_at_home() {
        started();
        scenario.servers.stops().stop(HubScenario.ACTOR, key(), StopReason.USER);
        scenario.servers.stops().await(key(), Duration.ofSeconds(20));

        assertThat(HubScenario.text(browser.get("/hub/home")))
                .doesNotContain("What you can try", "You stopped it.");
    }

    private Server started() {
        scenario.servers.spawns().spawn(HubScenario.ACTOR, key(), Map.of());
        return scenario.servers.spawns().await(key(), Duration.ofSeconds(20));
    }

    /** The reconciler looks. */
    private void noticed() {
        scenario.servers.jobs().getFirst().run();
    }

    private ServerKey key() {
        return ServerKey.ofDefault(scenario.community.id(), ada.id());
    }
}
