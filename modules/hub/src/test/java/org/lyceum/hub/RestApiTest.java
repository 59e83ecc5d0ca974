package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.RegisteredService;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Goal: the REST API apart from servers (contract §4, §5): models, errors, lists, tokens, groups.
 */
class RestApiTest {

    private static final String ENVELOPE = "application/jupyterhub-pagination+json";

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
    @ContractRow(2)
    void the_version_is_told_to_everybody_with_and_without_slash() {
        for (var path : List.of("/hub/api", "/hub/api/")) {
            var answer = scenario.client().from(Listener.CONTAINERS).get(path);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(HubScenario.json(answer).get("version").asText()).isEqualTo("5.5.1");
            assertThat(answer.header("X-JupyterHub-Version")).contains("5.5.1");
            assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
        }
    }

    @Test
    void every_answer_names_the_version_also_those_that_refuse() {
        for (var path :
                List.of("/hub/nope", "/hub/api/nope", "/hub/api/users", "/x", "/hub/home")) {
            var answer = scenario.client().get(path);

            assertThat(answer.header("X-JupyterHub-Version")).contains("5.5.1");
        }
    }

    @Test
    @SecurityStatement(29)
    void containers_reach_the_api_and_nothing_else() {
        var container = scenario.client().from(Listener.CONTAINERS);

        for (var path :
                List.of("/hub/login", "/hub/home", "/", "/hub/apix", "/setup", "/hub/metrics")) {
            assertThat(container.get(path).status()).as(path).isZero();
        }
        assertThat(container.get("/hub/api/user").status()).isEqualTo(403);
    }

    @Test
    @ContractRow(60)
    void methods_and_slashes_are_strict() {
        var client = scenario.client();

        assertThat(HubScenario.json(client.get("/hub/api/users/")).get("status").asInt())
                .isEqualTo(404);
        assertThat(client.get("/hub/nope").header("Content-Type").orElseThrow())
                .startsWith("text/html");
        var put = client.send("PUT", "/hub/api/user", "");
        assertThat(put.status()).isEqualTo(405);
        assertThat(HubScenario.json(put).get("message").asText()).isEqualTo("Method Not Allowed");
        var options = client.send("OPTIONS", "/hub/api/user", "");
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Access-Control-Allow-Headers"))
                .contains("accept, content-type, authorization");
        assertThat(client.send("HEAD", "/hub/login", "").status()).isEqualTo(405);
        assertThat(client.send("HEAD", "/hub/health", "").status()).isEqualTo(200);
    }

    @Test
    @ContractRow(61)
    void errors_split_into_403_and_404() {
        scenario.user("bob");
        var ada = scenario.client(scenario.token(scenario.user("ada")));

        var nobody = scenario.client().get("/hub/api/users");
        var lacking = ada.get("/hub/api/users");
        var filtered = ada.get("/hub/api/users/bob");
        var missing = admin.get("/hub/api/users/eve");

        assertThat(nobody.status()).isEqualTo(403);
        assertThat(message(nobody)).isEqualTo("Missing or invalid credentials.");
        assertThat(lacking.status()).isEqualTo(403);
        assertThat(message(lacking)).contains("requires any of [list:users]");
        assertThat(filtered.status()).isEqualTo(404);
        assertThat(message(filtered)).isEqualTo("No access to resources or resources not found");
        assertThat(message(ada.get("/hub/api/users/eve"))).isEqualTo(message(filtered));
        assertThat(missing.status()).isEqualTo(404);
        assertThat(message(missing)).isEqualTo("No such user: eve");
        assertThat(message(admin.post("/hub/api/users", "{nonsense")))
                .isEqualTo("Invalid JSON in body of request");
    }

    @Test
    @ContractRow(62)
    void the_models_have_the_contracts_keys() {
        var ada = scenario.user("ada");
        admin.post("/hub/api/groups/class", "{\"users\": [\"ada\"]}");
        scenario.identity
                .services()
                .create(
                        HubScenario.ACTOR,
                        scenario.community.id(),
                        new RegisteredService.Draft(
                                "grader", false, "http://x/", Map.of(), true, false));

        var user = HubScenario.json(admin.get("/hub/api/users/ada"));
        var group = HubScenario.json(admin.get("/hub/api/groups/class"));
        var service = HubScenario.json(admin.get("/hub/api/services")).get("grader");
        var token = HubScenario.json(admin.post("/hub/api/users/ada/tokens", "{\"note\": \"n\"}"));

        assertThat(keys(user))
                .containsExactlyInAnyOrder(
                        "kind",
                        "name",
                        "admin",
                        "groups",
                        "roles",
                        "created",
                        "server",
                        "pending",
                        "last_activity",
                        "servers",
                        "auth_state");
        assertThat(user.get("groups").toString()).isEqualTo("[\"class\"]");
        assertThat(user.get("created").asText()).endsWith("Z");
        assertThat(user.get("server").isNull()).isTrue();
        assertThat(user.get("servers").isObject()).isTrue();
        assertThat(keys(group))
                .containsExactlyInAnyOrder("kind", "name", "users", "properties", "roles");
        assertThat(keys(service))
                .containsExactlyInAnyOrder(
                        "kind", "name", "admin", "roles", "url", "prefix", "command", "pid", "info",
                        "display");
        assertThat(service.get("prefix").asText()).isEqualTo("/services/grader/");
        assertThat(keys(token))
                .containsExactlyInAnyOrder(
                        "user",
                        "id",
                        "kind",
                        "roles",
                        "scopes",
                        "created",
                        "last_activity",
                        "expires_at",
                        "note",
                        "session_id",
                        "oauth_client",
                        "token");
        assertThat(token.get("id").asText()).matches("a\\d+");
        assertThat(token.get("roles")).isEmpty();
        assertThat(token.get("oauth_client").asText()).isEqualTo("JupyterHub");
    }

    @Test
    void a_user_sees_of_themselves_what_their_scopes_show() {
        var ada = scenario.user("ada");

        var own = HubScenario.json(scenario.client(scenario.token(ada)).get("/hub/api/user"));
        var little =
                HubScenario.json(
                        scenario.client(scenario.token(ada, "read:users:activity!user"))
                                .get("/hub/api/user"));

        assertThat(keys(own)).contains("created", "servers", "groups", "last_activity", "scopes");
        assertThat(own.get("session_id").isNull()).isTrue();
        assertThat(keys(little))
                .containsExactlyInAnyOrder(
                        "kind",
                        "name",
                        "admin",
                        "groups",
                        "last_activity",
                        "session_id",
                        "token_id",
                        "scopes");
    }

    @Test
    @ContractRow(68)
    void lists_come_in_pages_that_lead_to_each_other() {
        for (var name : List.of("u1", "u2", "u3", "u4")) {
            scenario.user(name);
        }
        var names = new ArrayList<String>();
        var url = "/hub/api/users?limit=2";
        while (url != null) {
            var page = HubScenario.json(admin.get(url, "Accept", ENVELOPE));
            page.get("items").forEach(user -> names.add(user.get("name").asText()));
            assertThat(page.get("_pagination").get("total").asInt()).isEqualTo(5);
            var next = page.get("_pagination").get("next");
            url =
                    next.isNull()
                            ? null
                            : next.get("url").asText().replace("http://own.host:8000", "");
        }

        assertThat(names).containsExactly("root", "u1", "u2", "u3", "u4");
        assertThat(HubScenario.json(admin.get("/hub/api/users")).isArray()).isTrue();
        assertThat(admin.get("/hub/api/users?limit=x").status()).isEqualTo(400);
    }

    @Test
    @ContractRow(69)
    void lists_are_filtered_and_sorted() {
        scenario.user("anna");
        scenario.user("hanna");

        assertThat(names("/hub/api/users?name_filter=ANN&sort=-name"))
                .containsExactly("hanna", "anna");
        assertThat(names("/hub/api/users?state=active")).isEmpty();
        assertThat(names("/hub/api/users?state=inactive")).contains("anna", "hanna", "root");
        assertThat(message(admin.get("/hub/api/users?state=odd")))
                .isEqualTo("Unrecognized state filter: 'odd'");
        assertThat(admin.get("/hub/api/users?sort=size").status()).isEqualTo(400);
    }

    @Test
    @ContractRow(70)
    void users_are_made_changed_and_removed() {
        var made = admin.post("/hub/api/users", "{\"usernames\": [\"Ada\", \"bob\", \"root\"]}");
        var single = admin.post("/hub/api/users/UPPER", "");

        assertThat(made.status()).isEqualTo(201);
        assertThat(HubScenario.json(made)).hasSize(2);
        assertThat(names("/hub/api/users")).contains("ada", "bob", "UPPER");
        assertThat(single.status()).isEqualTo(201);
        assertThat(admin.post("/hub/api/users", "{\"usernames\": [\"ada\", \"bob\"]}").status())
                .isEqualTo(409);
        assertThat(admin.post("/hub/api/users/bob", "").status()).isEqualTo(409);
        assertThat(admin.post("/hub/api/users", "{}").status()).isEqualTo(400);
        assertThat(admin.post("/hub/api/users", "{\"usernames\": [\" \"]}").status())
                .isEqualTo(400);
        var taken = admin.send("PATCH", "/hub/api/users/ada", "{\"name\": \"bob\"}");
        assertThat(taken.status()).isEqualTo(400);
        assertThat(message(taken)).isEqualTo("User bob already exists, username must be unique");
        assertThat(admin.send("PATCH", "/hub/api/users/ada", "{\"x\": 1}").status()).isEqualTo(400);
        assertThat(admin.send("PATCH", "/hub/api/users/ada", "{\"admin\": 1}").status())
                .isEqualTo(400);
        var renamed = admin.send("PATCH", "/hub/api/users/ada", "{\"name\": \"eve\"}");
        assertThat(HubScenario.json(renamed).get("name").asText()).isEqualTo("eve");
        assertThat(admin.delete("/hub/api/users/eve").status()).isEqualTo(204);
        assertThat(admin.get("/hub/api/users/eve").status()).isEqualTo(404);
        assertThat(message(admin.delete("/hub/api/users/root")))
                .isEqualTo("Cannot delete yourself!");
    }

    @Test
    @ContractRow(71)
    @SecurityStatement(41)
    void a_token_is_shown_once_works_and_can_be_revoked() {
        scenario.user("ada");
        var made = admin.post("/hub/api/users/ada/tokens", "{\"note\": \"mine\"}");
        var token = HubScenario.json(made);
        var ada = scenario.client(token.get("token").asText());

        var list = HubScenario.json(ada.get("/hub/api/users/ada/tokens")).get("api_tokens");
        var one =
                HubScenario.json(ada.get("/hub/api/users/ada/tokens/" + token.get("id").asText()));

        assertThat(made.status()).isEqualTo(201);
        assertThat(token.get("note").asText()).isEqualTo("mine by user root");
        assertThat(list).hasSize(1);
        assertThat(list.toString()).doesNotContain(token.get("token").asText());
        assertThat(keys(one)).doesNotContain("token");
        assertThat(ada.get("/hub/api/user").status()).isEqualTo(200);
        var path = "/hub/api/users/ada/tokens/" + token.get("id").asText();
        assertThat(ada.delete(path).status()).isEqualTo(204);
        assertThat(ada.get("/hub/api/user").status()).isEqualTo(403);
        assertThat(message(admin.get(path)))
                .contains("No such token " + token.get("id").asText() + " for user ada");
    }

    @Test
    @ContractRow(72)
    void a_token_is_had_for_a_password_and_not_for_more_than_the_owner_holds() {
        scenario.user("ada");
        scenario.user("bob");
        var text = new String[] {"Content-Type", "text/plain"};
        var auth = "{\"auth\": {\"username\": \"ada\", \"password\": \"%s\"}}";
        var nobody = scenario.client();

        var good =
                nobody.post(
                        "/hub/api/users/ada/tokens", auth.formatted(HubScenario.PASSWORD), text);
        var bad = nobody.post("/hub/api/users/ada/tokens", auth.formatted("wrong"), text);
        var others =
                nobody.post(
                        "/hub/api/users/bob/tokens", auth.formatted(HubScenario.PASSWORD), text);
        var ada = scenario.client(HubScenario.json(good).get("token").asText());
        var more = ada.post("/hub/api/users/ada/tokens", "{\"scopes\": [\"admin:users\"]}");
        var unknown = ada.post("/hub/api/users/ada/tokens", "{\"scopes\": [\"nonsense\"]}");

        assertThat(good.status()).isEqualTo(201);
        assertThat(bad.status()).isEqualTo(403);
        assertThat(others.status()).isEqualTo(403);
        assertThat(more.status()).isEqualTo(400);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(ada.post("/hub/api/users/bob/tokens", "").status()).isEqualTo(403);
        assertThat(ada.post("/hub/api/users/ada/tokens", "{\"expires_in\": -1}").status())
                .isEqualTo(400);
        assertThat(
                        ada.post(
                                        "/hub/api/users/ada/tokens",
                                        "{\"roles\": [\"x\"], \"scopes\": []}")
                                .status())
                .isEqualTo(400);
    }

    @Test
    void a_token_has_the_scopes_or_roles_that_were_asked_for_and_none_for_none() {
        var ada = scenario.client(scenario.token(scenario.user("ada")));
        var url = "/hub/api/users/ada/tokens";

        var none = HubScenario.json(ada.post(url, "{\"scopes\": []}"));
        var inheriting = HubScenario.json(ada.post(url, "{\"roles\": [\"token\"]}"));
        var unknown = ada.post(url, "{\"roles\": [\"king\"]}");
        var above = ada.post(url, "{\"roles\": [\"admin\"]}");

        var weak = scenario.client(none.get("token").asText());
        assertThat(weak.get("/hub/api/user").status()).isEqualTo(200);
        assertThat(weak.get(url).status()).isEqualTo(403);
        var strong = scenario.client(inheriting.get("token").asText());
        assertThat(strong.get(url).status()).isEqualTo(200);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(above.status()).isEqualTo(400);
    }

    @Test
    @ContractRow(75)
    void groups_are_made_filled_and_emptied() {
        scenario.user("ada");

        assertThat(admin.post("/hub/api/groups", "{\"groups\": [\"g\"]}").status()).isEqualTo(201);
        assertThat(admin.post("/hub/api/groups", "{\"groups\": [\"g\"]}").status()).isEqualTo(409);
        var added = admin.post("/hub/api/groups/g/users", "{\"users\": [\"ada\"]}");
        assertThat(HubScenario.json(added).get("users").toString()).isEqualTo("[\"ada\"]");
        assertThat(admin.post("/hub/api/groups/g/users", "{\"users\": [\"no\"]}").status())
                .isEqualTo(400);
        var set =
                admin.send(
                        "PUT",
                        "/hub/api/groups/g/properties",
                        "{\"a\": [1, null, {\"b\": \"c\"}]}");
        assertThat(HubScenario.json(set).get("properties").toString())
                .isEqualTo("{\"a\":[1,null,{\"b\":\"c\"}]}");
        assertThat(HubScenario.json(admin.get("/hub/api/users/ada")).get("groups").toString())
                .isEqualTo("[\"g\"]");
        var removed = admin.send("DELETE", "/hub/api/groups/g/users", "{\"users\": [\"ada\"]}");
        assertThat(HubScenario.json(removed).get("users")).isEmpty();
        assertThat(admin.delete("/hub/api/groups/g").status()).isEqualTo(204);
        assertThat(admin.get("/hub/api/groups/g").status()).isEqualTo(404);
    }

    @Test
    @ContractRow({40, 41, 44})
    @SecurityStatement(37)
    void a_cookie_needs_proof_where_a_script_could_have_sent_it() {
        var browser = scenario.signedIn(scenario.user("ada"));
        var cors = new String[] {"Sec-Fetch-Mode", "cors"};

        assertThat(browser.get("/hub/api/user", cors).status()).isEqualTo(403);
        assertThat(browser.get("/hub/api/user?_xsrf=" + browser.xsrf(), cors).status())
                .isEqualTo(200);
        var header = new String[] {"Sec-Fetch-Mode", "cors", "X-XSRFToken", browser.xsrf()};
        assertThat(browser.get("/hub/api/user", header).status()).isEqualTo(200);
        assertThat(browser.get("/hub/api/user").status()).isEqualTo(200);
        assertThat(browser.post("/hub/api/users/ada/tokens", "").status()).isEqualTo(403);
        assertThat(
                        browser.post("/hub/api/users/ada/tokens", "", "X-XSRFToken", browser.xsrf())
                                .status())
                .isEqualTo(201);
        var plain = new String[] {"X-XSRFToken", browser.xsrf(), "Content-Type", "text/plain"};
        assertThat(browser.post("/hub/api/users/ada/tokens", "", plain).status()).isEqualTo(403);
        var self = HubScenario.json(browser.get("/hub/api/user"));
        assertThat(self.get("session_id").isNull()).isTrue();
        assertThat(self.get("token_id").isNull()).isTrue();
    }

    @Test
    @ContractRow(42)
    void a_token_needs_no_proof() {
        var client = scenario.client(scenario.token(scenario.user("ada")));

        var answer =
                client.get(
                        "/hub/api/user?_xsrf=junk",
                        "Origin",
                        "https://evil.com",
                        "Sec-Fetch-Mode",
                        "cors");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    @ContractRow({80, 93})
    void the_hubs_own_numbers_are_for_those_with_the_scope() {
        var ada = scenario.client(scenario.token(scenario.user("ada")));

        var metrics = admin.get("/hub/metrics");

        assertThat(ada.get("/hub/metrics").status()).isEqualTo(403);
        assertThat(ada.get("/hub/api/info").status()).isEqualTo(403);
        assertThat(keys(HubScenario.json(admin.get("/hub/api/info"))))
                .containsExactlyInAnyOrder(
                        "version", "python", "sys_executable", "spawner", "authenticator");
        assertThat(metrics.header("Content-Type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(HubScenario.text(metrics))
                .contains(
                        "jupyterhub_server_spawn_duration_seconds_count{status=\"success\"",
                        "jupyterhub_server_spawn_duration_seconds_count{status=\"too-many-users\"",
                        "jupyterhub_running_servers",
                        "jupyterhub_active_users{period=\"24h\"");
        var routes = HubScenario.json(admin.get("/hub/api/proxy"));
        assertThat(routes.get("/").get("data").get("hub").asBoolean()).isTrue();
    }

    private List<String> names(String url) {
        var names = new ArrayList<String>();
        HubScenario.json(admin.get(url)).forEach(user -> names.add(user.get("name").asText()));
        return names;
    }

    private static String message(Response response) {
        return HubScenario.json(response).get("message").asText();
    }

    private static List<String> keys(JsonNode json) {
        var keys = new ArrayList<String>();
        json.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
