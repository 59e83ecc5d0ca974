package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.Keycloak;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.Slapd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;

/**
 * Goal: people of an institution sign in and land in a running server. Method: the whole platform,
 * a real Keycloak and a real OpenLDAP; an administrator adds both by the panel's API, tries them
 * and puts them into force, and people go through the providers' own forms.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(400)
class InstitutionIT {

    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)}?$");
    private static final String PROVIDERS = "/api/admin/v1/sign-in/providers";

    private static HubUnderTest platform;
    private static Keycloak keycloak;
    private static Slapd slapd;
    private static Browser root;

    @BeforeAll
    static void start() {
        platform = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_5");
        platform.user("root", true);
        platform.user("ada"); // of this platform, and nobody of the school's
        root = platform.browserOf("root");
        keycloak = Keycloak.start(platform.origin() + "/sso/callback");
        slapd = Slapd.start();
    }

    @AfterAll
    static void end() {
        if (slapd != null) {
            slapd.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    private static Browser.Page panel(String method, String path, String body) {
        return root.send(
                method,
                path,
                body,
                "X-Lyceum-CSRF",
                root.panelProof(),
                "Content-Type",
                "application/json");
    }

    private static String keycloakBody(String secret, int seen) {
        return """
        {"title": "School", "preset": "KEYCLOAK", "seen": %d, "secret": "%s", "openId":
         {"issuer": "%s", "clientId": "lyceum", "scopes": ["profile", "email"],
          "nameClaim": "preferred_username", "groupsClaim": "groups", "trustsEmail": false}}
        """
                .formatted(seen, secret, keycloak.issuer());
    }

    private static String directoryBody() {
        return """
        {"title": "Library", "preset": "LDAP", "seen": 0, "secret": "%s", "ldap":
         {"url": "%s", "startTls": true, "certificate": "%s", "bindDn": "%s",
          "userBase": "ou=people,dc=school,dc=example", "userFilter": "(uid={name})",
          "idAttribute": "entryUUID", "nameAttribute": "uid", "emailAttribute": "mail",
          "groupBase": "ou=groups,dc=school,dc=example", "groupFilter": "(member={dn})",
          "groupNameAttribute": "cn"}}
        """
                .formatted(
                        Slapd.READER_PASSWORD,
                        slapd.url(),
                        slapd.certificate().replace("\n", "\\n"),
                        Slapd.READER);
    }

    private static long version(Browser.Page page) {
        var match = VERSION.matcher(page.body().strip());
        assertThat(match.find()).as(page.body()).isTrue();
        return Long.parseLong(match.group(1));
    }

    /** Fills in the provider's form; what it sends the browser back to, as a path of ours. */
    private static String throughKeycloak(Browser browser, String start, String name) {
        var away = browser.get(start);
        assertThat(away.status()).as(away.body()).isEqualTo(302);
        assertThat(away.location()).startsWith(keycloak.issuer());
        var there = new Browser(keycloak.origin());
        var form = there.follow(away.location().substring(keycloak.origin().length()));
        var action = ACTION.matcher(form.body());
        assertThat(action.find()).as(form.body()).isTrue();
        var target = action.group(1).replace("&amp;", "&").substring(keycloak.origin().length());
        var back =
                there.form(
                        target,
                        "username="
                                + Browser.encoded(name)
                                + "&password="
                                + Browser.encoded(Keycloak.password(name)));
        assertThat(back.status()).as(back.body()).isEqualTo(302);
        return back.location().substring(platform.origin().length());
    }

    private static void lands(Browser browser, String name) {
        var asked = browser.api("POST", "/hub/api/users/" + name + "/server", "");
        assertThat(asked.status()).as(asked.body()).isIn(201, 202);
        Eventually.holds(
                "the server answers",
                () -> browser.follow("/user/" + name + "/lab").status() == 200);
    }

    @Test
    @Order(1)
    void a_provider_is_checked_tried_and_put_into_force() throws IOException {
        var listed = root.get(PROVIDERS);
        assertThat(listed.body())
                .contains("\"callbackUrl\":\"" + platform.origin() + "/sso/callback\"");
        assertThat(panel("POST", PROVIDERS, keycloakBody("wrong", 0)).body())
                .contains("provider.credentials-wrong");

        var made = panel("POST", PROVIDERS, keycloakBody(Keycloak.SECRET, 0));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var early = panel("POST", PROVIDERS + "/1/activate", "{\"version\":" + version(made) + "}");
        assertThat(early.body()).contains("provider.not-tried");

        var back = throughKeycloak(root, "/sso/start?trial=1&provider=1", "ada");
        assertThat(root.get(back).location()).isEqualTo("/panel/sign-in");
        var tried = root.get(PROVIDERS).body();
        assertThat(tried).contains("\"candidateTried\":\"ada (ada@school.example)\"");
        var live = panel("POST", PROVIDERS + "/1/activate", "{\"version\":1}");
        assertThat(live.status()).as(live.body()).isEqualTo(200);
        assertThat(panel("POST", PROVIDERS + "/1/enable", "{\"version\":2}").status())
                .isEqualTo(200);
        var rule = "{\"who\": \"MATCHING\", \"groups\": [\"teachers\"], \"asks\": true}";
        var accepted = panel("PUT", "/api/admin/v1/communities/1/sign-in/providers/1", rule);
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(204);
        assertThat(root.get(PROVIDERS).body()).doesNotContain(Keycloak.SECRET);
        try (var files = Files.walk(platform.data())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(Keycloak.SECRET);
            }
        }
    }

    @Test
    @Order(2)
    @SecurityStatement({35, 46})
    void a_teacher_signs_in_by_keycloak_and_lands_in_a_running_server() {
        var ada = new Browser(platform.origin());
        var page = ada.get("/hub/login?next=%2Fhub%2Ftoken");
        assertThat(page.body()).contains("Sign in with School", "Or with a name and a password");
        var back = throughKeycloak(ada, link(page, "start"), "ada");

        var in = ada.get(back);

        assertThat(in.status()).as(in.body()).isEqualTo(302);
        assertThat(in.location()).isEqualTo("/hub/token");
        assertThat(in.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(in.setCookies()).anyMatch(cookie -> cookie.contains("HttpOnly"));
        assertThat(ada.get("/hub/token").body()).contains("Signed in as ada-2");
        assertThat(ada.get(back).body()).contains("was used already");
        assertThat(new Browser(platform.origin()).get(back).status()).isEqualTo(403);
        lands(ada, "ada-2");

        ada.get("/hub/logout");
        var again = new Browser(platform.origin());
        again.get(throughKeycloak(again, "/sso/start?to=1&provider=1", "ada"));
        assertThat(again.get("/hub/token").body()).contains("Signed in as ada-2");
    }

    private static String link(Browser.Page page, String what) {
        var match = Pattern.compile("href=\"(/sso/" + what + "[^\"]*)\"").matcher(page.body());
        assertThat(match.find()).as(page.body()).isTrue();
        return match.group(1).replace("&amp;", "&");
    }

    @Test
    @Order(3)
    void somebody_who_is_in_no_group_asks_and_is_let_in() {
        var eve = new Browser(platform.origin());
        var refused = eve.get(throughKeycloak(eve, "/sso/start?to=1&provider=1", "eve"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("You cannot come in yet", "A manager of the community");
        assertThat(eve.get("/hub/home").status()).isEqualTo(302);

        var waiting = root.get("/api/admin/v1/communities/1/sign-in");
        assertThat(waiting.body()).contains("\"name\":\"eve\"");
        var admit = "/api/admin/v1/communities/1/sign-in/requests/1/admit";
        assertThat(panel("POST", admit, null).status()).isEqualTo(204);

        eve.get(throughKeycloak(eve, "/sso/start?to=1&provider=1", "eve"));
        assertThat(eve.get("/hub/token").body()).contains("Signed in as eve");
    }

    @Test
    @Order(4)
    void somebody_of_the_directory_signs_in_and_lands_in_a_running_server() {
        var made = panel("POST", PROVIDERS, directoryBody());
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var wrong = "{\"name\": \"ada\", \"password\": \"wrong\"}";
        assertThat(panel("POST", PROVIDERS + "/2/trial", wrong).body())
                .contains("provider.trial-failed");
        var right = "{\"name\": \"ada\", \"password\": \"" + Slapd.password("ada") + "\"}";
        var tried = panel("POST", PROVIDERS + "/2/trial", right);
        assertThat(tried.body()).contains("\"candidateTried\":\"ada (ada@school.example)\"");
        panel("POST", PROVIDERS + "/2/activate", "{\"version\":1}");
        panel("POST", PROVIDERS + "/2/enable", "{\"version\":2}");
        var everybody = "{\"who\": \"EVERYBODY\", \"asks\": false}";
        panel("PUT", "/api/admin/v1/communities/1/sign-in/providers/2", everybody);

        var eve = new Browser(platform.origin());
        assertThat(eve.get("/hub/login").body()).contains("Sign in with Library");
        assertThat(directory(eve, "eve", "wrong").status()).isEqualTo(403);
        assertThat(directory(eve, "*", Slapd.password("eve")).status()).isEqualTo(403);
        var in = directory(eve, "eve", Slapd.password("eve"));
        assertThat(in.status()).as(in.body()).isEqualTo(302);
        // The same name and address as the school's eve, and somebody else.
        assertThat(eve.get("/hub/token").body()).contains("Signed in as eve-2");
        lands(eve, "eve-2");
    }

    private static Browser.Page directory(Browser browser, String name, String password) {
        var page = browser.get("/hub/login?with=2");
        assertThat(page.body())
                .contains("Sign in with Library")
                .doesNotContain("Sign in with School");
        return browser.form(
                "/hub/login?with=2",
                "username="
                        + Browser.encoded(name)
                        + "&password="
                        + Browser.encoded(password)
                        + "&_xsrf="
                        + page.xsrf());
    }

    @Test
    @Order(5)
    void a_second_way_to_sign_in_leads_to_the_same_person() {
        var ada = new Browser(platform.origin());
        ada.get(throughKeycloak(ada, "/sso/start?to=1&provider=1", "ada"));
        var page = ada.get("/hub/ways", "Sec-Fetch-Mode", "navigate");
        assertThat(page.body()).contains("School", "Add Library");
        var added =
                ada.form(
                        "/hub/ways/add",
                        "provider=2&username=ada&password="
                                + Browser.encoded(Slapd.password("ada"))
                                + "&_xsrf="
                                + page.xsrf());
        assertThat(added.status()).as(added.body()).isEqualTo(303);

        var other = new Browser(platform.origin());
        assertThat(directory(other, "ada", Slapd.password("ada")).status()).isEqualTo(302);
        assertThat(other.get("/hub/token").body()).contains("Signed in as ada-2");

        // And the other way round: somebody of this platform links the school's eve? She is taken.
        var local = platform.browserOf("ada");
        var ways = local.get("/hub/ways", "Sec-Fetch-Mode", "navigate");
        var leave = local.form("/hub/ways/add", "provider=1&_xsrf=" + ways.xsrf()).location();
        var taken = local.get(throughKeycloak(local, leave, "eve"));
        assertThat(taken.body()).contains("belongs to somebody else here");
    }

    @Test
    @Order(6)
    void a_provider_that_is_down_is_named_and_everybody_else_comes_in() {
        keycloak.end();
        var somebody = new Browser(platform.origin());

        var failed = somebody.get("/sso/start?to=1&provider=1");

        assertThat(failed.status()).isIn(302, 503);
        platform.run("login.watch-providers", platform.hub().login().jobs());
        platform.run("login.watch-providers", platform.hub().login().jobs());
        assertThat(somebody.get("/hub/login").body()).contains("It does not answer since");
        assertThat(root.get(PROVIDERS).body()).contains("\"downSince\":\"");
        assertThat(directory(somebody, "eve", Slapd.password("eve")).status()).isEqualTo(302);
        assertThat(platform.browserOf("ada").get("/hub/home").status()).isEqualTo(200);
    }
}
