package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.identity.RoleHolder;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Goal: an administrator decides limits in the panel and sees whose decision counts; a manager does
 * so for their own community, up to what it was given. Method: the whole platform over its public
 * door.
 */
class StoragePanelTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/admin/v1";
    private static final Actor SETUP = new Actor.Platform();
    private static final long GIB = 1L << 30;

    private HubUnderTest platform;
    private Browser root;

    @BeforeEach
    void start() {
        platform = HubUnderTest.withFake(new FakeContainerEngine());
        platform.user("root", true);
        platform.user("ada");
        root = platform.browserOf("root");
        platform.hub().storage().homes().ensure(platform.community(), platform.user("ada").id());
    }

    @AfterEach
    void end() {
        platform.close();
    }

    private static Browser.Page put(Browser browser, long community, String json) {
        return send(browser, "PUT", "/communities/" + community + "/limits", json);
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

    private static JsonNode folders(Browser browser, String query) {
        var page = browser.get(API + "/communities/1/folders" + query);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return json(page);
    }

    private JsonNode adasLimit() {
        return folders(root, "").get("items").get(0).get("bytesLimit");
    }

    private static String rule(String scope, String whose, Long gib, long version) {
        return "{\"kind\": \"HOME\", \"scope\": \"%s\", %s \"bytes\": %s, \"version\": %d}"
                .formatted(scope, whose, gib == null ? null : gib * GIB, version);
    }

    @Test
    void the_nearest_decision_counts_and_its_origin_is_shown_until_it_is_taken_back() {
        platform.hub()
                .identity()
                .groups()
                .create(SETUP, platform.community(), "lab", List.of("ada"));
        assertThat(adasLimit().get("from").asText()).isEqualTo("PLATFORM");

        for (var step :
                List.of(
                        List.of("COMMUNITY", "", "20", "null"),
                        List.of("GROUP", "\"name\": \"lab\",", "30", "\"lab\""),
                        List.of("USER", "\"name\": \"ada\",", "5", "\"ada\""),
                        List.of("FOLDER", "\"folder\": 1,", "7", "null"))) {
            var gib = Long.valueOf(step.get(2));
            var set = put(root, 1, rule(step.get(0), step.get(1), gib, -1));
            assertThat(set.status()).as(set.body()).isEqualTo(200);
            assertThat(adasLimit().get("hard").asLong()).isEqualTo(gib * GIB);
            assertThat(adasLimit().get("warning").asLong())
                    .isCloseTo(gib * GIB / 5 * 4, within(8L));
            assertThat(adasLimit().get("from").asText()).isEqualTo(step.get(0));
            assertThat(adasLimit().get("fromName").toString()).isEqualTo(step.get(3));
        }
        var page = folders(root, "");
        assertThat(page.get("rules")).hasSize(4);
        assertThat(page.get("standardBytes").get("hard").asLong()).isEqualTo(20 * GIB);
        assertThat(page.get("items").get(0).get("owner").asText()).isEqualTo("ada");

        assertThat(put(root, 1, rule("FOLDER", "\"folder\": 1,", null, 0)).status()).isEqualTo(200);
        assertThat(adasLimit().get("from").asText()).isEqualTo("USER");
        assertThat(root.get(API + "/audit").body()).contains("LIMIT_CHANGED");
    }

    @Test
    void an_edit_of_what_somebody_else_has_changed_is_refused() {
        put(root, 1, rule("COMMUNITY", "", 20L, -1));

        var late = put(root, 1, rule("COMMUNITY", "", 30L, -1));

        assertThat(late.status()).isEqualTo(412);
        assertThat(adasLimit().get("hard").asLong()).isEqualTo(20 * GIB);
    }

    @Test
    void what_makes_no_sense_is_said_to_make_none() {
        for (var body :
                List.of(
                        "{}",
                        "{\"kind\": \"ATTIC\", \"scope\": \"COMMUNITY\", \"version\": -1}",
                        "{\"kind\": \"HOME\", \"scope\": \"PLATFORM\", \"version\": -1}",
                        "{\"kind\": \"HOME\", \"scope\": \"COMMUNITY\", \"bytes\": -1, \"version\":"
                                + " -1}",
                        "{\"kind\": \"HOME\", \"scope\": \"COMMUNITY\", \"bytes\": \"10G\","
                                + " \"version\": -1}",
                        "{\"kind\": \"HOME\", \"scope\": \"COMMUNITY\", \"bytes\": 10,"
                                + " \"bytesWarning\": 11, \"version\": -1}")) {
            assertThat(put(root, 1, body).status()).as(body).isEqualTo(400);
        }
        for (var whose :
                List.of("\"name\": \"nobody\",", "", "\"name\": \"lab\",", "\"folder\": 99,")) {
            for (var scope : List.of("USER", "GROUP", "FOLDER")) {
                assertThat(put(root, 1, rule(scope, whose, 1L, -1)).status()).isEqualTo(404);
            }
        }
        assertThat(put(root, 9, rule("COMMUNITY", "", 1L, -1)).status()).isEqualTo(404);
        assertThat(root.get(API + "/communities/1/folders?kind=ATTIC").status()).isEqualTo(400);
    }

    @Test
    @SecurityStatement(43)
    void a_manager_decides_in_their_own_community_up_to_what_it_was_given() {
        var other = send(root, "POST", "/communities", "{\"name\": \"maths\", \"title\": \"M\"}");
        long foreign = json(other).get("id").asLong();
        platform.user("eve");
        platform.hub()
                .identity()
                .roles()
                .give(
                        SETUP,
                        platform.community(),
                        "admin",
                        new RoleHolder.OfUser(platform.user("eve").id()));
        var eve = platform.browserOf("eve");

        assertThat(put(eve, 1, rule("USER", "\"name\": \"ada\",", 5L, -1)).status()).isEqualTo(200);
        assertThat(folders(eve, "").get("items").get(0).get("bytesLimit").get("hard").asLong())
                .isEqualTo(5 * GIB);
        var much = put(eve, 1, rule("USER", "\"name\": \"ada\",", 11L, 0));
        assertThat(much.status()).isEqualTo(403);
        assertThat(json(much).get("detail").asText()).contains("10 GiB");
        assertThat(put(eve, 1, rule("USER", "\"name\": \"ada\",", 0L, 0)).status()).isEqualTo(403);
        assertThat(put(eve, 1, rule("COMMUNITY", "", 5L, -1)).status()).isEqualTo(403);
        assertThat(put(eve, foreign, rule("COMMUNITY", "", 5L, -1)).status()).isEqualTo(404);
        assertThat(eve.get(API + "/communities/" + foreign + "/folders").status()).isEqualTo(404);
        assertThat(eve.get(API + "/storage/pool").status()).isEqualTo(403);
        assertThat(send(eve, "POST", "/storage/pool/grow", "{\"bytes\": 1}").status())
                .isEqualTo(403);
        assertThat(folders(root, "").get("rules")).hasSize(1);
    }

    @Test
    void a_group_is_given_a_folder_and_one_that_is_not_there_is_not() {
        var groups = platform.hub().identity().groups();
        groups.create(SETUP, platform.community(), "lab", List.of("ada"));
        assertThat(send(root, "POST", "/communities/1/folders", "{\"group\": \"lab\"}").status())
                .isEqualTo(201);
        assertThat(send(root, "POST", "/communities/1/folders", "{\"group\": \"no\"}").status())
                .isEqualTo(404);

        var folders = folders(root, "?kind=GROUP").get("items");
        assertThat(folders.findValuesAsText("owner")).containsExactly("lab");
    }

    @Test
    void the_pool_is_reported_and_one_that_is_no_image_does_not_grow() {
        var pool = json(root.get(API + "/storage/pool"));
        assertThat(pool.get("totalBytes").asLong()).isPositive();
        assertThat(pool.get("growth").isNull()).isTrue();
        if (!pool.get("image").asBoolean()) {
            var grow = send(root, "POST", "/storage/pool/grow", "{\"bytes\": 1073741824}");
            assertThat(grow.status()).isEqualTo(409);
        }
    }
}
