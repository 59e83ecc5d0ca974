package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.TempDatabase;

/** Goal: what playing one session to a real JupyterHub and to us has shown stays as it is. */
class ParityApiTest {

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

    @Test
    @ContractRow(80)
    void a_route_is_listed_by_its_escaped_path_with_the_names_of_user_and_server() {
        var ada = scenario.client(scenario.token(scenario.user("ada")));
        assertThat(ada.post("/hub/api/users/ada/servers/my%20lab", "").status()).isEqualTo(201);

        var route = HubScenario.json(admin.get("/hub/api/proxy")).required("/user/ada/my%20lab/");

        assertThat(route.get("routespec").asText()).isEqualTo("/user/ada/my%20lab/");
        assertThat(route.get("target").asText()).startsWith("http://127.");
        assertThat(route.get("data").get("user").asText()).isEqualTo("ada");
        assertThat(route.get("data").get("server_name").asText()).isEqualTo("my lab");
        assertThat(route.get("data").get("last_activity").isTextual()).isTrue();
        var paged =
                HubScenario.json(
                        admin.get(
                                "/hub/api/proxy?limit=1&offset=1",
                                "Accept",
                                "application/jupyterhub-pagination+json"));
        assertThat(paged.at("/_pagination/total").asInt()).isEqualTo(2);
        assertThat(paged.get("items").fieldNames().next()).isEqualTo("/user/ada/my%20lab/");
        assertThat(paged.get("items")).hasSize(1);
    }

    @Test
    @ContractRow(70)
    void a_user_is_not_made_or_changed_by_words_nobody_knows() {
        var odd = admin.post("/hub/api/users/ada", "{\"nonsense\": 1}");

        assertThat(odd.status()).isEqualTo(400);
        assertThat(message(odd)).startsWith("Invalid JSON keys");
        assertThat(admin.get("/hub/api/users/ada").status()).isEqualTo(404);
        assertThat(admin.send("PATCH", "/hub/api/users/root", "").status()).isEqualTo(400);
    }

    @Test
    @ContractRow(75)
    void of_several_groups_none_is_made_when_one_is_there_already() {
        admin.post("/hub/api/groups/lab", "");

        var several = admin.post("/hub/api/groups", "{\"groups\": [\"class\", \"lab\"]}");

        assertThat(several.status()).isEqualTo(409);
        assertThat(message(several)).isEqualTo("Group lab already exists");
        assertThat(admin.get("/hub/api/groups/class").status()).isEqualTo(404);
    }

    @Test
    @ContractRow(75)
    void properties_of_a_group_are_not_wiped_by_a_request_without_any() {
        var url = "/hub/api/groups/lab/properties";
        admin.post("/hub/api/groups/lab", "");
        admin.send("PUT", url, "{\"room\": 7}");

        assertThat(admin.send("PUT", url, "").status()).isEqualTo(400);

        var group = HubScenario.json(admin.get("/hub/api/groups/lab"));
        assertThat(group.at("/properties/room").asInt()).isEqualTo(7);
    }

    @Test
    @ContractRow(71)
    void a_tokens_note_is_its_makers_words_or_says_who_asked() {
        scenario.user("ada");
        var url = "/hub/api/users/ada/tokens";

        var named = HubScenario.json(admin.post(url, "{\"note\": \"for the lab\"}"));
        var unnamed = HubScenario.json(admin.post(url, ""));

        assertThat(named.get("note").asText()).isEqualTo("for the lab");
        assertThat(unnamed.get("note").asText()).isEqualTo("Requested via api by user root");
    }

    @Test
    @ContractRow(68)
    void a_page_beyond_all_numbers_is_as_large_as_pages_get() {
        var answer = admin.get("/hub/api/users?limit=99999999999999999999&offset=0");

        assertThat(answer.status()).isEqualTo(200);
    }

    private static String message(Response response) {
        return HubScenario.json(response).get("message").asText();
    }
}
