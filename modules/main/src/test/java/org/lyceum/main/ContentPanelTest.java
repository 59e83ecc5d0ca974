package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lyceum.identity.RoleHolder;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Goal: who manages a community says which repositories' files come into homes, and sees no key but
 * its public half. Method: the whole platform over its public door.
 */
class ContentPanelTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Actor SETUP = new Actor.Platform();

    private static HubUnderTest platform;
    private static Browser root;
    private static Browser manager;
    private static String own;

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
        own = "/api/admin/v1/communities/" + physics + "/content";
    }

    @AfterAll
    static void end() {
        platform.close();
    }

    private static Browser.Page send(Browser browser, String method, String path, String body) {
        return browser.send(
                method,
                path,
                body,
                "X-Lyceum-CSRF",
                browser.panelProof(),
                "Content-Type",
                "application/json");
    }

    private static JsonNode json(int status, Browser.Page page) {
        assertThat(page.status()).as(page.body()).isEqualTo(status);
        try {
            return JSON.readTree(page.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(String url, String folder, boolean key) {
        return "{\"url\": \""
                + url
                + "\", \"reference\": \"main\", \"folder\": \""
                + folder
                + "\", \"deployKey\": "
                + key
                + "}";
    }

    @Test
    @SecurityStatement(51)
    void a_manager_attaches_a_repository_whose_key_stays_while_its_address_does() {
        var made = json(201, send(manager, "POST", own, body("git@h.org:a/b.git", "", true)));
        assertThat(made.get("folder").asText()).isEqualTo("b");
        assertThat(made.get("publicKey").asText()).startsWith("ssh-ed25519 ");
        var one = own + "/" + made.get("id");

        var moved = json(200, send(manager, "PUT", one, body("git@h.org:a/b.git", "c/d", true)));
        assertThat(moved.get("publicKey")).isEqualTo(made.get("publicKey"));
        var other = json(200, send(manager, "PUT", one, body("git@x.org:a/b.git", "c/d", true)));
        assertThat(other.get("publicKey")).isNotEqualTo(made.get("publicKey"));
        var open = json(200, send(manager, "PUT", one, body("https://x.org/b", "c/d", false)));
        assertThat(open.get("publicKey").isNull()).isTrue();
        assertThat(manager.get(own).body()).contains("\"c/d\"").doesNotContain("PRIVATE");
        assertThat(root.get("/api/admin/v1/audit").body())
                .contains("CONTENT_CHANGED", "with a deploy key")
                .doesNotContain("PRIVATE");

        assertThat(send(manager, "DELETE", one, null).status()).isEqualTo(204);
        assertThat(send(manager, "DELETE", one, null).status()).isEqualTo(404);
        assertThat(send(manager, "PUT", one, body("https://x.org/b", "e", false)).status())
                .isEqualTo(404);
    }

    @Test
    void what_makes_no_sense_is_refused_in_words() {
        assertThat(send(manager, "POST", own, body("file:///etc", "", false)).body())
                .contains("source.url-invalid");
        assertThat(send(manager, "POST", own, body("https://x.org/b", ".ssh", false)).body())
                .contains("content.folder-invalid", "begins with a dot");
        assertThat(send(manager, "POST", own, body("https://x.org/b", "", true)).body())
                .contains("source.access-invalid");
        assertThat(send(manager, "POST", own, "{}").body()).contains("body.missing");
        var unknown = "{\"url\": \"https://x.org/b\", \"profile\": 99999}";
        assertThat(send(manager, "POST", own, unknown).body()).contains("profile.gone");

        var made = json(201, send(manager, "POST", own, body("https://x.org/b", "same", false)));
        assertThat(send(manager, "POST", own, body("https://x.org/c", "same", false)).body())
                .contains("content.folder-taken");
        send(manager, "DELETE", own + "/" + made.get("id"), null);
    }

    @Test
    @SecurityStatement(43)
    void another_communitys_are_not_theirs() {
        var foreign = "/api/admin/v1/communities/1/content";
        var made = json(201, send(root, "POST", foreign, body("https://x.org/b", "f", false)));

        assertThat(manager.get(foreign).status()).isEqualTo(404);
        assertThat(send(manager, "POST", foreign, body("https://x.org/b", "g", false)).status())
                .isEqualTo(404);
        for (var place : new String[] {foreign, own}) {
            var one = place + "/" + made.get("id");
            assertThat(send(manager, "PUT", one, body("https://x.org/b", "g", false)).status())
                    .isEqualTo(404);
            assertThat(send(manager, "DELETE", one, null).status()).isEqualTo(404);
        }
        send(root, "DELETE", foreign + "/" + made.get("id"), null);
    }

    @Test
    void a_start_with_files_that_cannot_come_is_a_start_all_the_same() {
        var hub = platform.hub();
        var community = "/api/admin/v1/communities/1/content";
        var made = json(201, send(root, "POST", community, body("https://x.org/b", "b", false)));
        var ada = platform.user("ada");

        var said = new java.util.ArrayList<String>();
        try {
            hub.content().pulls().atStart(platform.community(), ada, null, said::add);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }

        assertThat(said).first().isEqualTo("Bringing the files of b");
        assertThat(said).last().asString().startsWith("The files of b have not come: ");
        send(root, "DELETE", community + "/" + made.get("id"), null);
    }
}
