package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.Grantee;
import org.lyceum.identity.Role;
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.ServerKey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Goal: shares and share codes (contract §4.10), as JupyterHub's own clients see them. */
class SharesApiTest {

    private static final String OF_ADA = "/hub/api/shares/ada/";
    private static final String CODES = "/hub/api/share-codes/ada/";

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private User ada;
    private User bob;
    private Client owner;
    private Client admin;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        ada = scenario.user("ada");
        bob = scenario.user("bob");
        var here = scenario.community.id();
        var roles = scenario.identity.roles();
        var sharing = new Role.Draft("", List.of("shares!user", "read:users:name"));
        roles.create(HubScenario.ACTOR, here, "sharing", sharing);
        roles.give(HubScenario.ACTOR, here, "sharing", new RoleHolder.OfUser(ada.id()));
        owner = scenario.client(scenario.token(ada));
        admin = scenario.client(scenario.token(scenario.admin("root")));
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    private static List<String> keys(JsonNode json) {
        var keys = new ArrayList<String>();
        json.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static String message(Response response) {
        return HubScenario.json(response).get("message").asText();
    }

    @Test
    @ContractRow({62, 76})
    void a_share_is_granted_listed_and_taken_back() {
        var granted = owner.post(OF_ADA, "{\"user\": \"bob\"}");
        var json = HubScenario.json(granted);

        assertThat(granted.status()).isEqualTo(200);
        assertThat(keys(json))
                .containsExactlyInAnyOrder(
                        "server", "scopes", "user", "group", "kind", "created_at");
        assertThat(keys(json.get("server")))
                .containsExactlyInAnyOrder("user", "name", "url", "full_url", "ready");
        assertThat(json.get("server").get("user").get("name").asText()).isEqualTo("ada");
        assertThat(json.get("server").get("url").asText()).isEqualTo("/user/ada/");
        assertThat(json.get("scopes").toString()).isEqualTo("[\"access:servers!server=ada/\"]");
        assertThat(json.get("user").get("name").asText()).isEqualTo("bob");
        assertThat(json.get("group").isNull()).isTrue();
        assertThat(json.get("kind").asText()).isEqualTo("user");

        for (var list :
                List.of(
                        HubScenario.json(owner.get("/hub/api/shares/ada")),
                        HubScenario.json(owner.get(OF_ADA)),
                        HubScenario.json(
                                scenario.client(scenario.token(bob))
                                        .get("/hub/api/users/bob/shared")))) {
            assertThat(list.get("items")).hasSize(1);
            assertThat(list.get("_pagination").get("total").asInt()).isEqualTo(1);
        }
        var revoked = owner.send("PATCH", OF_ADA, "{\"user\": \"bob\"}");
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(HubScenario.text(revoked)).isEqualTo("{}");
        assertThat(HubScenario.json(owner.get(OF_ADA)).get("items")).isEmpty();
    }

    @Test
    @ContractRow(76)
    void scopes_are_added_and_taken_one_by_one() {
        owner.post(OF_ADA, "{\"user\": \"bob\"}");
        var more = owner.post(OF_ADA, "{\"user\": \"bob\", \"scopes\": [\"read:servers\"]}");
        // ada holds read:servers for all her servers, so she may pass it on for one
        assertThat(HubScenario.json(more).get("scopes")).hasSize(2);
        var less =
                owner.send(
                        "PATCH",
                        OF_ADA,
                        "{\"user\": \"bob\", \"scopes\": [\"access:servers!server=ada/\"]}");
        assertThat(HubScenario.json(less).get("scopes").toString())
                .isEqualTo("[\"read:servers!server=ada/\"]");
        assertThat(owner.delete(OF_ADA).status()).isEqualTo(204);
        assertThat(HubScenario.json(owner.get(OF_ADA)).get("items")).isEmpty();
    }

    @Test
    @ContractRow(76)
    void wrong_requests_are_refused_in_jupyterhubs_way() {
        assertThat(owner.post(OF_ADA, "{}").status()).isEqualTo(400);
        assertThat(owner.post(OF_ADA, "{\"user\": \"bob\", \"group\": \"g\"}").status())
                .isEqualTo(400);
        assertThat(owner.post(OF_ADA, "{\"user\": \"bob\", \"x\": 1}").status()).isEqualTo(400);
        assertThat(owner.post(OF_ADA, "{\"user\": \"nobody\"}").status()).isEqualTo(400);
        assertThat(message(owner.post(OF_ADA, "{\"user\": \"nobody\"}")))
                .isEqualTo("No such user: nobody");
        assertThat(
                        owner.post(
                                        OF_ADA,
                                        "{\"user\": \"bob\", \"scopes\":"
                                                + " [\"access:servers!server=ada/x\"]}")
                                .status())
                .isEqualTo(400);
        assertThat(
                        owner.post(OF_ADA, "{\"user\": \"bob\", \"scopes\": [\"admin:servers\"]}")
                                .status())
                .isEqualTo(403);
        assertThat(owner.post(OF_ADA + "none", "{\"user\": \"bob\"}").status()).isEqualTo(404);
        assertThat(owner.post("/hub/api/shares/bob/", "{\"user\": \"ada\"}").status())
                .isEqualTo(404);
        assertThat(owner.post("/hub/api/shares/ada", "{\"user\": \"bob\"}").status())
                .isEqualTo(405);
        var plain = scenario.client(scenario.token(bob));
        assertThat(plain.post("/hub/api/shares/bob/", "{\"user\": \"ada\"}").status())
                .isEqualTo(403);
        admin.post("/hub/api/groups/class", "{\"users\": [\"bob\"]}");
        assertThat(owner.post(OF_ADA, "{\"group\": \"class\"}").status()).isEqualTo(403);
    }

    @Test
    @ContractRow({53, 76})
    void whom_a_server_is_shared_with_gets_past_the_door_and_others_do_not() {
        scenario.identity
                .oauth()
                .registerClient(
                        scenario.community.id(),
                        "jupyterhub-user-ada",
                        Secret.random(),
                        "/user/ada/oauth_callback",
                        "Server at /user/ada/",
                        List.of(),
                        new Grantee.OfServer(ada, 1, ""));
        var url =
                "/hub/api/oauth2/authorize?client_id=jupyterhub-user-ada&response_type=code"
                        + "&redirect_uri="
                        + Names.queryValue("/user/ada/oauth_callback");
        var browser = scenario.signedIn(bob);
        assertThat(browser.get(url).status()).isEqualTo(403);
        assertThat(browser.get("/hub/user/ada/lab").status()).isEqualTo(404);

        admin.post("/hub/api/groups/class", "{\"users\": [\"bob\"]}");
        assertThat(admin.post(OF_ADA, "{\"group\": \"class\"}").status()).isEqualTo(200);
        assertThat(browser.get(url).status()).isEqualTo(200);
        assertThat(browser.get("/hub/user/ada/lab").status()).isEqualTo(424);
        assertThat(scenario.signedIn(scenario.user("eve")).get(url).status()).isEqualTo(403);

        admin.send("PATCH", OF_ADA, "{\"group\": \"class\"}");
        assertThat(browser.get(url).status()).isEqualTo(403);
    }

    @Test
    @ContractRow(76)
    void recipients_see_and_give_up_what_they_have() {
        owner.post(OF_ADA, "{\"user\": \"bob\"}");
        var recipient = scenario.client(scenario.token(bob));
        var one = "/hub/api/users/bob/shared/ada/";

        assertThat(HubScenario.json(recipient.get(one)).get("kind").asText()).isEqualTo("user");
        assertThat(recipient.get("/hub/api/users/bob/shared/ada/other").status()).isEqualTo(404);
        assertThat(recipient.get("/hub/api/users/ada/shared").status()).isEqualTo(404);
        assertThat(recipient.delete(one).status()).isEqualTo(204);
        assertThat(recipient.get(one).status()).isEqualTo(404);
        assertThat(recipient.delete(one).status()).isEqualTo(404);

        admin.post("/hub/api/groups/class", "{\"users\": [\"bob\"]}");
        admin.post(OF_ADA, "{\"group\": \"class\"}");
        var ofGroup = "/hub/api/groups/class/shared";
        assertThat(HubScenario.json(admin.get(ofGroup)).get("items")).hasSize(1);
        assertThat(HubScenario.json(admin.get(ofGroup + "/ada/")).get("group").get("name").asText())
                .isEqualTo("class");
        assertThat(recipient.get(ofGroup).status()).isEqualTo(403);
        assertThat(admin.delete(ofGroup + "/ada/").status()).isEqualTo(204);
        assertThat(admin.get(ofGroup + "/ada/").status()).isEqualTo(404);
    }

    @Test
    @ContractRow({62, 76})
    void a_code_is_made_shown_once_and_accepted_on_its_page() {
        var made = owner.post(CODES, "{\"expires_in\": 3600}");
        var json = HubScenario.json(made);
        assertThat(made.status()).isEqualTo(200);
        assertThat(keys(json))
                .containsExactlyInAnyOrder(
                        "server",
                        "scopes",
                        "id",
                        "created_at",
                        "expires_at",
                        "exchange_count",
                        "last_exchanged_at",
                        "code",
                        "accept_url",
                        "full_accept_url");
        assertThat(json.get("id").asText()).startsWith("sc_");
        var listed = HubScenario.json(owner.get(CODES)).get("items").get(0);
        assertThat(keys(listed)).doesNotContain("code", "accept_url");

        var url = json.get("accept_url").asText();
        assertThat(scenario.client().get(url).status()).isEqualTo(302);
        var browser = scenario.signedIn(bob);
        var page = browser.get(url);
        assertThat(page.status()).isEqualTo(200);
        assertThat(HubScenario.text(page)).contains("ada shares a server with you", "_xsrf");
        var code = json.get("code").asText();
        assertThat(browser.form(url, "code", code).status()).isEqualTo(403);
        var accepted = browser.form(url, "code", code, "_xsrf", browser.xsrf());
        assertThat(accepted.status()).isEqualTo(302);
        assertThat(accepted.header("Location")).contains("/user/ada/");
        assertThat(browser.get("/hub/user/ada/").status()).isEqualTo(424);
        assertThat(
                        HubScenario.json(owner.get("/hub/api/share-codes/ada"))
                                .get("items")
                                .get(0)
                                .get("exchange_count")
                                .asInt())
                .isEqualTo(1);
    }

    @Test
    @ContractRow(76)
    void bad_codes_are_refused_and_codes_are_deleted() {
        var first = HubScenario.json(owner.post(CODES, ""));
        var second = HubScenario.json(owner.post(CODES, "{}"));
        var browser = scenario.signedIn(bob);
        var self = scenario.signedIn(ada);
        var page = "/hub/accept-share?code=";

        assertThat(browser.get("/hub/accept-share").status()).isEqualTo(400);
        assertThat(browser.get(page + "nothing").status()).isEqualTo(404);
        assertThat(self.get(page + first.get("code").asText()).status()).isEqualTo(403);
        assertThat(browser.form(page, "code", "nothing", "_xsrf", browser.xsrf()).status())
                .isEqualTo(400);
        assertThat(owner.post(CODES, "{\"expires_in\": 59}").status()).isEqualTo(400);
        assertThat(owner.post(CODES, "{\"expires_in\": \"x\"}").status()).isEqualTo(400);
        assertThat(owner.delete(CODES + "?code=nothing").status()).isEqualTo(404);
        assertThat(owner.delete(CODES + "?id=sc_999").status()).isEqualTo(404);
        assertThat(owner.delete(CODES + "?id=" + first.get("id").asText()).status()).isEqualTo(204);
        assertThat(owner.delete(CODES + "?code=" + second.get("code").asText()).status())
                .isEqualTo(204);
        assertThat(owner.delete(CODES).status()).isEqualTo(204);
        assertThat(HubScenario.json(owner.get(CODES)).get("items")).isEmpty();
        assertThat(browser.get(page + second.get("code").asText()).status()).isEqualTo(404);
    }

    @Test
    @ContractRow({65, 76})
    void a_removed_named_server_leaves_no_share_to_its_successor() {
        owner.post("/hub/api/users/ada/servers/lab", "");
        scenario.servers
                .spawns()
                .await(
                        new ServerKey(scenario.community.id(), ada.id(), "lab"),
                        Duration.ofSeconds(30));
        owner.post(OF_ADA + "lab", "{\"user\": \"bob\"}");
        var shared = HubScenario.json(owner.get(OF_ADA + "lab")).get("items").get(0);
        assertThat(shared.get("server").get("ready").asBoolean()).isTrue();

        owner.send("DELETE", "/hub/api/users/ada/servers/lab", "{\"remove\": true}");

        assertThat(owner.get(OF_ADA + "lab").status()).isEqualTo(404);
        owner.post("/hub/api/users/ada/servers/lab", "");
        assertThat(HubScenario.json(owner.get(OF_ADA + "lab")).get("items")).isEmpty();
    }

    @Test
    void a_hub_lists_shares_in_pages() {
        for (var name : List.of("u1", "u2", "u3")) {
            scenario.user(name);
            owner.post(OF_ADA, "{\"user\": \"" + name + "\"}");
        }
        var page = HubScenario.json(owner.get("/hub/api/shares/ada?limit=2"));

        assertThat(page.get("items")).hasSize(2);
        assertThat(page.get("_pagination").get("total").asInt()).isEqualTo(3);
        assertThat(page.get("_pagination").get("next").get("url").asText())
                .endsWith("/hub/api/shares/ada?offset=2&limit=2");
    }
}
