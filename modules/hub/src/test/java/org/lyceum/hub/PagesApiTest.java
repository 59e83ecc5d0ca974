package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Goal: every page is one a browser can show under the content policy, a keyboard can use and a
 * screen reader can read. Method: look at the markup of all of them, for a user whose name is
 * markup.
 */
class PagesApiTest {

    private static final String NAME = "\"><img src=x onerror=alert(1)>";
    private static final Pattern INLINE =
            Pattern.compile("<style|\\sstyle=|<[^>]+\\son[a-z]+=|<script(?![^>]*\\ssrc=)");
    private static final Pattern FIELD =
            Pattern.compile("<(?:input(?![^>]*type=\"hidden\")|select)[^>]*\\sid=\"([^\"]+)\"");

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private Client browser;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        browser = scenario.signedIn(scenario.admin(NAME));
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    @Test
    @ContractRow(45)
    @SecurityStatement(38)
    void every_page_is_whole_labelled_and_free_of_inline_code() {
        pages().forEach(
                        (what, page) -> {
                            var html = HubScenario.text(page);
                            assertThat(page.header("Content-Security-Policy").orElseThrow())
                                    .as(what)
                                    .contains("frame-ancestors 'none'", "default-src 'self'");
                            var tags = html.replaceAll("\"[^\"]*\"", "\"\""); // values are escaped
                            assertThat(INLINE.matcher(tags).find()).as(what).isFalse();
                            assertThat(html)
                                    .as(what)
                                    .contains("<html lang=\"en\">", "<title>", "name=\"viewport\"")
                                    .contains("<main id=\"content\"", "<h1>")
                                    .doesNotContain("<img src=x");
                            var fields = FIELD.matcher(html);
                            while (fields.find()) {
                                assertThat(html)
                                        .as(what)
                                        .contains("<label for=\"" + fields.group(1));
                            }
                        });
    }

    @Test
    @SecurityStatement(34)
    void a_script_that_fetches_a_page_does_not_find_the_token_in_it() {
        var cors = browser.get("/hub/home", "Sec-Fetch-Mode", "cors");
        var same = browser.get("/hub/token", "Sec-Fetch-Mode", "same-origin");

        assertThat(HubScenario.text(cors)).doesNotContain(browser.xsrf());
        assertThat(HubScenario.text(same)).doesNotContain(browser.xsrf());
        assertThat(HubScenario.text(browser.get("/hub/home", "Sec-Fetch-Mode", "navigate")))
                .contains(browser.xsrf());
    }

    @Test
    @SecurityStatement(56)
    void an_error_page_has_a_number_and_nothing_else_about_us() {
        var page = HubScenario.text(browser.get("/hub/nope"));

        assertThat(page).contains("req-1").doesNotContain("Exception", "org.lyceum");
    }

    @Test
    @SecurityStatement(49)
    void tokens_are_made_shown_once_and_revoked_with_forms() {
        var made = browser.form("/hub/token", "_xsrf", browser.xsrf(), "note", "<b>x", "days", "7");
        var secret =
                HubScenario.text(made)
                        .replaceFirst("(?s).*class=\"secret\"[^>]*>([0-9a-f]+)<.*", "$1");
        var list = HubScenario.text(browser.get("/hub/token"));
        var id = list.replaceFirst("(?s).*name=\"token\" value=\"(a\\d+)\".*", "$1");

        assertThat(made.status()).isEqualTo(201);
        assertThat(scenario.client(secret).get("/hub/api/user").status()).isEqualTo(200);
        assertThat(list).contains("&lt;b&gt;x").doesNotContain(secret);
        assertThat(browser.form("/hub/token/revoke", "token", id).status()).isEqualTo(403);
        browser.form("/hub/token/revoke", "_xsrf", browser.xsrf(), "token", id);
        assertThat(scenario.client(secret).get("/hub/api/user").status()).isEqualTo(403);
    }

    @Test
    void files_are_cached_for_ever_under_the_name_a_page_uses() {
        var html = HubScenario.text(browser.get("/hub/home"));
        var style = html.replaceFirst("(?s).*<link rel=\"stylesheet\" href=\"([^\"]+)\".*", "$1");

        var file = browser.get(style);

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type").orElseThrow()).startsWith("text/css");
        assertThat(file.header("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(browser.get("/hub/logo").header("Content-Type")).contains("image/svg+xml");
        assertThat(browser.get("/hub/static/none.css").status()).isEqualTo(404);
    }

    @Test
    void administrators_find_the_panel_and_others_do_not() {
        var plain = scenario.signedIn(scenario.user("plain"));

        assertThat(HubScenario.text(browser.get("/hub/home"))).contains("href=\"/panel/\"");
        assertThat(browser.get("/hub/admin").header("Location")).contains("/panel/");
        assertThat(HubScenario.text(plain.get("/hub/home"))).doesNotContain("/panel/");
        assertThat(plain.get("/hub/admin").status()).isEqualTo(403);
    }

    private Map<String, Response> pages() {
        var setup = HubModule.setupUrl(scenario.identity.setup().newLink());
        var pages = new LinkedHashMap<String, Response>();
        pages.put("login", scenario.client().get("/hub/login"));
        pages.put("set-up", scenario.client().get(setup));
        pages.put("set-up closed", scenario.client().get("/setup"));
        var invited = scenario.identity.users().create(new Actor.Platform(), "<b>zoe", false);
        var link = scenario.identity.passwordLinks().make(new Actor.Platform(), invited.id());
        var invitation = "/hub/password-link?key=" + link.secret().reveal();
        pages.put("invitation", scenario.client().get(invitation));
        pages.put("invitation closed", scenario.client().get("/hub/password-link"));
        pages.put("own password", browser.get("/hub/password"));
        pages.put("home", browser.get("/hub/home"));
        pages.put("tokens", browser.get("/hub/token"));
        pages.put("not running", browser.get("/hub/spawn-pending/" + segment()));
        pages.put("424", browser.get("/hub/user/" + segment() + "/lab"));
        pages.put("404", browser.get("/hub/nope"));
        pages.put("503", browser.get("/hub/error/503?url=" + segment()));
        pages.put("bad client", browser.get("/hub/api/oauth2/authorize"));
        scenario.holdServers();
        browser.get("/hub/spawn");
        pages.put("starting", browser.get("/hub/spawn-pending/" + segment()));
        pages.put("home while starting", browser.get("/hub/home"));
        return pages;
    }

    private static String segment() {
        return Names.pathSegment(NAME);
    }
}
