package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.community.Community;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerState;

import java.nio.file.Files;

/** Goal: who administers a community administers that one, and people stay the platform's. */
class ManagersApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private Community maths;
    private User ada;
    private User eve;
    private Client root;
    private Client manager;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        maths = scenario.community("maths");
        ada = scenario.user("ada");
        eve = scenario.user("eve");
        scenario.join(eve, maths);
        var admin = scenario.admin("root");
        scenario.join(admin, maths);
        root = scenario.client(scenario.token(admin, maths));
        assertThat(patch(root, "/maths/hub/api/users/eve", "{\"admin\": true}").status())
                .isEqualTo(200);
        manager = scenario.client(scenario.token(eve, maths));
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    private static Response patch(Client client, String path, String json) {
        return client.send("PATCH", path, json);
    }

    private static String code(Response response) {
        return HubScenario.json(response).path("code").asText();
    }

    @Test
    @ContractRow(70)
    @SecurityStatement(43)
    void the_admin_flag_is_about_one_community() {
        var here = HubScenario.json(manager.get("/maths/hub/api/users/eve"));
        var elsewhere = scenario.client(scenario.token(eve));

        assertThat(here.get("admin").asBoolean()).isTrue();
        assertThat(here.get("roles").toString()).contains("admin");
        assertThat(manager.get("/maths/hub/api/users").status()).isEqualTo(200);
        var there = HubScenario.json(elsewhere.get("/hub/api/users/eve"));
        assertThat(there.get("admin").asBoolean()).isFalse();
        assertThat(elsewhere.get("/hub/api/users").status()).isEqualTo(403);
        assertThat(scenario.identity.users().findByName("eve").orElseThrow().admin()).isFalse();
    }

    @Test
    void a_manager_makes_and_unmakes_managers_and_others_do_not() {
        assertThat(manager.post("/maths/hub/api/users", "{\"usernames\":[\"kim\"]}").status())
                .isEqualTo(201);
        var kim = scenario.identity.users().findByName("kim").orElseThrow();
        assertThat(patch(manager, "/maths/hub/api/users/kim", "{\"admin\": true}").status())
                .isEqualTo(200);
        var made = scenario.client(scenario.token(kim, maths));
        assertThat(made.get("/maths/hub/api/users").status()).isEqualTo(200);

        assertThat(patch(manager, "/maths/hub/api/users/kim", "{\"admin\": false}").status())
                .isEqualTo(200);

        assertThat(made.get("/maths/hub/api/users").status()).isEqualTo(403);
        var service = manager.post("/maths/hub/api/services/grader", "{\"admin\": true}").status();
        assertThat(service).isEqualTo(201);
        assertThat(patch(made, "/maths/hub/api/users/kim", "{\"admin\": true}").status())
                .isEqualTo(403);
    }

    @Test
    void the_platforms_administrators_are_above_a_communitys() {
        var taken = patch(manager, "/maths/hub/api/users/root", "{\"admin\": false}");

        assertThat(taken.status()).isEqualTo(403);
        assertThat(code(taken)).isEqualTo("user.administers-platform");
        assertThat(manager.delete("/maths/hub/api/users/root").status()).isEqualTo(204);
        assertThat(scenario.identity.users().findByName("root").orElseThrow().admin()).isTrue();
    }

    @Test
    @SecurityStatement(43)
    void people_of_other_communities_are_nobody_here() {
        assertThat(manager.get("/maths/hub/api/users/ada").status()).isEqualTo(404);
        assertThat(manager.delete("/maths/hub/api/users/ada").status()).isEqualTo(404);
        assertThat(manager.get("/maths/hub/api/users/ada/tokens").status()).isEqualTo(404);
        assertThat(manager.post("/maths/hub/api/users/ada/server", "").status()).isEqualTo(404);
        for (var path : new String[] {"groups/class", "groups"}) {
            var json = "{\"groups\": [\"class\"], \"users\": [\"ada\"]}";
            var group = manager.post("/maths/hub/api/" + path, json);
            assertThat(group.status()).isEqualTo(400);
            assertThat(HubScenario.json(group).get("message").asText())
                    .isEqualTo("No such user: ada");
        }
        manager.post("/maths/hub/api/groups/class", "{\"users\": [\"eve\"]}");
        assertThat(
                        manager.post(
                                        "/maths/hub/api/groups/class/users",
                                        "{\"users\": [\"eve\", \"ada\"]}")
                                .status())
                .isEqualTo(400);
    }

    @Test
    void who_has_an_account_keeps_it_in_another_community() {
        var answer = manager.post("/maths/hub/api/users/ada", "");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(scenario.communities.members().of(ada.id())).hasSize(2);
        assertThat(scenario.signedIn(ada, maths).get("/maths/hub/home").status()).isEqualTo(200);
        var renamed = patch(manager, "/maths/hub/api/users/ada", "{\"name\": \"grace\"}");
        assertThat(renamed.status()).isEqualTo(403);
        assertThat(code(renamed)).isEqualTo("user.belongs-elsewhere");
        assertThat(patch(root, "/maths/hub/api/users/ada", "{\"name\": \"grace\"}").status())
                .isEqualTo(200);
        assertThat(scenario.client(scenario.token(ada)).get("/hub/api/users/grace").status())
                .isEqualTo(200);
    }

    @Test
    void a_manager_renames_who_belongs_nowhere_else_but_not_while_a_server_of_theirs_runs() {
        manager.post("/maths/hub/api/users/kim", "");
        manager.post("/maths/hub/api/users/kim/server", "");
        var running = patch(manager, "/maths/hub/api/users/kim", "{\"name\": \"kit\"}");
        manager.delete("/maths/hub/api/users/kim/server");
        var stopped = patch(manager, "/maths/hub/api/users/kim", "{\"name\": \"kit\"}");

        assertThat(code(running)).isEqualTo("user.server-running");
        assertThat(stopped.status()).isEqualTo(200);
    }

    @Test
    @ContractRow(70)
    void deleting_a_user_ends_one_membership_and_no_home() {
        scenario.join(ada, maths);
        var there = scenario.client(scenario.token(ada, maths));
        assertThat(there.post("/maths/hub/api/users/ada/server", "").status()).isEqualTo(201);
        var key = ServerKey.ofDefault(maths.id(), ada.id());
        var home = temp.directory().resolve("communities/" + maths.id() + "/homes/" + ada.id());

        assertThat(manager.delete("/maths/hub/api/users/ada").status()).isEqualTo(204);

        assertThat(manager.get("/maths/hub/api/users/ada").status()).isEqualTo(404);
        assertThat(there.get("/maths/hub/api/user").status()).isEqualTo(403);
        assertThat(scenario.servers.queries().find(key).orElseThrow().state())
                .isEqualTo(ServerState.STOPPED);
        assertThat(scenario.client(scenario.token(ada)).get("/hub/api/user").status())
                .isEqualTo(200);
        assertThat(home).isDirectory();
        scenario.join(ada, maths);
        assertThat(HubScenario.json(manager.get("/maths/hub/api/users/ada")).get("name").asText())
                .isEqualTo("ada");
    }

    @Test
    void the_account_goes_with_the_last_membership_and_the_home_stays() {
        manager.post("/maths/hub/api/users/kim", "");
        manager.post("/maths/hub/api/users/kim/server", "");
        var kim = scenario.identity.users().findByName("kim").orElseThrow();
        var home = temp.directory().resolve("communities/" + maths.id() + "/homes/" + kim.id());

        assertThat(manager.delete("/maths/hub/api/users/kim").status()).isEqualTo(204);

        assertThat(scenario.identity.users().findByName("kim")).isEmpty();
        assertThat(Files.isDirectory(home)).isTrue();
        assertThat(manager.post("/maths/hub/api/users/kim", "").status()).isEqualTo(201);
    }

    @Test
    void who_leaves_and_comes_back_is_no_manager_any_more() {
        assertThat(root.delete("/maths/hub/api/users/eve").status()).isEqualTo(204);
        assertThat(root.post("/maths/hub/api/users/eve", "").status()).isEqualTo(201);

        assertThat(HubScenario.json(root.get("/maths/hub/api/users/eve")).get("admin").asBoolean())
                .isFalse();
    }
}
