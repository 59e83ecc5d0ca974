package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.CustomScope;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.Role;
import org.lyceum.identity.RoleHolder;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.util.List;
import java.util.Map;

/** Goal: roles given at run time are what the hub's answers and refusals go by (contract §5). */
class RolesApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private Client admin;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        admin = scenario.client(scenario.token(scenario.admin("root")));
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    private void give(String role, RoleHolder holder, String... scopes) {
        var roles = scenario.identity.roles();
        var here = scenario.community.id();
        roles.create(HubScenario.ACTOR, here, role, new Role.Draft("", List.of(scopes)));
        roles.give(HubScenario.ACTOR, here, role, holder);
    }

    private JsonNode model(String path) {
        return HubScenario.json(admin.get(path));
    }

    @Test
    @ContractRow(62)
    void models_name_the_roles_of_users_groups_and_services() {
        var ada = scenario.user("ada");
        admin.post("/hub/api/groups/tas", "{}");
        var group = scenario.identity.groups().find(scenario.community.id(), "tas").orElseThrow();
        var service =
                scenario.identity
                        .services()
                        .create(
                                HubScenario.ACTOR,
                                scenario.community.id(),
                                new RegisteredService.Draft(
                                        "culler", false, null, Map.of(), true, false, null),
                                null);
        give("grader", new RoleHolder.OfUser(ada.id()), "list:users");
        give("helper", new RoleHolder.OfGroup(group.id()), "read:servers");
        give("cull-idle", new RoleHolder.OfService(service.id()), "delete:servers");

        assertThat(model("/hub/api/users/ada").get("roles").toString())
                .isEqualTo("[\"grader\",\"user\"]");
        assertThat(model("/hub/api/users/root").get("roles").toString())
                .isEqualTo("[\"admin\",\"user\"]");
        assertThat(model("/hub/api/users").get(1).get("roles").toString())
                .isEqualTo("[\"grader\",\"user\"]");
        assertThat(model("/hub/api/groups/tas").get("roles").toString()).isEqualTo("[\"helper\"]");
        assertThat(model("/hub/api/groups").get(0).get("roles").toString())
                .isEqualTo("[\"helper\"]");
        assertThat(model("/hub/api/services/culler").get("roles").toString())
                .isEqualTo("[\"cull-idle\"]");
        assertThat(model("/hub/api/services").get("culler").get("roles").toString())
                .isEqualTo("[\"cull-idle\"]");
    }

    @Test
    @ContractRow({61, 75})
    void a_group_role_opens_and_closes_endpoints_at_once() {
        scenario.user("bob");
        var ada = scenario.client(scenario.token(scenario.user("ada")));
        admin.post("/hub/api/groups/class", "{\"users\": [\"bob\"]}");
        admin.post("/hub/api/groups/tas", "{\"users\": [\"ada\"]}");
        var tas = scenario.identity.groups().find(scenario.community.id(), "tas").orElseThrow();
        assertThat(ada.get("/hub/api/users").status()).isEqualTo(403);

        give(
                "grader",
                new RoleHolder.OfGroup(tas.id()),
                "list:users!group=class",
                "read:users!group=class");

        var seen = HubScenario.json(ada.get("/hub/api/users"));
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).get("name").asText()).isEqualTo("bob");
        assertThat(ada.get("/hub/api/users/bob").status()).isEqualTo(200);
        assertThat(ada.get("/hub/api/users/root").status()).isEqualTo(404);

        admin.send("DELETE", "/hub/api/groups/tas/users", "{\"users\": [\"ada\"]}");
        assertThat(ada.get("/hub/api/users").status()).isEqualTo(403);
        assertThat(ada.get("/hub/api/users/bob").status()).isEqualTo(404);
    }

    @Test
    @ContractRow(68)
    @SecurityStatement(41)
    void a_filtered_list_counts_no_more_than_it_shows() {
        for (var name : List.of("bob", "cat", "dan", "eve")) {
            scenario.user(name);
        }
        var ada = scenario.user("ada");
        admin.post("/hub/api/groups/class", "{\"users\": [\"bob\", \"dan\"]}");
        admin.post("/hub/api/groups/other", "{\"users\": [\"eve\"]}");
        give(
                "grader",
                new RoleHolder.OfUser(ada.id()),
                "list:users!group=class",
                "list:users!user=cat",
                "list:groups!group=class");
        var client = scenario.client(scenario.token(ada));

        var first = paged(client, "/hub/api/users?limit=2");
        var second = paged(client, "/hub/api/users?limit=2&offset=2");
        assertThat(first.at("/_pagination/total").asInt()).isEqualTo(3);
        assertThat(first.get("items")).hasSize(2);
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.at("/_pagination/next").isNull()).isTrue();
        var found = paged(client, "/hub/api/users?name_filter=e");
        assertThat(found.at("/_pagination/total").asInt()).isZero();
        assertThat(found.get("items")).isEmpty();
        var groups = paged(client, "/hub/api/groups");
        assertThat(groups.at("/_pagination/total").asInt()).isEqualTo(1);
        assertThat(groups.at("/items/0/name").asText()).isEqualTo("class");
    }

    private static JsonNode paged(Client client, String path) {
        return HubScenario.json(
                client.get(path, "Accept", "application/jupyterhub-pagination+json"));
    }

    @Test
    void a_role_of_ones_own_making_can_be_asked_for_in_a_token() {
        var ada = scenario.user("ada");
        scenario.identity
                .scopes()
                .declare(
                        HubScenario.ACTOR,
                        scenario.community.id(),
                        new CustomScope("custom:grades", "Read grades.", List.of(), 0));
        give("grader", new RoleHolder.OfUser(ada.id()), "custom:grades");
        var client = scenario.client(scenario.token(ada));

        var made = client.post("/hub/api/users/ada/tokens", "{\"roles\": [\"grader\"]}");
        var unknown =
                client.post("/hub/api/users/ada/tokens", "{\"scopes\": [\"custom:nothing\"]}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(HubScenario.json(made).get("scopes").toString())
                .isEqualTo(
                        "[\"custom:grades\",\"read:users:groups!user=ada\","
                                + "\"read:users:name!user=ada\"]");
        assertThat(unknown.status()).isEqualTo(400);
    }
}
