package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.Grantee;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Goal: the OAuth provider as single-user servers use it (contract §3.1 to §3.4). */
class OAuthApiTest {

    private static final String CLIENT = "jupyterhub-user-ada";
    private static final String CALLBACK = "/user/ada/oauth_callback";

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private final Secret secret = Secret.random();
    private HubScenario scenario;
    private User ada;
    private Client browser;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        ada = scenario.user("ada");
        scenario.identity
                .oauth()
                .registerClient(
                        scenario.community.id(),
                        CLIENT,
                        secret,
                        CALLBACK,
                        "Server at /user/ada/",
                        List.of(),
                        new Grantee.OfServer(ada, 1, ""));
        browser = scenario.signedIn(ada);
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    @Test
    @ContractRow({14, 19, 21})
    void a_code_is_exchanged_for_a_token_of_the_browsers_session() {
        var granted = browser.get(authorize(CLIENT, CALLBACK) + "&state=s%201");
        var answer = exchange(code(granted), secret.reveal());

        assertThat(granted.header("Location").orElseThrow())
                .startsWith(CALLBACK + "?code=")
                .containsPattern("&state=s(%20|\\+)1$");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        var json = HubScenario.json(answer);
        assertThat(json.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(json.get("expires_in").asLong()).isEqualTo(1_209_600);
        assertThat(json.get("scope").asText()).contains("access:servers!server=ada/");
        var self =
                HubScenario.json(
                        scenario.client(json.get("access_token").asText()).get("/hub/api/user"));
        assertThat(self.get("name").asText()).isEqualTo("ada");
        assertThat(self.get("kind").asText()).isEqualTo("user");
        assertThat(self.get("admin").asBoolean()).isFalse();
        assertThat(self.get("groups").isArray()).isTrue();
        assertThat(self.get("session_id").asText())
                .isEqualTo(browser.cookie("jupyterhub-session-id"));
        assertThat(self.get("scopes").toString())
                .isEqualTo(
                        "[\"access:servers!server=ada/\",\"read:users:groups!user=ada\","
                                + "\"read:users:name!user=ada\"]");
    }

    @Test
    @ContractRow(15)
    @SecurityStatement(40)
    void a_code_works_once() {
        var code = code(browser.get(authorize(CLIENT, CALLBACK)));

        assertThat(exchange(code, secret.reveal()).status()).isEqualTo(200);
        var again = exchange(code, secret.reveal());

        assertThat(again.status()).isEqualTo(400);
        assertThat(HubScenario.json(again).get("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    @ContractRow(29)
    void an_old_code_is_refused() {
        var code = code(browser.get(authorize(CLIENT, CALLBACK)));
        temp.clock().advance(Duration.ofSeconds(301));

        var late = exchange(code, secret.reveal());

        assertThat(HubScenario.json(late).get("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    @ContractRow(16)
    void a_wrong_secret_or_client_is_401() {
        var code = code(browser.get(authorize(CLIENT, CALLBACK)));

        var wrong = exchange(code, "not the secret");
        var unknown =
                scenario.client()
                        .form(
                                "/hub/api/oauth2/token",
                                "client_id",
                                "nobody",
                                "client_secret",
                                "x",
                                "grant_type",
                                "authorization_code",
                                "code",
                                code,
                                "redirect_uri",
                                CALLBACK);

        for (var answer : List.of(wrong, unknown)) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(HubScenario.json(answer).get("error").asText()).isEqualTo("invalid_client");
            assertThat(answer.header("WWW-Authenticate"))
                    .contains("Bearer error=\"invalid_client\"");
        }
    }

    @Test
    @ContractRow(17)
    @SecurityStatement(40)
    void another_redirect_uri_is_a_page_and_no_redirect() {
        for (var uri : List.of(CALLBACK + "x", "http://evil.com" + CALLBACK, CALLBACK + "/")) {
            var response = browser.get(authorize(CLIENT, uri));

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.header("Location")).isEmpty();
            assertThat(response.header("Content-Type").orElseThrow()).startsWith("text/html");
            assertThat(HubScenario.text(response)).contains("Mismatching redirect URI.");
        }
    }

    @Test
    @ContractRow(18)
    void a_redirect_uri_may_be_a_path_or_left_out() {
        var omitted =
                browser.get(
                        "/hub/api/oauth2/authorize?client_id=" + CLIENT + "&response_type=code");

        assertThat(omitted.status()).isEqualTo(302);
        assertThat(omitted.header("Location").orElseThrow()).startsWith(CALLBACK + "?code=");
    }

    @Test
    @ContractRow(19)
    void another_authorization_header_at_the_token_endpoint_disturbs_nothing() {
        var code = code(browser.get(authorize(CLIENT, CALLBACK)));

        var answer =
                exchange(scenario.client("junk").from(Listener.CONTAINERS), code, secret.reveal());

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    @ContractRow(20)
    @SecurityStatement(41)
    void a_token_that_is_not_good_is_403_and_nothing_else() {
        var revoked = scenario.token(ada);
        var client = scenario.client(revoked);
        var id = HubScenario.json(client.get("/hub/api/user")).get("token_id").asText();
        client.delete("/hub/api/users/ada/tokens/" + id);
        var expiring =
                HubScenario.json(
                        scenario.client(scenario.token(ada))
                                .post("/hub/api/users/ada/tokens", "{\"expires_in\": 1}"));
        temp.clock().advance(Duration.ofSeconds(2));

        for (var token : List.of("unknown", revoked, expiring.get("token").asText(), "")) {
            var answer = scenario.client().get("/hub/api/user", "Authorization", "Bearer " + token);

            assertThat(answer.status()).isEqualTo(403);
            assertThat(HubScenario.json(answer).get("status").asInt()).isEqualTo(403);
        }
        assertThat(scenario.client().get("/hub/api/user").status()).isEqualTo(403);
        assertThat(browser.get("/hub/api/user", "Authorization", "token x").status())
                .isEqualTo(403);
    }

    @Test
    @ContractRow(22)
    void another_user_is_refused_by_name_of_the_server() {
        var response = scenario.signedIn(scenario.user("bob")).get(authorize(CLIENT, CALLBACK));

        assertThat(response.status()).isEqualTo(403);
        assertThat(HubScenario.text(response)).contains("Server at /user/ada/");
    }

    @Test
    @ContractRow(23)
    void an_administrator_is_asked_before_a_server_of_somebody_else_learns_of_them() {
        var admin = scenario.signedIn(scenario.admin("root"));

        var page = admin.get(authorize(CLIENT, CALLBACK));
        var forged =
                admin.form(authorize(CLIENT, CALLBACK), "scopes", "access:servers!server=ada/");
        var agreed =
                admin.form(
                        authorize(CLIENT, CALLBACK),
                        "_xsrf",
                        admin.xsrf(),
                        "scopes",
                        "access:servers!server=ada/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(HubScenario.text(page)).contains("Server at /user/ada/", "name=\"scopes\"");
        assertThat(forged.status()).isEqualTo(403);
        assertThat(agreed.status()).isEqualTo(302);
        assertThat(agreed.header("Location").orElseThrow()).startsWith(CALLBACK + "?code=");
    }

    @Test
    @ContractRow({24, 25})
    void a_service_is_confirmed_the_first_time_and_needs_a_scope() {
        var service =
                scenario.identity
                        .services()
                        .create(
                                HubScenario.ACTOR,
                                scenario.community.id(),
                                new RegisteredService.Draft(
                                        "grader", false, "http://x/", Map.of(), true, false));
        scenario.identity
                .oauth()
                .registerClient(
                        scenario.community.id(),
                        "service-grader",
                        secret,
                        "https://grader.example/cb",
                        "grader",
                        List.of(),
                        new Grantee.OfService(service));
        var admin = scenario.signedIn(scenario.admin("root"));
        var url = authorize("service-grader", "https://grader.example/cb");

        var page = admin.get(url);

        assertThat(browser.get(url).status()).isEqualTo(403);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'")
                .doesNotContain("form-action");
    }

    @Test
    @ContractRow({27, 28})
    void a_request_the_client_got_wrong_goes_back_to_the_client() {
        var type =
                browser.get(
                        "/hub/api/oauth2/authorize?response_type=token&state=s&client_id="
                                + CLIENT);
        var scope = browser.get(authorize(CLIENT, CALLBACK) + "&scope=admin:users&state=s");

        assertThat(type.header("Location").orElseThrow())
                .startsWith(CALLBACK + "?")
                .contains("error=unsupported_response_type", "state=s");
        assertThat(scope.header("Location").orElseThrow())
                .startsWith(CALLBACK + "?")
                .contains("error=invalid_scope", "state=s");
    }

    @Test
    @ContractRow(33)
    void signing_out_revokes_the_tokens_of_this_browser_only() {
        var other = scenario.signedIn(ada);
        var here = token(browser);
        var there = token(other);

        browser.get("/hub/logout");

        assertThat(scenario.client(here).get("/hub/api/user").status()).isEqualTo(403);
        assertThat(scenario.client(there).get("/hub/api/user").status()).isEqualTo(200);
    }

    @Test
    @ContractRow(13)
    void a_browser_that_is_not_signed_in_comes_back_after_it_has() {
        var url = authorize(CLIENT, CALLBACK) + "&state=a%3Db";

        var response = scenario.client().get(url);

        assertThat(response.header("Location"))
                .contains("/hub/login?next=" + Names.queryValue(url));
    }

    private String token(Client client) {
        var code = code(client.get(authorize(CLIENT, CALLBACK)));
        return HubScenario.json(exchange(code, secret.reveal())).get("access_token").asText();
    }

    private static String authorize(String client, String redirectUri) {
        return "/hub/api/oauth2/authorize?client_id="
                + client
                + "&redirect_uri="
                + Names.queryValue(redirectUri)
                + "&response_type=code";
    }

    private static String code(Response granted) {
        var query = URI.create(granted.header("Location").orElseThrow()).getRawQuery();
        return query.replaceFirst(".*code=([^&]+).*", "$1");
    }

    private Response exchange(String code, String clientSecret) {
        return exchange(scenario.client(), code, clientSecret);
    }

    private static Response exchange(Client client, String code, String clientSecret) {
        return client.form(
                "/hub/api/oauth2/token",
                "client_id",
                CLIENT,
                "client_secret",
                clientSecret,
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                CALLBACK);
    }
}
