package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.RequiresDocker;

import java.util.ArrayList;
import java.util.regex.Pattern;

/** The traffic of jupyterhub-singleuser 5.2.1 with JupyterLab 4. */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
class SingleUserTraffic5IT extends SingleUserTraffic {

    private static final String IMAGE = "LYCEUM_TEST_IMAGE_5";
    private static final Pattern PAGE_TOKEN = Pattern.compile("\"token\": \"(\\w+)\"");
    private static HubUnderTest hub;

    @BeforeAll
    static void open() {
        hub = open(IMAGE);
    }

    @AfterAll
    static void close() {
        close(hub, IMAGE);
    }

    @Override
    HubUnderTest hub() {
        return hub;
    }

    @Override
    String chosenSubprotocol() {
        return "v1.kernel.websocket.jupyter.org";
    }

    @Test
    @ContractRow(21)
    void the_token_of_a_visit_knows_its_owner_and_its_browser() {
        var ada = hub.browserOf("ada");
        var page = PAGE_TOKEN.matcher(ada.follow("/user/ada/lab").body());
        assertThat(page.find()).as("the page carries its OAuth token").isTrue();

        var model = SingleUserContract.json(ask(page.group(1), "/hub/api/user"));

        assertThat(model.path("name").asText()).isEqualTo("ada");
        assertThat(model.path("kind").asText()).isEqualTo("user");
        assertThat(model.path("admin").isBoolean()).isTrue();
        assertThat(model.path("groups").isArray()).isTrue();
        assertThat(model.path("session_id").asText())
                .isEqualTo(ada.cookie("jupyterhub-session-id", "/").orElseThrow());
        var scopes = new ArrayList<String>();
        model.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        assertThat(scopes)
                .containsExactlyInAnyOrder(
                        "access:servers!server=ada/",
                        "read:users:groups!user=ada",
                        "read:users:name!user=ada");
    }
}
