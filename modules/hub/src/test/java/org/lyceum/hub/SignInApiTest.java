package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.time.Duration;

/** Goal: signing in and out, the cookies and the set-up page (contract §3.5, §3.6, §3.8, §3.9). */
class SignInApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    @Test
    @ContractRow(38)
    void a_sign_in_needs_the_token_of_its_form() {
        scenario.user("ada");
        var browser = scenario.client();
        var form = browser.get("/hub/login");
        var before = browser.xsrf();

        var without = signIn(browser, "/hub/login", "ada", HubScenario.PASSWORD, "");
        var wrong = signIn(browser, "/hub/login", "ada", HubScenario.PASSWORD, "0".repeat(64));
        var right = signIn(browser, "/hub/login", "ada", HubScenario.PASSWORD, before);

        assertThat(form.status()).isEqualTo(200);
        assertThat(HubScenario.text(form)).contains("name=\"_xsrf\" value=\"" + before + "\"");
        assertThat(without.status()).isEqualTo(403);
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(HubScenario.text(wrong)).contains("form", "out of date");
        assertThat(right.status()).isEqualTo(302);
        assertThat(right.header("Location")).contains("/hub/home");
        assertThat(browser.xsrf()).isNotEqualTo(before);
    }

    @Test
    @ContractRow(39)
    @SecurityStatement(35)
    void the_cookies_have_their_paths_and_flags() {
        var ada = scenario.user("ada");
        var browser = scenario.client().over("https");
        browser.get("/hub/login");

        var response =
                signIn(browser, "/hub/login", ada.name(), HubScenario.PASSWORD, browser.xsrf());

        assertThat(Client.setCookies(response, "jupyterhub-hub-login"))
                .singleElement()
                .asString()
                .contains("Path=/hub/;", "HttpOnly", "Secure", "SameSite=Lax");
        assertThat(Client.setCookies(response, "jupyterhub-session-id"))
                .singleElement()
                .asString()
                .matches("jupyterhub-session-id=[0-9a-f]{32}; Path=/; HttpOnly; Secure.*")
                .doesNotContain("Max-Age");
        assertThat(Client.setCookies(response, "_xsrf"))
                .singleElement()
                .asString()
                .contains("Path=/hub/;", "Secure")
                .doesNotContain("HttpOnly");
        assertThat(Client.setCookies(response, "lyceum-session"))
                .hasSize(3)
                .allMatch(line -> line.matches(".*Path=/(api/admin|panel|sso)/; .*HttpOnly.*"));
        assertThat(browser.cookie("lyceum-session"))
                .isNotEqualTo(browser.cookie("jupyterhub-hub-login"));
    }

    @Test
    @ContractRow(39)
    void without_https_no_cookie_is_secure() {
        var ada = scenario.user("ada");
        var browser = scenario.client();
        browser.get("/hub/login");

        var response =
                signIn(browser, "/hub/login", ada.name(), HubScenario.PASSWORD, browser.xsrf());

        assertThat(Client.setCookies(response, "")).isEmpty();
        assertThat(Client.setCookies(response, "jupyterhub-hub-login").getFirst())
                .doesNotContain("Secure");
    }

    @Test
    @SecurityStatement(44)
    void a_wrong_password_and_an_unknown_name_look_the_same() {
        scenario.user("ada");
        var browser = scenario.client();
        browser.get("/hub/login");

        var wrong = signIn(browser, "/hub/login", "ada", "not it", browser.xsrf());
        var unknown = signIn(browser, "/hub/login", "eve", "not it", browser.xsrf());

        assertThat(wrong.status()).isEqualTo(403);
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(HubScenario.text(wrong).replace("ada", "eve"))
                .isEqualTo(HubScenario.text(unknown));
        assertThat(HubScenario.text(wrong)).contains("role=\"alert\"").doesNotContain("not it");
    }

    @Test
    void the_typed_name_is_normalised_and_never_becomes_markup() {
        scenario.user("a@b.c");
        var browser = scenario.client();
        browser.get("/hub/login");

        var odd = signIn(browser, "/hub/login", "\"><script>x", "no", browser.xsrf());
        var right = signIn(browser, "/hub/login", " A@B.c ", HubScenario.PASSWORD, browser.xsrf());

        assertThat(HubScenario.text(odd))
                .contains("&quot;&gt;&lt;script&gt;x")
                .doesNotContain("<script>x");
        assertThat(right.status()).isEqualTo(302);
    }

    @Test
    @ContractRow(59)
    void sign_in_goes_on_to_next_and_never_off_the_site() {
        var ada = scenario.user("ada");
        var browser = scenario.client();
        browser.get("/hub/login");
        var own = "/hub/login?next=%2Fhub%2Ftoken%3Fa%3Db";
        var evil = "/hub/login?next=%2F%2Fevil.com%2F";

        var first = signIn(browser, own, ada.name(), HubScenario.PASSWORD, browser.xsrf());
        var again = browser.get(evil);

        assertThat(first.header("Location")).contains("/hub/token?a=b");
        assertThat(again.header("Location")).contains("/hub/home");
    }

    @Test
    @ContractRow(51)
    void a_page_sends_whoever_is_not_signed_in_to_sign_in_first() {
        for (var page : new String[] {"home?a=b%20c", "token", "spawn", "admin", ""}) {
            var response = scenario.client().get("/hub/" + page);

            assertThat(response.status()).isEqualTo(302);
            assertThat(response.header("Location"))
                    .contains("/hub/login?next=" + Names.queryValue("/hub/" + page));
        }
    }

    @Test
    @ContractRow(33)
    void signing_out_ends_the_session_and_clears_the_cookies() {
        var ada = scenario.user("ada");
        var browser = scenario.signedIn(ada);
        var other = scenario.signedIn(ada);
        var proof = browser.cookie("jupyterhub-hub-login");

        var response = browser.get("/hub/logout");

        assertThat(response.status()).isEqualTo(302);
        assertThat(response.header("Location")).contains("/hub/login");
        assertThat(browser.cookie("jupyterhub-hub-login")).isEmpty();
        assertThat(browser.cookie("jupyterhub-session-id")).isEmpty();
        browser.set("jupyterhub-hub-login", proof, "/hub/");
        assertThat(browser.get("/hub/home").status()).isEqualTo(302);
        assertThat(other.get("/hub/home").status()).isEqualTo(200);
    }

    @Test
    void a_session_id_that_got_lost_comes_back() {
        var browser = scenario.signedIn(scenario.user("ada"));
        var id = browser.cookie("jupyterhub-session-id");
        browser.forget("jupyterhub-session-id");

        browser.get("/hub/home");

        assertThat(browser.cookie("jupyterhub-session-id")).isEqualTo(id);
    }

    @Test
    @SecurityStatement(44)
    void the_set_up_link_makes_the_first_administrator_once() {
        var link = HubModule.setupUrl(scenario.identity.setup().newLink());
        var token = link.substring(link.indexOf('=') + 1);
        var browser = scenario.client();

        var form = browser.get(link);
        var differing = setUp(browser, token, "Root", "one two three four", "other");
        var done = setUp(browser, token, "Root", HubScenario.PASSWORD, HubScenario.PASSWORD);
        var twice =
                setUp(scenario.client(), token, "eve", HubScenario.PASSWORD, HubScenario.PASSWORD);

        assertThat(form.status()).isEqualTo(200);
        assertThat(form.header("Referrer-Policy")).contains("no-referrer");
        assertThat(differing.status()).isEqualTo(400);
        assertThat(done.status()).isEqualTo(302);
        assertThat(done.header("Location")).contains("/hub/home");
        assertThat(HubScenario.text(browser.get("/hub/home"))).contains("Administration");
        assertThat(twice.status()).isEqualTo(403);
        assertThat(HubScenario.text(twice)).contains("installer/lyceum setup-link");
        assertThat(scenario.identity.users().findByName("eve")).isEmpty();
    }

    @Test
    void a_link_that_is_unknown_or_too_old_says_how_to_get_another() {
        var link = HubModule.setupUrl(scenario.identity.setup().newLink());
        temp.clock().advance(Duration.ofMinutes(31));

        for (var url : new String[] {link, "/setup", "/setup?token=guess"}) {
            var page = scenario.client().get(url);

            assertThat(page.status()).isEqualTo(403);
            assertThat(HubScenario.text(page)).contains("installer/lyceum setup-link");
        }
    }

    private static Response signIn(
            Client browser, String target, String name, String password, String xsrf) {
        return browser.form(target, "username", name, "password", password, "_xsrf", xsrf);
    }

    private static Response setUp(
            Client browser, String token, String name, String password, String again) {
        return browser.form(
                "/setup", "token", token, "username", name, "password", password, "again", again);
    }

    /** Deprecated by JupyterHub, and still there (contract §4.4). */
    @Test
    void a_program_asks_whom_the_hubs_cookie_signs_in() {
        var ada = scenario.user("ada");
        var cookie = scenario.signedIn(ada).cookie("jupyterhub-hub-login");
        var path = "/hub/api/authorizations/cookie/jupyterhub-hub-login";
        var admin = scenario.client(scenario.token(scenario.admin("root")));
        var bob = scenario.client(scenario.token(scenario.user("bob")));

        var named = admin.get(path + "/" + cookie);
        var inBody = admin.send("GET", path, cookie);

        assertThat(named.status()).isEqualTo(200);
        assertThat(HubScenario.json(named).get("name").asText()).isEqualTo("ada");
        assertThat(HubScenario.text(inBody)).isEqualTo(HubScenario.text(named));
        assertThat(HubScenario.text(bob.get(path + "/" + cookie)))
                .isEqualTo("{\"kind\":\"user\",\"name\":\"ada\"}"); // no more than who it is
        assertThat(scenario.client().get(path + "/" + cookie).status()).isEqualTo(403);
        for (var bad : new String[] {"/x", "/" + cookie + "0", ""}) {
            assertThat(admin.get(path + bad).status()).as(bad).isEqualTo(404);
        }
        assertThat(admin.get(path.replace("-login", "") + "/" + cookie).status()).isEqualTo(404);
        scenario.identity.sessions().endAll(ada.id());
        assertThat(admin.get(path + "/" + cookie).status()).isEqualTo(404);
    }
}
