package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.Roles;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.storage.FolderKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Goal: whoever is removed by mistake is brought back in the panel with everything they had.
 * Method: the whole platform over its public door; a home with a file in it.
 */
class LeavingPanelTest {

    private static final Actor SETUP = new Actor.Platform();
    private static final String LEAVING = "/api/admin/v1/communities/1/leaving";
    private static final String JOB = "storage.retire-folders";

    private HubUnderTest platform;
    private Browser root;
    private Path thesis;

    @BeforeEach
    void start() throws IOException {
        platform = HubUnderTest.withFake(new FakeContainerEngine());
        platform.user("root", true);
        var ada = platform.user("ada").id();
        root = platform.browserOf("root");
        var home = platform.hub().storage().homes().ensure(platform.community(), ada);
        thesis = Files.writeString(home.hostPath().resolve("thesis"), "all of it");
    }

    @AfterEach
    void end() {
        platform.close();
    }

    private Browser.Page send(String method, String path, String json) {
        return root.send(
                method,
                path,
                json,
                "X-Lyceum-CSRF",
                root.panelProof(),
                "Content-Type",
                "application/json");
    }

    private String leaving() {
        platform.hub().jobs().runNow(JOB);
        var page = root.get(LEAVING);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return page.body();
    }

    @Test
    void a_deleted_person_is_brought_back_with_their_files_under_another_name() {
        var ada = platform.user("ada").id();
        platform.hub().identity().users().delete(SETUP, ada);
        assertThat(leaving())
                .contains("\"keptDays\":90")
                .contains("\"owner\":\"ada\"")
                .contains("\"reason\":\"USER_DELETED\"");
        platform.hub().identity().users().create(SETUP, "ada", false);

        var taken = send("POST", LEAVING + "/1/back", "{}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.body()).contains("user.exists");
        var back = send("POST", LEAVING + "/1/back", "{\"name\": \"ada2\"}");
        assertThat(back.status()).as(back.body()).isEqualTo(200);

        assertThat(leaving()).contains("\"items\":[]");
        var again = platform.hub().identity().users().findByName("ada2").orElseThrow();
        assertThat(again.id()).isEqualTo(ada);
        assertThat(platform.hub().communities().members().isMember(platform.community(), ada))
                .isTrue();
        assertThat(thesis).hasContent("all of it");
        assertThat(root.get("/api/admin/v1/audit").body())
                .contains("USER_RESTORED")
                .contains("FOLDER_BROUGHT_BACK");
    }

    @Test
    void a_member_who_was_removed_can_be_kept_longer_and_removed_for_good() {
        var ada = platform.user("ada").id();
        platform.hub().communities().members().leave(SETUP, platform.community(), ada);
        assertThat(leaving()).contains("\"reason\":\"MEMBER_LEFT\"");

        assertThat(send("PUT", LEAVING + "/1", "{\"days\": 4000}").body())
                .contains("folder.kept-too-long");
        assertThat(send("PUT", LEAVING + "/1", "{\"days\": 0}").body())
                .contains("folder.kept-too-short");
        assertThat(send("PUT", LEAVING + "/1", "{\"days\": 365}").status()).isEqualTo(200);
        assertThat(send("DELETE", LEAVING + "/99", null).body()).contains("folder.not-leaving");

        assertThat(send("DELETE", LEAVING + "/1", null).status()).isEqualTo(204);
        assertThat(leaving()).contains("\"items\":[]");
        assertThat(thesis).doesNotExist();
        assertThat(
                        platform.hub()
                                .storage()
                                .folders()
                                .usage(FolderKey.home(platform.community(), ada)))
                .isEmpty();
        assertThat(root.get("/api/admin/v1/audit").body()).contains("FOLDER_REMOVED");
    }

    @Test
    void an_administrator_fetches_what_is_kept_once_they_have_said_why() throws IOException {
        var ada = platform.user("ada").id();
        platform.hub().identity().users().delete(SETUP, ada);
        leaving();
        var archive = LEAVING + "/1/archive";
        var why = "{\"reason\": \"The group goes on with her measurements\"}";

        assertThat(send("POST", archive, why).body()).contains("folder.closing");
        platform.passes(Duration.ofMinutes(2));
        leaving();
        assertThat(Files.getOwner(thesis.getParent()).getName()).isEqualTo("root");
        assertThat(root.get(archive).body()).contains("folder.reason-missing");
        assertThat(send("POST", archive, "{\"reason\": \" \"}").status()).isEqualTo(400);
        assertThat(send("POST", archive, why).status()).isEqualTo(200);

        var fetched = root.get(archive);
        assertThat(fetched.status()).as(fetched.body()).isEqualTo(200);
        assertThat(fetched.header("content-disposition")).contains("ada-home.tar");
        assertThat(fetched.body()).contains("ada-home/thesis").contains("all of it");
        assertThat(thesis).hasContent("all of it");
        assertThat(root.get("/api/admin/v1/audit").body())
                .contains("FOLDER_FETCHED")
                .contains("The group goes on with her measurements");

        assertThat(send("POST", LEAVING + "/1/back", "{}").status()).isEqualTo(200);
        leaving();
        assertThat(root.get(archive).body()).contains("folder.not-leaving");
    }

    @Test
    void a_reason_is_one_administrator_s_and_a_manager_fetches_nothing() {
        platform.hub()
                .communities()
                .members()
                .leave(SETUP, platform.community(), platform.user("ada").id());
        platform.user("grace", true);
        platform.hub()
                .identity()
                .roles()
                .give(
                        SETUP,
                        platform.community(),
                        Roles.ADMIN,
                        new RoleHolder.OfUser(platform.user("kim").id()));
        leaving();
        platform.passes(Duration.ofMinutes(2));
        leaving();
        var archive = LEAVING + "/1/archive";
        var why = "{\"reason\": \"Asked for by the data office\"}";
        assertThat(send("POST", archive, why).status()).isEqualTo(200);

        root = platform.browserOf("grace");
        assertThat(root.get(archive).body()).contains("folder.reason-missing");
        root = platform.browserOf("kim");
        assertThat(send("POST", archive, why).status()).isEqualTo(403);
        assertThat(root.get(archive).status()).isEqualTo(403);
    }

    @Test
    void a_manager_keeps_files_longer_and_removes_none_earlier() {
        var ada = platform.user("ada").id();
        var kim = platform.user("kim");
        platform.hub()
                .identity()
                .roles()
                .give(SETUP, platform.community(), Roles.ADMIN, new RoleHolder.OfUser(kim.id()));
        platform.hub().communities().members().leave(SETUP, platform.community(), ada);
        leaving();
        root = platform.browserOf("kim");

        assertThat(send("PUT", LEAVING + "/1", "{\"days\": 365}").status()).isEqualTo(200);
        var earlier = send("PUT", LEAVING + "/1", "{\"days\": 1}");
        assertThat(earlier.status()).isEqualTo(403);
        assertThat(earlier.body()).contains("folder.kept-longer-only");
        assertThat(send("DELETE", LEAVING + "/1", null).status()).isEqualTo(403);
        leaving();
        assertThat(thesis).hasContent("all of it");
    }

    @Test
    void a_deleted_community_s_files_are_listed_and_come_back_with_it() {
        var made = platform.hub().communities().communities().create(SETUP, "maths", "Mathematics");
        var home = platform.hub().storage().homes().ensure(made.id(), platform.user("ada").id());
        platform.hub().communities().members().join(SETUP, made.id(), platform.user("ada").id());
        var gone =
                platform.hub().communities().communities().delete(SETUP, made.id(), made.version());
        platform.hub().jobs().runNow(JOB);
        var list = root.get("/api/admin/v1/communities/" + made.id() + "/leaving").body();
        assertThat(list).contains("COMMUNITY_DELETED");
        var id = list.replaceAll(".*\"items\":\\[\\{\"id\":(\\d+).*", "$1");
        var path = "/api/admin/v1/communities/" + made.id() + "/leaving/" + id + "/back";
        assertThat(send("POST", path, "{}").body()).contains("folder.community-deleted");

        platform.hub().communities().communities().restore(SETUP, made.id(), gone.version());
        platform.hub().jobs().runNow(JOB);
        assertThat(root.get("/api/admin/v1/communities/" + made.id() + "/leaving").body())
                .contains("\"items\":[]");
        assertThat(home.hostPath()).isDirectory();
    }
}
