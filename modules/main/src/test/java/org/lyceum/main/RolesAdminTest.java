package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.testing.FakeContainerEngine;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Goal: an administrator manages roles, custom scopes and services, and it counts at once. */
class RolesAdminTest {

    private static final String API = "/api/admin/v1/communities/1/";

    private HubUnderTest hub;
    private Browser root;

    @BeforeEach
    void open() {
        hub = HubUnderTest.withFake(new FakeContainerEngine());
        hub.user("ada");
        hub.user("root", true);
        root = hub.browserOf("root");
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Browser.Page send(String method, String path, String body) {
        return root.send(method, API + path, body, "X-Lyceum-CSRF", root.panelProof());
    }

    private static JsonNode json(Browser.Page page) {
        try {
            return new ObjectMapper().readTree(page.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int asAda(String path) {
        var token = hub.token("ada", "inherit");
        return new Browser(hub.origin()).get(path, "Authorization", "token " + token).status();
    }

    @Test
    void a_role_is_made_given_changed_and_removed() {
        assertThat(asAda("/hub/api/users")).isEqualTo(403);
        var made = send("PUT", "roles/grader", "{\"scopes\": [\"list:users\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(send("PUT", "roles/grader/users/ada", null).status()).isEqualTo(204);
        assertThat(asAda("/hub/api/users")).isEqualTo(200);
        assertThat(json(root.get(API + "roles/grader")).get("users").toString())
                .isEqualTo("[\"ada\"]");

        var change = "{\"scopes\": [\"read:hub\"], \"version\": 0}";
        assertThat(send("PUT", "roles/grader", change).status()).isEqualTo(200);
        assertThat(send("PUT", "roles/grader", change).status()).isEqualTo(412);
        assertThat(asAda("/hub/api/users")).isEqualTo(403);
        assertThat(send("DELETE", "roles/grader/users/ada", null).status()).isEqualTo(204);
        assertThat(send("DELETE", "roles/grader?version=0", null).status()).isEqualTo(412);
        assertThat(send("DELETE", "roles/grader?version=1", null).status()).isEqualTo(204);
        assertThat(json(root.get(API + "roles")).get("items")).hasSize(4);
    }

    @Test
    void wrong_requests_are_refused_in_words() {
        assertThat(send("PUT", "roles/X", "{\"scopes\": []}").status()).isEqualTo(400);
        assertThat(send("PUT", "roles/abc", "{\"scopes\": [\"nonsense\"]}").status())
                .isEqualTo(400);
        assertThat(send("PUT", "roles/abc", "{\"scopes\": [1]}").status()).isEqualTo(400);
        assertThat(send("PUT", "roles/abc", "{\"x\": 1}").status()).isEqualTo(400);
        assertThat(send("PUT", "roles/admin", "{\"scopes\": [], \"version\": 0}").status())
                .isEqualTo(409);
        assertThat(send("PUT", "roles/user/users/ada", null).status()).isEqualTo(409);
        assertThat(send("PUT", "roles/admin/users/nobody", null).status()).isEqualTo(404);
        assertThat(send("PUT", "roles/admin/pets/ada", null).status()).isEqualTo(404);
        assertThat(root.get("/api/admin/v1/communities/9/roles").status()).isEqualTo(404);
        assertThat(root.get("/api/admin/v1/communities/x/roles").status()).isEqualTo(404);
        assertThat(root.send("PUT", API + "roles/abc", "{\"scopes\": []}").status()).isEqualTo(403);
        assertThat(hub.browserOf("ada").get(API + "roles").status()).isEqualTo(403);
    }

    @Test
    void custom_scopes_are_declared_and_withdrawn() {
        var made = send("PUT", "scopes/custom:grades", "{\"description\": \"Read grades.\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(send("PUT", "roles/grader", "{\"scopes\": [\"custom:grades\"]}").status())
                .isEqualTo(201);
        assertThat(json(root.get(API + "scopes")).get("items")).hasSize(1);
        assertThat(send("DELETE", "scopes/custom:grades?version=0", null).status()).isEqualTo(409);
        send("DELETE", "roles/grader?version=0", null);
        assertThat(send("DELETE", "scopes/custom:grades?version=0", null).status()).isEqualTo(204);
    }

    @Test
    void a_service_is_registered_with_its_environment_shown_once() {
        var made = send("PUT", "services/whoami", "{\"url\": \"http://127.0.0.1:9000\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var environment = json(made).get("environment");
        var token = environment.get("JUPYTERHUB_API_TOKEN").asText();
        assertThat(environment.get("JUPYTERHUB_SERVICE_PREFIX").asText())
                .isEqualTo("/services/whoami/");
        var self = new Browser(hub.origin());
        assertThat(self.get("/hub/api/user", "Authorization", "token " + token).status())
                .isEqualTo(200);
        assertThat(root.get(API + "services").body()).contains("whoami").doesNotContain(token);

        assertThat(send("PUT", "roles/admin/services/whoami", null).status()).isEqualTo(204);
        assertThat(self.get("/hub/api/users", "Authorization", "token " + token).status())
                .isEqualTo(200);
        var renewed = send("POST", "services/whoami/token", null);
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(self.get("/hub/api/user", "Authorization", "token " + token).status())
                .isEqualTo(403);
        var change = "{\"url\": \"http://127.0.0.1:9001\", \"version\": 0}";
        assertThat(send("PUT", "services/whoami", change).status()).isEqualTo(200);
        assertThat(send("DELETE", "services/whoami", null).status()).isEqualTo(204);
        assertThat(send("DELETE", "services/whoami", null).status()).isEqualTo(404);
    }
}
