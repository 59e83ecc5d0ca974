package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lyceum.identity.RoleHolder;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Goal: administrators and managers make what people pick, in the panel's API, and cannot promise
 * what is not theirs. Method: the whole platform over its public door.
 */
class CatalogPanelTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Actor SETUP = new Actor.Platform();
    private static final long GIB = 1L << 30;

    private static HubUnderTest platform;
    private static Browser root;
    private static Browser manager;
    private static long physics;

    @BeforeAll
    static void start() {
        platform = HubUnderTest.withFake(new FakeContainerEngine());
        platform.user("root", true);
        platform.user("ada");
        platform.user("boss");
        root = platform.browserOf("root");
        var hub = platform.hub();
        physics = hub.communities().communities().create(SETUP, "physics", "Physics").id().value();
        var boss = hub.identity().users().findByName("boss").orElseThrow().id();
        hub.communities().members().join(SETUP, new CommunityId(physics), boss);
        hub.identity()
                .roles()
                .give(SETUP, new CommunityId(physics), "admin", new RoleHolder.OfUser(boss));
        manager = platform.browserOf("boss");
    }

    @AfterAll
    static void end() {
        platform.close();
    }

    @Test
    void a_profile_is_made_changed_ordered_and_removed() {
        var made = ok(201, send(root, "POST", "/profiles", profile("small").toString()));
        assertThat(made.get("fits").asLong()).isPositive();
        assertThat(made.get("promisedBytes")).isEqualTo(made.get("memoryBytes"));

        var wanted = profile("smaller").put("version", made.get("version").asLong());
        wanted.putArray("groups");
        var one = "/profiles/" + made.get("id");
        var changed = ok(200, send(root, "PUT", one, wanted.toString()));
        assertThat(changed.get("name").asText()).isEqualTo("smaller");
        assertThat(send(root, "PUT", one, wanted.toString()).status()).isEqualTo(412);

        var ids = new ArrayList<>(catalog().get("profiles").findValuesAsText("id"));
        ids.remove(made.get("id").asText());
        ids.addFirst(made.get("id").asText());
        var ordered = ok(200, send(root, "PUT", "/profiles", "{\"ids\": " + ids + "}"));
        assertThat(ordered.at("/profiles/0/name").asText()).isEqualTo("smaller");
        assertThat(send(root, "PUT", "/profiles", "{\"ids\": [1]}").status()).isEqualTo(412);

        var gone = send(root, "DELETE", one + "?version=" + changed.get("version"), null);
        assertThat(gone.status()).isEqualTo(204);
    }

    @Test
    void a_preview_tells_what_somebody_sees_and_does_not() {
        platform.hub()
                .identity()
                .groups()
                .create(SETUP, platform.community(), "readers", List.of());
        var hidden = profile("hidden").put("everybody", false);
        hidden.putArray("groups").add("readers");
        var made = ok(201, send(root, "POST", "/profiles", hidden.toString()));
        assertThat(made.get("groups").toString()).isEqualTo("[\"readers\"]");

        var preview = ok(200, send(root, "GET", "/profiles/preview?user=ada", null));
        assertThat(preview.at("/offered").findValuesAsText("name")).contains("jupyterlab");
        assertThat(preview.at("/hidden").findValuesAsText("name")).containsExactly("hidden");
        assertThat(send(root, "GET", "/profiles/preview?user=nobody", null).status())
                .isEqualTo(404);
        hidden.putArray("groups").add("strangers");
        hidden.put("name", "other");
        assertThat(send(root, "POST", "/profiles", hidden.toString()).status()).isEqualTo(400);
        send(root, "DELETE", "/profiles/" + made.get("id") + "?version=0", null);
    }

    @Test
    @SecurityStatement(43)
    void a_manager_makes_profiles_of_their_own_community_and_promises_no_less_than_all() {
        var own = "/communities/" + physics;
        var there = ok(200, sendTo(manager, "GET", own + "/catalog", null));
        var mine = profile("mine").put("environment", there.at("/environments/0/id").asLong());
        assertThat(sendTo(manager, "POST", own + "/profiles", mine.toString()).status())
                .isEqualTo(201);

        mine.put("name", "greedy").put("promisedBytes", GIB / 2);
        assertThat(sendTo(manager, "POST", own + "/profiles", mine.toString()).status())
                .isEqualTo(403);
        assertThat(sendTo(root, "POST", own + "/profiles", mine.toString()).status())
                .isEqualTo(201);
        mine.put("name", "huge").put("memoryBytes", GIB << 20).putNull("promisedBytes");
        assertThat(sendTo(root, "POST", own + "/profiles", mine.toString()).status())
                .isEqualTo(400);
        assertThat(send(manager, "POST", "/profiles", profile("theirs").toString()).status())
                .isEqualTo(404);
        mine.put("name", "foreign").put("memoryBytes", GIB);
        mine.put("environment", catalog().at("/environments/0/id").asLong());
        assertThat(sendTo(manager, "POST", own + "/profiles", mine.toString()).status())
                .isEqualTo(400);
    }

    @Test
    void a_profile_list_is_looked_at_and_then_imported() {
        var yaml =
                "profileList:\\n- {display_name: Imported, kubespawner_override: {image: 'a/b:1',"
                        + " mem_limit: 1G, tolerations: []}}\\n";
        var look = "{\"yaml\": \"" + yaml + "\", \"apply\": false}";
        var report = ok(200, send(root, "POST", "/profiles/import", look));
        assertThat(report.get("profiles").toString()).isEqualTo("[\"Imported\"]");
        assertThat(report.get("images").toString()).isEqualTo("[\"a/b:1\"]");
        assertThat(report.get("left").toString()).contains("tolerations was not taken");
        assertThat(catalog().findValuesAsText("title")).doesNotContain("Imported");

        ok(200, send(root, "POST", "/profiles/import", look.replace("false", "true")));

        assertThat(catalog().findValuesAsText("title")).contains("Imported");
        var again = ok(200, send(root, "POST", "/profiles/import", look));
        assertThat(again.get("profiles")).isEmpty();
    }

    @Test
    void an_environment_is_made_and_removed_but_not_while_it_is_used() {
        var body =
                "{\"name\": \"r\", \"title\": \"R\", \"image\": \"lab/r:4\", \"command\":"
                        + " [\"jupyterhub-singleuser\"], \"defaultUrl\": \"/lab\", \"version\":"
                        + " 0}";
        var made = ok(201, send(root, "POST", "/environments", body));
        assertThat(made.get("imageId").isNull()).isTrue();
        var one = "/environments/" + made.get("id");
        var changed = ok(200, send(root, "PUT", one, body.replace("lab/r:4", "lab/r:5")));
        assertThat(changed.get("image").asText()).isEqualTo("lab/r:5");
        var gone = send(root, "DELETE", one + "?version=" + changed.get("version"), null);
        assertThat(gone.status()).isEqualTo(204);
        var first = catalog().at("/environments/0");
        var used =
                send(
                        root,
                        "DELETE",
                        "/environments/" + first.get("id") + "?version=" + first.get("version"),
                        null);
        assertThat(used.status()).isEqualTo(409);
    }

    private static ObjectNode profile(String name) {
        var body = JSON.createObjectNode();
        body.put("name", name).put("title", name).put("description", "Words");
        body.put("environment", catalog().at("/environments/0/id").asLong());
        body.put("memoryBytes", GIB).put("milliCpus", 1000).put("everybody", true);
        return body.put("version", 0);
    }

    private static JsonNode catalog() {
        return ok(200, send(root, "GET", "/catalog", null));
    }

    private static Browser.Page send(Browser browser, String method, String path, String json) {
        return sendTo(browser, method, "/communities/" + platform.community() + path, json);
    }

    private static Browser.Page sendTo(Browser browser, String method, String path, String json) {
        return browser.send(
                method,
                "/api/admin/v1" + path,
                json,
                "X-Lyceum-CSRF",
                proof(browser),
                "Content-Type",
                "application/json");
    }

    /** What the panel's page holds; this test needs no page. */
    private static String proof(Browser browser) {
        var cookie = browser.cookie("lyceum-session", "/api/admin/").orElseThrow();
        return Secret.presented(cookie).sign("panel");
    }

    private static JsonNode ok(int status, Browser.Page page) {
        assertThat(page.status()).as(page.body()).isEqualTo(status);
        return json(page);
    }

    private static JsonNode json(Browser.Page page) {
        try {
            return JSON.readTree(page.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
