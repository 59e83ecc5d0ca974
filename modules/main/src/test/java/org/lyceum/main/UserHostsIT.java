package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;

/**
 * Goal: with hosts for users, an unmodified jupyterhub-singleuser works and no browser can take it
 * for the hub. Method: names below localhost, which need no DNS; the cookies of a browser by host.
 */
@ParameterizedClass
@ValueSource(strings = {"LYCEUM_TEST_IMAGE_5", "LYCEUM_TEST_IMAGE_3"})
@RequiresDocker(images = {"LYCEUM_TEST_IMAGE_5", "LYCEUM_TEST_IMAGE_3"})
class UserHostsIT {

    private static final int PORT = HubUnderTest.freePort();
    private static final String HUB = "http://hub.localhost:" + PORT;
    private static final String ADA = "http://ada.hub.localhost:" + PORT;

    private static HubUnderTest hub;

    @Parameter String image;

    @BeforeParameterizedClassInvocation
    static void open(String image) {
        hub =
                HubUnderTest.withImage(
                        image,
                        "http.port = " + PORT,
                        "hub.url = \"" + HUB + "\"",
                        "hub.user-hosts = true");
        hub.user("ada");
        hub.user("bob");
        SingleUserContract.start(hub, "ada");
    }

    @AfterParameterizedClassInvocation
    static void close() {
        hub.close();
    }

    private static Travels signedIn(String name) {
        var browser = new Travels(PORT);
        var form = browser.follow(HUB + "/hub/login");
        var sent =
                browser.form(
                        HUB + "/hub/login",
                        "username="
                                + name
                                + "&password="
                                + Browser.encoded(HubUnderTest.password(name))
                                + "&_xsrf="
                                + Browser.encoded(form.xsrf()));
        assertThat(sent.status()).isEqualTo(302);
        return browser;
    }

    /** What the image opens with: JupyterLab, or the classic notebook. */
    private String page() {
        return image.endsWith("5") ? "lab" : "tree";
    }

    @Test
    @ContractRow({13, 22, 82})
    @SecurityStatement(34)
    void the_oauth_dance_crosses_from_the_users_host_to_the_hubs_and_back() {
        var ada = signedIn("ada");

        var page = ada.follow(ADA + "/user/ada/" + page() + "?x=1");

        assertThat(page.status()).as(page.url() + page.body()).isEqualTo(200);
        assertThat(page.url()).startsWith(ADA + "/user/ada/" + page());
        assertThat(ada.visited())
                .anyMatch(url -> url.startsWith(HUB + "/hub/api/oauth2/authorize"));
        assertThat(ada.visited())
                .anyMatch(url -> url.startsWith(ADA + "/user/ada/oauth_callback?code="));
        if (image.endsWith("5")) {
            assertThat(page.body()).contains("\"hubHost\": \"" + HUB + "\"");
        }
        assertThat(ada.cookie("jupyterhub-hub-login", ADA + "/hub/")).isEmpty();
        assertThat(ada.cookie("jupyterhub-user-ada", HUB + "/user/ada/")).isEmpty();
        assertThat(ada.cookie("jupyterhub-session-id", ADA + "/user/ada/")).isPresent();
        var refused = signedIn("bob").follow(ADA + "/user/ada/" + page());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.url()).startsWith(HUB + "/hub/api/oauth2/authorize");
    }

    @Test
    @SecurityStatement(34)
    void neither_host_answers_for_the_other() {
        var ada = signedIn("ada");

        assertThat(ada.get(HUB + "/user/ada/api").location()).isEqualTo("/hub/user/ada/api");
        assertThat(ada.follow(HUB + "/user/ada/api").url()).startsWith(ADA + "/user/ada/api");
        assertThat(ada.get(ADA + "/hub/home").location()).isEqualTo(HUB + "/hub/home");
        assertThat(ada.get(ADA + "/panel/").location()).startsWith(HUB + "/");
        var other = "http://bob.hub.localhost:" + PORT;
        assertThat(ada.get(other + "/user/ada/lab").location()).startsWith(HUB + "/hub/user/ada/");
    }

    @Test
    @ContractRow(34)
    void signing_out_at_the_server_ends_at_the_hub() {
        var ada = signedIn("ada");
        ada.follow(ADA + "/user/ada/" + page());

        var end = ada.follow(ADA + "/user/ada/logout");

        assertThat(end.url()).startsWith(HUB + "/hub/login");
        assertThat(ada.cookie("jupyterhub-hub-login", HUB + "/hub/")).isEmpty();
    }
}
