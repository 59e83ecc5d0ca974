package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Goal: an administrator makes, changes and closes communities in the panel, and each change is
 * there at once. Method: the whole platform over its public door.
 */
class CommunityPanelTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/admin/v1";

    private static HubUnderTest platform;
    private static Browser root;

    @BeforeAll
    static void start() {
        platform = HubUnderTest.withFake(new FakeContainerEngine());
        platform.user("root", true);
        platform.user("ada");
        root = platform.browserOf("root");
    }

    @AfterAll
    static void end() {
        platform.close();
    }

    private static Browser.Page send(Browser browser, String method, String path, String json) {
        return browser.send(
                method,
                API + path,
                json,
                "X-Lyceum-CSRF",
                browser.panelProof(),
                "Content-Type",
                "application/json");
    }

    private static JsonNode json(Browser.Page page) {
        try {
            return JSON.readTree(page.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode made(String name) {
        var page =
                send(
                        root,
                        "POST",
                        "/communities",
                        "{\"name\": \"" + name + "\", \"title\": \"Dept. of " + name + "\"}");
        assertThat(page.status()).isEqualTo(201);
        return json(page);
    }

    private static JsonNode step(JsonNode community, String verb, String more) {
        var body = "{\"version\": " + community.get("version") + more + "}";
        var path = "/communities/" + community.get("id") + verb;
        var page = send(root, verb.isEmpty() ? "PATCH" : "POST", path, body);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return json(page);
    }

    private static int hub(String base) {
        return new Browser(platform.origin()).get(base + "hub/api").status();
    }

    @Test
    void a_community_is_made_renamed_paused_deleted_and_restored() {
        var maths = made("maths");
        assertThat(hub("/maths/")).isEqualTo(200);

        var numbers = step(maths, "/rename", ", \"name\": \"numbers\"");
        assertThat(numbers.get("baseUrl").asText()).isEqualTo("/numbers/");
        assertThat(numbers.get("formerAddresses").get(0).get("baseUrl").asText())
                .isEqualTo("/maths/");
        assertThat(new Browser(platform.origin()).get("/maths/hub/home").location())
                .isEqualTo("/numbers/hub/home");

        var paused = step(numbers, "/pause", ", \"notice\": \"Back at noon.\"");
        assertThat(paused.get("state").asText()).isEqualTo("PAUSED");
        assertThat(new Browser(platform.origin()).get("/numbers/hub/spawn").status())
                .isEqualTo(503);

        var deleted = step(step(paused, "/resume", ""), "/delete", "");
        assertThat(hub("/numbers/")).isEqualTo(302);

        var restored = step(deleted, "/restore", "");
        assertThat(restored.get("state").asText()).isEqualTo("PAUSED");
        assertThat(hub("/numbers/")).isEqualTo(200);
    }

    @Test
    void title_and_limits_are_changed_together_and_the_list_shows_them() {
        var chemistry = made("chemistry");
        var limits =
                ", \"title\": \"Chemistry\", \"limits\": {\"maxActive\": 7, \"namedPerUser\": 0}";
        step(chemistry, "", limits);

        var line = found("chemistry");
        assertThat(line.get("title").asText()).isEqualTo("Chemistry");
        assertThat(line.get("limits").toString())
                .isEqualTo("{\"maxSpawning\":null,\"maxActive\":7,\"namedPerUser\":0}");
    }

    private static JsonNode found(String name) {
        for (var item : json(root.get(API + "/communities")).get("items")) {
            if (item.get("name").asText().equals(name)) {
                return item;
            }
        }
        throw new AssertionError("no community " + name);
    }

    @Test
    void an_edit_of_what_somebody_else_has_changed_is_refused() {
        var physics = made("physics");
        step(physics, "", ", \"title\": \"Physics\"");

        var stale =
                send(
                        root,
                        "PATCH",
                        "/communities/" + physics.get("id"),
                        "{\"version\": 0, \"title\": \"Mine\"}");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(json(stale).get("code").asText()).isEqualTo("community.stale");
        assertThat(found("physics").get("title").asText()).isEqualTo("Physics");
    }

    @Test
    void members_are_added_made_managers_and_removed() {
        var biology = made("biology");
        var members = "/communities/" + biology.get("id") + "/members";

        assertThat(send(root, "POST", members, "{\"name\": \" Ada \"}").status()).isEqualTo(201);
        assertThat(send(root, "POST", members, "{\"name\": \"kim\", \"manager\": true}").status())
                .isEqualTo(201);
        var list = json(root.get(API + members)).get("items");
        assertThat(list.findValuesAsText("name")).containsExactly("ada", "kim");
        assertThat(list.get(0).get("manager").asBoolean()).isFalse();
        assertThat(list.get(1).get("manager").asBoolean()).isTrue();

        var ada = members + "/" + list.get(0).get("id");
        assertThat(send(root, "PUT", ada, "{\"manager\": true}").status()).isEqualTo(200);
        assertThat(json(root.get(API + members)).get("items").get(0).get("manager").asBoolean())
                .isTrue();
        assertThat(send(root, "DELETE", ada, null).status()).isEqualTo(204);
        assertThat(send(root, "DELETE", ada, null).status()).isEqualTo(404);
        assertThat(platform.hub().identity().users().findByName("ada")).isPresent();
        assertThat(found("biology").get("members").asInt()).isEqualTo(1);
    }

    @Test
    void members_and_groups_get_a_limit_on_named_servers_of_their_own() {
        var geology = made("geology");
        var path = "/communities/" + geology.get("id");
        send(root, "POST", path + "/members", "{\"name\": \"ada\"}");
        var community = new CommunityId(geology.get("id").asLong());
        var groups = platform.hub().identity().groups();
        groups.create(new Actor.Platform(), community, "lab", List.of("ada"));
        var ada = path + "/members/" + platform.user("ada").id() + "/named-servers";
        var line = json(root.get(API + path + "/groups")).get("items").get(0);
        var lab = path + "/groups/" + line.get("id") + "/named-servers";

        assertThat(line.get("users").asInt()).isEqualTo(1);
        assertThat(line.get("namedServers").isNull()).isTrue();
        assertThat(send(root, "PUT", lab, "{\"namedServers\": 4}").status()).isEqualTo(200);
        assertThat(send(root, "PUT", ada, "{\"namedServers\": 0}").status()).isEqualTo(200);
        assertThat(
                        json(root.get(API + path + "/groups"))
                                .get("items")
                                .get(0)
                                .get("namedServers")
                                .asInt())
                .isEqualTo(4);
        var members = json(root.get(API + path + "/members")).get("items");
        assertThat(members.get(0).get("namedServers").asInt()).isZero();
        assertThat(send(root, "PUT", ada, "{\"namedServers\": null}").status()).isEqualTo(200);
        members = json(root.get(API + path + "/members")).get("items");
        assertThat(members.get(0).get("namedServers").isNull()).isTrue();

        for (var bad : new String[] {"-1", "1001", "\"x\""}) {
            var body = "{\"namedServers\": " + bad + "}";
            assertThat(send(root, "PUT", ada, body).status()).as(bad).isEqualTo(400);
        }
        for (var nobody : new String[] {"0", "-1", "99999", "x"}) {
            var member = path + "/members/" + nobody + "/named-servers";
            var group = path + "/groups/" + nobody + "/named-servers";
            assertThat(send(root, "PUT", member, "{}").status()).as(nobody).isEqualTo(404);
            assertThat(send(root, "PUT", group, "{}").status()).as(nobody).isEqualTo(404);
        }
    }

    @Test
    void somebody_is_made_an_administrator_and_the_last_one_stays() {
        var ada = platform.user("ada");
        var person = "/people/" + ada.id();

        assertThat(send(root, "PUT", person, "{\"administrator\": true}").status()).isEqualTo(200);
        assertThat(platform.browserOf("ada").get(API + "/me").status()).isEqualTo(200);
        assertThat(send(root, "PUT", person, "{\"administrator\": false}").status()).isEqualTo(200);
        var self = "/people/" + platform.user("root").id();
        var last = send(root, "PUT", self, "{\"administrator\": false}");
        assertThat(last.status()).isEqualTo(409);
        assertThat(json(last).get("code").asText()).isEqualTo("user.last-admin");
    }

    @Test
    void what_makes_no_sense_is_said_to_make_none() {
        for (var body :
                new String[] {
                    "[]",
                    "{",
                    "{}",
                    "{\"name\": 1, \"title\": \"x\"}",
                    "{\"name\": \"ok\", \"x\": 1}"
                }) {
            assertThat(send(root, "POST", "/communities", body).status()).isEqualTo(400);
        }
        for (var id : new String[] {"0", "999", "x"}) {
            assertThat(
                            send(root, "POST", "/communities/" + id + "/resume", "{\"version\": 0}")
                                    .status())
                    .isEqualTo(404);
        }
    }

    @Test
    @SecurityStatement(43)
    void who_administers_nothing_sees_and_changes_nothing() {
        var eve = new Browser(platform.origin());
        platform.user("eve");
        eve.signIn("eve", HubUnderTest.password("eve"));

        assertThat(eve.get(API + "/communities").status()).isEqualTo(403);
        assertThat(send(eve, "POST", "/communities", "{}").status()).isEqualTo(403);
        assertThat(new Browser(platform.origin()).get(API + "/communities").status())
                .isEqualTo(401);
    }

    @Test
    @SecurityStatement({34, 43})
    void a_manager_sees_and_changes_their_own_community_and_no_other() {
        var own = made("astronomy");
        var other = made("botany");
        var ada = platform.user("ada");
        var path = "/communities/" + own.get("id");
        var member = path + "/members/" + ada.id();
        send(root, "POST", path + "/members", "{\"name\": \"ada\", \"manager\": true}");
        var foreign = "/communities/" + other.get("id");
        send(root, "POST", foreign + "/members", "{\"name\": \"root\"}");

        var manager = new Browser(platform.origin());
        var page = manager.signIn("/astronomy/", "ada", HubUnderTest.password("ada"));
        assertThat(page.status()).isEqualTo(302);

        assertThat(json(manager.get(API + "/me")).get("admin").asBoolean()).isFalse();
        assertThat(json(manager.get(API + "/communities")).get("items").findValuesAsText("name"))
                .containsExactly("astronomy");
        assertThat(send(manager, "PATCH", path, "{\"version\": 0, \"title\": \"Stars\"}").status())
                .isEqualTo(200);
        var limits = "{\"version\": 1, \"limits\": {\"maxActive\": 1}}";
        assertThat(send(manager, "PATCH", path, limits).status()).isEqualTo(403);
        var named = member + "/named-servers";
        assertThat(send(manager, "PUT", named, "{\"namedServers\": 9}").status()).isEqualTo(403);
        assertThat(manager.get(API + path + "/groups").status()).isEqualTo(200);
        assertThat(manager.get(API + foreign + "/groups").status()).isEqualTo(404);

        assertThat(send(manager, "PATCH", foreign, "{\"version\": 0, \"title\": \"x\"}").status())
                .isEqualTo(404);
        for (var verb : new String[] {"/pause", "/resume"}) {
            assertThat(send(manager, "POST", foreign + verb, "{\"version\": 0}").status())
                    .isEqualTo(404);
        }
        assertThat(manager.get(API + foreign + "/members").status()).isEqualTo(404);
        var root = foreign + "/members/" + platform.user("root").id();
        assertThat(send(manager, "PUT", root, "{\"manager\": true}").status()).isEqualTo(404);
        assertThat(send(manager, "DELETE", root, null).status()).isEqualTo(404);
        for (var verb : new String[] {"/rename", "/delete", "/restore", "/release"}) {
            assertThat(send(manager, "POST", path + verb, "{\"version\": 1}").status())
                    .isEqualTo(403);
        }
        for (var platformOnly : new String[] {"/people", "/overview", "/jobs", "/audit"}) {
            assertThat(manager.get(API + platformOnly).status()).as(platformOnly).isEqualTo(403);
        }

        send(CommunityPanelTest.root, "PUT", member, "{\"manager\": false}");
        assertThat(manager.get(API + "/communities").status()).isEqualTo(403);
    }

    @Test
    @SecurityStatement(34)
    void a_script_without_the_proof_of_the_panels_page_reads_and_changes_nothing() {
        var fetched = root.get(API + "/communities", "Sec-Fetch-Mode", "cors");
        assertThat(fetched.status()).isEqualTo(403);

        var body = "{\"name\": \"forged\", \"title\": \"Forged\"}";
        var forged = root.send("POST", API + "/communities", body, "X-Lyceum-CSRF", "1");
        assertThat(forged.status()).isEqualTo(403);
        assertThat(json(root.get(API + "/communities")).toString()).doesNotContain("forged");
    }
}
