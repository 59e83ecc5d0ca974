package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.ServersConfig;

/** Goal: a community below a prefix of its own has everything below it (contract §1.7). */
class BasePathApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    @Test
    @ContractRow(56)
    void everything_carries_the_prefix() {
        try (var scenario = new HubScenario(temp, "/pre/fix/", ServersConfig.defaults())) {
            var ada = scenario.user("ada");
            var browser = scenario.client();
            browser.get("/pre/fix/hub/login");

            var signedIn =
                    browser.form(
                            "/pre/fix/hub/login",
                            "username",
                            "ada",
                            "password",
                            HubScenario.PASSWORD,
                            "_xsrf",
                            browser.xsrf());

            assertThat(signedIn.header("Location")).contains("/pre/fix/hub/home");
            assertThat(Client.setCookies(signedIn, "jupyterhub-hub-login").getFirst())
                    .contains("Path=/pre/fix/hub/;");
            assertThat(Client.setCookies(signedIn, "jupyterhub-session-id").getFirst())
                    .contains("Path=/pre/fix/;");
            var client = scenario.client(scenario.token(ada));
            assertThat(client.get("/pre/fix/hub/api").status()).isEqualTo(200);
            assertThat(client.get("/pre/fix/").header("Location")).contains("/pre/fix/hub/");
            assertThat(client.get("/pre/fix/user/ada/lab").header("Location"))
                    .contains("/pre/fix/hub/user/ada/lab");
            var stopped = browser.get("/pre/fix/hub/user/ada/lab");
            assertThat(stopped.status()).isEqualTo(424);
            assertThat(HubScenario.text(stopped))
                    .contains("/pre/fix/hub/spawn/ada?next=%2Fpre%2Ffix%2Fhub%2Fuser%2Fada%2Flab");
            assertThat(HubScenario.text(browser.get("/pre/fix/hub/home")))
                    .doesNotContain("href=\"/hub/", "action=\"/hub/");
        }
    }
}
