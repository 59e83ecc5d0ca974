package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.Roles;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.testing.FakeContainerEngine;

/** Goal: administrators tell people something and stop many servers; managers those of theirs. */
class AnnouncementPanelTest {

    private static final String ANNOUNCEMENTS = "/api/admin/v1/announcements";
    private static final String STOP = "/api/admin/v1/servers/stop";
    private static final Actor SETUP = new Actor.Platform();

    private HubUnderTest platform;
    private Browser root;

    @BeforeEach
    void start() {
        platform = HubUnderTest.withFake(new FakeContainerEngine());
        platform.user("root", true);
        root = platform.browserOf("root");
    }

    @AfterEach
    void end() {
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

    @Test
    void what_is_announced_stands_on_home_pages_until_it_is_taken_back() {
        platform.user("ada");
        var said =
                send(
                        root,
                        "PUT",
                        ANNOUNCEMENTS,
                        "{\"text\": \"New <disks> on Friday.\", \"pausesStarts\": true}");
        assertThat(said.status()).as(said.body()).isEqualTo(200);

        assertThat(root.get(ANNOUNCEMENTS).body())
                .contains("\"community\":null", "New <disks> on Friday.", "\"pausesStarts\":true");
        var ada = platform.browserOf("ada");
        assertThat(ada.get("/hub/home").body())
                .contains("From your administrators:", "New &lt;disks&gt; on Friday.");
        var start = ada.api("POST", "/hub/api/users/ada/server", "");
        assertThat(start.status()).isEqualTo(503);
        assertThat(start.body()).contains("No server starts just now: New <disks> on Friday.");

        assertThat(send(root, "POST", ANNOUNCEMENTS + "/end", "{}").status()).isEqualTo(200);
        assertThat(ada.get("/hub/home").body()).doesNotContain("From your administrators:");
        assertThat(send(root, "POST", ANNOUNCEMENTS + "/end", "{}").body())
                .contains("announcement.none");
        assertThat(root.get("/api/admin/v1/audit").body())
                .contains("ANNOUNCED", "ANNOUNCEMENT_ENDED");
    }

    @Test
    void a_time_that_is_none_or_has_passed_is_refused_in_words() {
        assertThat(told("\"stopsAt\": \"tomorrow\"").body()).contains("2027-01-31T18:00:00Z");
        assertThat(told("\"stopsAt\": \"2020-01-01T00:00:00Z\"").body())
                .contains("announcement.not-ahead");
        assertThat(told("\"stopsAt\": 5").body()).contains("body.wrong-type");
        assertThat(told("\"community\": 99").body()).contains("community.unknown");
        assertThat(told("\"community\": 0").body()).contains("community.unknown");
    }

    private Browser.Page told(String field) {
        return send(root, "PUT", ANNOUNCEMENTS, "{\"text\": \"x\", " + field + "}");
    }

    @Test
    void a_manager_speaks_to_their_own_community_and_to_no_other() {
        var kim = platform.user("kim");
        platform.hub()
                .identity()
                .roles()
                .give(SETUP, platform.community(), Roles.ADMIN, new RoleHolder.OfUser(kim.id()));
        var other = platform.hub().communities().communities().create(SETUP, "maths", "Maths").id();
        var manager = platform.browserOf("kim");
        var own = "{\"text\": \"Ours\", \"community\": " + platform.community() + "}";

        assertThat(send(manager, "PUT", ANNOUNCEMENTS, own).status()).isEqualTo(200);
        assertThat(send(manager, "PUT", ANNOUNCEMENTS, "{\"text\": \"All\"}").status())
                .isEqualTo(403);
        assertThat(
                        send(
                                        manager,
                                        "PUT",
                                        ANNOUNCEMENTS,
                                        "{\"text\": \"x\", \"community\": " + other + "}")
                                .status())
                .isEqualTo(404);
        assertThat(send(manager, "POST", STOP, "{}").status()).isEqualTo(403);
        assertThat(send(manager, "POST", STOP, "{\"community\": " + other + "}").status())
                .isEqualTo(404);

        send(root, "PUT", ANNOUNCEMENTS, "{\"text\": \"x\", \"community\": " + other + "}");
        assertThat(manager.get(ANNOUNCEMENTS).body()).contains("Ours").doesNotContain("\"x\"");
    }

    @Test
    void stopping_many_servers_counts_them_and_asks_for_a_group_that_there_is() {
        assertThat(send(root, "POST", STOP, "{}").body()).isEqualTo("{\"servers\":0}");
        assertThat(send(root, "POST", STOP, "{\"group\": \"x\"}").body()).contains("group.unknown");
        var body = "{\"community\": " + platform.community() + ", \"group\": \"x\"}";
        assertThat(send(root, "POST", STOP, body).body()).contains("group.unknown");
    }
}
