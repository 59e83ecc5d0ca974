package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.Role;
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.util.List;

/** Goal: services are registered, used and removed by the API (contract §4.9, §3.2). */
class ServicesApiTest {

    private static final String GRADER = "/hub/api/services/grader";
    private static final String TOKEN = "a-token-nobody-guesses";
    private static final String BODY =
            "{\"url\": \"http://127.0.0.1:9000\", \"api_token\": \"" + TOKEN + "\"}";

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

    private void give(User user, String role, String... scopes) {
        var here = scenario.community.id();
        var roles = scenario.identity.roles();
        roles.create(HubScenario.ACTOR, here, role, new Role.Draft("", List.of(scopes)));
        roles.give(HubScenario.ACTOR, here, role, new RoleHolder.OfUser(user.id()));
    }

    private static String message(Response response) {
        return HubScenario.json(response).get("message").asText();
    }

    private static String authorize(String client) {
        return "/hub/api/oauth2/authorize?response_type=code&client_id=" + Names.queryValue(client);
    }

    @Test
    void a_service_comes_with_route_token_and_client_and_goes_with_them() {
        var made = admin.post(GRADER, BODY);

        assertThat(made.status()).isEqualTo(201);
        assertThat(HubScenario.json(made).get("url").asText()).isEqualTo("http://127.0.0.1:9000");
        assertThat(HubScenario.json(made).get("prefix").asText()).isEqualTo("/services/grader/");
        assertThat(HubScenario.text(made)).doesNotContain(TOKEN);
        assertThat(scenario.routes.match("/services/grader/x").orElseThrow().port())
                .isEqualTo(9000);
        var self = HubScenario.json(scenario.client(TOKEN).get("/hub/api/user"));
        assertThat(self.get("kind").asText()).isEqualTo("service");
        assertThat(self.get("name").asText()).isEqualTo("grader");
        assertThat(self.get("session_id").isNull()).isTrue();

        assertThat(admin.post(GRADER, BODY).status()).isEqualTo(409);
        assertThat(admin.delete(GRADER).status()).isEqualTo(200);
        assertThat(admin.delete(GRADER).status()).isEqualTo(404);
        assertThat(admin.get(GRADER).status()).isEqualTo(404);
        assertThat(scenario.routes.match("/services/grader/x")).isEmpty();
        assertThat(scenario.client(TOKEN).get("/hub/api/user").status()).isEqualTo(403);
    }

    @Test
    @ContractRow({24, 25, 26})
    void people_sign_in_at_a_service_once_they_may() {
        admin.post(GRADER, BODY);
        admin.post(
                "/hub/api/services/quiet",
                "{\"url\": \"http://127.0.0.1:9001\", \"oauth_no_confirm\": true}");
        var ada = scenario.user("ada");
        var browser = scenario.signedIn(ada);
        assertThat(browser.get(authorize("service-grader")).status()).isEqualTo(403);

        give(ada, "pupil", "access:services");
        var page = browser.get(authorize("service-grader"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(HubScenario.text(page)).contains("grader");
        var agreed = browser.form(authorize("service-grader"), "_xsrf", browser.xsrf());
        assertThat(agreed.status()).isEqualTo(302);
        var callback = agreed.header("Location").orElseThrow();
        assertThat(callback).startsWith("/services/grader/oauth_callback?code=");
        var answer =
                scenario.client()
                        .form(
                                "/hub/api/oauth2/token",
                                "client_id",
                                "service-grader",
                                "client_secret",
                                TOKEN,
                                "grant_type",
                                "authorization_code",
                                "code",
                                callback.replaceAll(".*code=", ""),
                                "redirect_uri",
                                "/services/grader/oauth_callback");
        assertThat(answer.status()).isEqualTo(200);
        var token = HubScenario.json(answer).get("access_token").asText();
        assertThat(HubScenario.text(scenario.client(token).get("/hub/api/user")))
                .contains("access:services!service=grader", "\"name\":\"ada\"");
        assertThat(browser.get(authorize("service-grader")).status()).isEqualTo(302);
        assertThat(browser.get(authorize("service-quiet")).status()).isEqualTo(302);
    }

    @Test
    void requests_that_make_no_service_are_refused_in_jupyterhubs_words() {
        assertThat(message(admin.post(GRADER, "{}"))).isEqualTo("Invalid service data");
        assertThat(admin.post(GRADER, "{\"nonsense\": 1}").status()).isEqualTo(400);
        assertThat(admin.post(GRADER, "{\"admin\": \"yes\"}").status()).isEqualTo(400);
        assertThat(message(admin.post(GRADER, "{\"command\": [\"x\"]}")))
                .isEqualTo("Can not create managed service grader at runtime");
        assertThat(admin.post(GRADER, "{\"url\": \"ftp://x\"}").status()).isEqualTo(400);
        assertThat(admin.post(GRADER, "{\"url\": \"http://169.254.169.254\"}").status())
                .isEqualTo(400);
        assertThat(admin.post(GRADER, "{\"oauth_no_confirm\": true}").status()).isEqualTo(400);
        assertThat(
                        admin.post(
                                        GRADER,
                                        "{\"url\": \"http://127.0.0.1:1\", \"oauth_client_id\":"
                                                + " \"jupyterhub-user-root\"}")
                                .status())
                .isEqualTo(400);
        assertThat(message(admin.get(GRADER))).isEqualTo("No such service: grader");
        assertThat(message(admin.delete(GRADER))).isEqualTo("Service grader does not exist");
    }

    @Test
    @SecurityStatement(41)
    void nobody_makes_a_service_that_may_more_than_they_do() {
        var ada = scenario.user("ada");
        give(ada, "registrar", "admin:services");
        var registrar = scenario.client(scenario.token(ada));

        assertThat(registrar.post(GRADER, "{\"display\": false}").status()).isEqualTo(201);
        var king = registrar.post("/hub/api/services/king", "{\"admin\": true}");
        assertThat(king.status()).isEqualTo(400);
        assertThat(message(king)).startsWith("Not assigning requested scopes access:servers,");
        var nosy =
                registrar.post(
                        "/hub/api/services/nosy",
                        "{\"oauth_redirect_uri\": \"/cb\", \"oauth_client_allowed_scopes\":"
                                + " [\"read:users\"]}");
        assertThat(nosy.status()).isEqualTo(400);
        assertThat(
                        registrar
                                .post(
                                        "/hub/api/services/own",
                                        "{\"oauth_redirect_uri\": \"/cb\","
                                                + " \"oauth_client_allowed_scopes\":"
                                                + " [\"read:users!user\"]}")
                                .status())
                .isEqualTo(201);
        var routed =
                registrar.post("/hub/api/services/web", "{\"url\": \"http://127.0.0.1:9000\"}");
        assertThat(routed.status()).isEqualTo(403);
    }

    @Test
    @ContractRow(61)
    void services_are_seen_as_scopes_allow() {
        admin.post(GRADER, "{\"display\": false}");
        admin.post("/hub/api/services/other", "{\"display\": false}");
        var ada = scenario.user("ada");
        give(ada, "looker", "list:services!service=grader", "read:services!service=grader");
        var looker = scenario.client(scenario.token(ada));

        assertThat(HubScenario.json(looker.get("/hub/api/services")).size()).isEqualTo(1);
        assertThat(looker.get(GRADER).status()).isEqualTo(200);
        assertThat(looker.get("/hub/api/services/other").status()).isEqualTo(404);
        assertThat(scenario.client(scenario.token(scenario.user("bob"))).get(GRADER).status())
                .isEqualTo(403);
    }
}
