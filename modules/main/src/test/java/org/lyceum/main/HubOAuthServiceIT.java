package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;

/**
 * Goal: a service that somebody else wrote knows its visitors by us. Method: the distribution's own
 * {@code jupyterhub.services.auth.HubOAuthenticated} in a container, behind the platform's one
 * address; only its environment tells it where the hub is.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_HUB")
class HubOAuthServiceIT {

    private static final String PREFIX = "/services/whoami/";

    private HubUnderTest hub;

    @BeforeEach
    void open() {
        hub = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_HUB");
        hub.user("ada");
        hub.user("root", true);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    @ContractRow({24, 25})
    void a_first_visit_is_confirmed_a_second_is_not_and_who_may_not_is_refused() {
        try (var service = ServiceContainer.start(hub, "whoami", false)) {
            var root = hub.browserOf("root");
            var asked = root.follow(PREFIX);
            assertThat(asked.path()).startsWith("/hub/api/oauth2/authorize?");
            assertThat(asked.status()).isEqualTo(200);

            var agreed =
                    root.form(
                            asked.path(),
                            "_xsrf="
                                    + Browser.encoded(asked.xsrf())
                                    + "&scopes="
                                    + Browser.encoded("access:services!service=whoami"));
            assertThat(agreed.status()).as(agreed.body()).isEqualTo(302);
            var seen = root.follow(agreed.location());
            assertThat(seen.status()).as(seen.body() + service.logs()).isEqualTo(200);
            assertThat(seen.path()).startsWith(PREFIX);
            assertThat(seen.body()).contains("\"name\": \"root\"", "\"kind\": \"user\"");
            assertThat(seen.body())
                    .contains(root.cookie("jupyterhub-session-id", "/").orElseThrow());

            root.forget("service-whoami");
            var again = root.follow(PREFIX);
            assertThat(again.path()).as("no question the second time").startsWith(PREFIX);

            var ada = hub.browserOf("ada").follow(PREFIX);
            assertThat(ada.status()).isEqualTo(403);
            assertThat(ada.path()).startsWith("/hub/api/oauth2/authorize?");
            assertThat(ada.body()).contains("whoami");
        }
    }

    @Test
    @ContractRow(26)
    void a_service_that_is_trusted_asks_nobody() {
        try (var service = ServiceContainer.start(hub, "whoami", true)) {
            var root = hub.browserOf("root");

            var seen = root.follow(PREFIX);

            assertThat(seen.status()).as(seen.body() + service.logs()).isEqualTo(200);
            assertThat(seen.body()).contains("\"name\": \"root\"");
        }
    }

    @Test
    @ContractRow(33)
    void signing_out_at_the_hub_ends_the_visit() {
        try (var service = ServiceContainer.start(hub, "whoami", true)) {
            var root = hub.browserOf("root");
            assertThat(root.follow(PREFIX).status()).as(service.logs()).isEqualTo(200);

            root.follow("/hub/logout");

            Eventually.holds(
                    "the service asks the hub again",
                    () -> root.follow(PREFIX).path().startsWith("/hub/login?next="));
        }
    }
}
