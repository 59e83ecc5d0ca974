package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lyceum.identity.RoleHolder;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Goal: who manages a community decides when its servers end, and reads whose decision counts.
 * Method: the whole platform over its public door.
 */
class EndsPanelTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Actor SETUP = new Actor.Platform();

    private static HubUnderTest platform;
    private static Browser root;
    private static Browser manager;
    private static String own;
    private static long profile;

    @BeforeAll
    static void start() {
        platform = HubUnderTest.withFake(new FakeContainerEngine());
        platform.user("root", true);
        platform.user("boss");
        root = platform.browserOf("root");
        var hub = platform.hub();
        var physics = hub.communities().communities().create(SETUP, "physics", "Physics").id();
        var boss = hub.identity().users().findByName("boss").orElseThrow().id();
        hub.communities().members().join(SETUP, physics, boss);
        hub.identity().roles().give(SETUP, physics, "admin", new RoleHolder.OfUser(boss));
        manager = platform.browserOf("boss");
        own = "/communities/" + physics;
        profile = json(get(manager, own + "/catalog")).at("/profiles/0/id").asLong();
    }

    @AfterAll
    static void end() {
        platform.close();
    }

    private static Browser.Page get(Browser browser, String path) {
        return browser.get("/api/admin/v1" + path);
    }

    private static Browser.Page put(Browser browser, String path, String body) {
        return browser.send(
                "PUT",
                "/api/admin/v1" + path,
                body,
                "X-Lyceum-CSRF",
                browser.panelProof(),
                "Content-Type",
                "application/json");
    }

    private static JsonNode json(Browser.Page page) {
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        try {
            return JSON.readTree(page.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_manager_decides_for_the_community_and_a_profile_and_takes_it_back() {
        var before = json(get(manager, own + "/ends"));
        assertThat(before.at("/community/cullAfter/origin").asText()).isEqualTo("PLATFORM");
        assertThat(before.at("/community/cullAfter/seconds").asLong()).isEqualTo(7200);
        assertThat(before.at("/bounds/cullAfterSeconds").asLong()).isEqualTo(86_400);

        json(put(manager, own + "/ends", "{\"cullAfterSeconds\": 3600}"));
        var ofProfile = own + "/profiles/" + profile + "/ends";
        var after =
                json(
                        put(
                                manager,
                                ofProfile,
                                "{\"keepAtMostSeconds\": 0, \"freezeAfterSeconds\": 0}"));

        assertThat(after.at("/profiles/0/profile").asLong()).isEqualTo(profile);
        assertThat(after.at("/profiles/0/cullAfter").toString())
                .isEqualTo("{\"ownSeconds\":null,\"seconds\":3600,\"origin\":\"COMMUNITY\"}");
        assertThat(after.at("/profiles/0/keepAtMost").toString())
                .isEqualTo("{\"ownSeconds\":0,\"seconds\":0,\"origin\":\"PROFILE\"}");
        assertThat(after.at("/profiles/0/freezeAfter").toString())
                .isEqualTo("{\"ownSeconds\":0,\"seconds\":0,\"origin\":\"PROFILE\"}");
        assertThat(after.at("/community/freezeAfter").toString())
                .isEqualTo("{\"ownSeconds\":null,\"seconds\":1200,\"origin\":\"PLATFORM\"}");
        assertThat(get(root, "/audit").body())
                .contains("ends of profile:" + profile, "freezeAfter=PT0S");

        json(put(manager, ofProfile, "{}"));
        assertThat(json(put(manager, own + "/ends", "{}"))).isEqualTo(before);
    }

    @Test
    void what_is_beyond_the_platforms_bounds_or_no_time_is_refused_in_words() {
        var path = own + "/ends";
        assertThat(put(root, path, "{\"cullAfterSeconds\": 90000}").body())
                .contains("ends.beyond-bound", "1440 minutes on this platform");
        assertThat(put(root, path, "{\"cullAfterSeconds\": 5}").body()).contains("ends.invalid");
        assertThat(put(root, path, "{\"maxAgeSeconds\": \"1h\"}").body())
                .contains("body.wrong-type");
        assertThat(put(root, path, "{\"maxAge\": 5}").body()).contains("body.unknown-keys");
        assertThat(put(root, path, "{\"maxAgeSeconds\": 9223372036854775807}").status())
                .isEqualTo(400);
        assertThat(put(root, own + "/profiles/99/ends", "{}").status()).isEqualTo(404);
    }

    @Test
    @SecurityStatement(43)
    void another_community_and_its_profiles_are_not_theirs() {
        var foreign = "/communities/" + new CommunityId(1);
        assertThat(get(manager, foreign + "/ends").status()).isEqualTo(404);
        assertThat(put(manager, foreign + "/ends", "{}").status()).isEqualTo(404);
        long others = json(get(root, foreign + "/catalog")).at("/profiles/0/id").asLong();
        assertThat(put(manager, own + "/profiles/" + others + "/ends", "{}").status())
                .isEqualTo(404);
    }
}
