package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.Roles;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.SecurityStatement;

import java.net.URI;
import java.time.Duration;
import java.util.StringJoiner;

/**
 * Goal: whoever is added gets in with a password that only they know, and nobody gets into somebody
 * else's account that way. Method: the whole platform over its public door, with browsers.
 */
class InvitationTest {

    private static final Actor SETUP = new Actor.Platform();
    private static final String MEMBERS = "/api/admin/v1/communities/1/members";
    private static final String GOOD = "correct battery staple";
    private static final String OTHER = "four words that differ";

    private HubUnderTest platform;

    @BeforeEach
    void start() {
        platform = HubUnderTest.withFake(new FakeContainerEngine());
        platform.user("root", true);
        platform.hub()
                .identity()
                .roles()
                .give(
                        SETUP,
                        platform.community(),
                        Roles.ADMIN,
                        new RoleHolder.OfUser(platform.user("kim").id()));
    }

    @AfterEach
    void end() {
        platform.close();
    }

    private static Browser.Page post(Browser panel, String path, String json) {
        return panel.send(
                "POST",
                path,
                json,
                "X-Lyceum-CSRF",
                panel.panelProof(),
                "Content-Type",
                "application/json");
    }

    /** The path and key of the link in an answer of the panel's. */
    private static String link(Browser.Page answer) {
        var address =
                URI.create(answer.body().replaceFirst("(?s).*?\"address\":\"([^\"]+)\".*", "$1"));
        assertThat(address.getHost()).isEqualTo("127.0.0.1");
        return address.getRawPath() + "?" + address.getRawQuery();
    }

    private static Browser.Page choose(Browser browser, String link, String first, String second) {
        var path = link.substring(0, link.indexOf('?'));
        var key = link.substring(link.indexOf("key=") + "key=".length());
        return browser.form(path, encoded("key", key, "password", first, "again", second));
    }

    private static String encoded(String... namesAndValues) {
        var form = new StringJoiner("&");
        for (int at = 0; at < namesAndValues.length; at += 2) {
            form.add(namesAndValues[at] + "=" + Names.queryValue(namesAndValues[at + 1]));
        }
        return form.toString();
    }

    private long number(String name) {
        return platform.hub().identity().users().findByName(name).orElseThrow().id().value();
    }

    @Test
    void somebody_new_chooses_a_password_lands_on_their_home_page_and_signs_in_again_later() {
        var kim = platform.browserOf("kim");
        var link = link(post(kim, MEMBERS, "{\"name\": \"Zoe\"}"));
        var zoe = new Browser(platform.origin());

        var page = zoe.get(link);
        assertThat(page.body()).contains("Welcome to", "Your user name is zoe");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(choose(zoe, link, GOOD, OTHER).body()).contains("The two passwords differ");
        assertThat(choose(zoe, link, "12345678", "12345678").status()).isEqualTo(400);
        var in = choose(zoe, link, GOOD, GOOD);
        assertThat(in.status()).as(in.body()).isEqualTo(302);
        assertThat(in.header("Location")).isEqualTo("/hub/home");
        assertThat(zoe.get("/hub/home").body()).contains("Start my server");

        assertThat(new Browser(platform.origin()).signIn("zoe", GOOD).status()).isEqualTo(302);
        assertThat(zoe.get(link).body()).contains("A password has been chosen with this link");
        var again = new Browser(platform.origin());
        assertThat(choose(again, link, OTHER, OTHER).status()).isEqualTo(403);
        assertThat(again.signIn("zoe", OTHER).status()).isEqualTo(403);
    }

    @Test
    @SecurityStatement(43)
    void a_manager_invites_who_is_new_and_opens_nobody_s_account() {
        var kim = platform.browserOf("kim");
        var ada = platform.user("ada");
        assertThat(post(kim, MEMBERS + "/" + ada.id() + "/invitation", "").body())
                .contains("password-link.not-new");
        assertThat(post(kim, MEMBERS + "/" + number("root") + "/invitation", "").body())
                .contains("password-link.not-new");
        assertThat(post(kim, "/api/admin/v1/people/" + ada.id() + "/password-link", "").status())
                .isEqualTo(403);

        var maths = platform.hub().communities().communities().create(SETUP, "maths", "Maths");
        var eve = platform.hub().identity().users().create(SETUP, "eve", false);
        platform.hub().communities().members().join(SETUP, maths.id(), eve.id());
        var taken = post(kim, MEMBERS, "{\"name\": \"eve\"}");
        assertThat(taken.body()).contains("\"invitation\":null");
        assertThat(post(kim, MEMBERS + "/" + eve.id() + "/invitation", "").body())
                .contains("password-link.not-new");
    }

    @Test
    void who_has_forgotten_their_password_gets_a_link_from_an_administrator_for_a_day() {
        var root = platform.browserOf("root");
        var ada = platform.user("ada");
        var there = platform.browserOf("ada");
        var link = link(post(root, "/api/admin/v1/people/" + ada.id() + "/password-link", ""));
        assertThat(there.get("/hub/home").status()).isEqualTo(200);
        var anew = new Browser(platform.origin());
        assertThat(choose(anew, link, OTHER, OTHER).status()).isEqualTo(302);
        assertThat(there.get("/hub/home").status()).as("the old session").isEqualTo(302);
        assertThat(new Browser(platform.origin()).signIn("ada", OTHER).status()).isEqualTo(302);
        assertThat(root.get("/api/admin/v1/audit").body())
                .contains("PASSWORD_LINK_MADE")
                .contains("PASSWORD_LINK_USED");

        var late = link(post(root, "/api/admin/v1/people/" + ada.id() + "/password-link", ""));
        platform.passes(Duration.ofDays(1));
        assertThat(new Browser(platform.origin()).get(late).body()).contains("has expired");
    }

    @Test
    void somebody_changes_their_own_password_and_stays_signed_in_there_only() {
        platform.user("ada");
        var here = platform.browserOf("ada");
        var elsewhere = platform.browserOf("ada");
        var old = HubUnderTest.password("ada");
        var page = here.get("/hub/password");
        assertThat(page.body()).contains("Change your password");
        var xsrf = page.xsrf();
        var wrong =
                here.form(
                        "/hub/password",
                        encoded("_xsrf", xsrf, "current", OTHER, "password", GOOD, "again", GOOD));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("The current password is not right");

        var changed =
                here.form(
                        "/hub/password",
                        encoded("_xsrf", xsrf, "current", old, "password", GOOD, "again", GOOD));
        assertThat(changed.status()).as(changed.body()).isEqualTo(303);
        assertThat(here.get("/hub/home").status()).isEqualTo(200);
        assertThat(elsewhere.get("/hub/home").status()).isEqualTo(302);
    }

    @Test
    @SecurityStatement(49)
    void somebody_sees_where_they_are_signed_in_and_ends_it_there() {
        platform.user("ada");
        var here = platform.browserOf("ada");
        var lost = platform.browserOf("ada");
        var other = platform.browserOf("ada");
        platform.user("eve");
        var eve = platform.browserOf("eve");

        var page = here.get("/hub/password");
        assertThat(page.body().split("A browser", -1)).hasSizeGreaterThan(3);
        assertThat(page.body()).containsOnlyOnce("(this browser)");
        var newest = page.body().replaceFirst("(?s).*?name=\"session\" value=\"(\\d+)\".*", "$1");
        var own = eve.get("/hub/password").xsrf();
        var stolen = encoded("_xsrf", own, "session", newest);
        assertThat(eve.form("/hub/password/sign-out", stolen).status()).isEqualTo(303);
        assertThat(other.get("/hub/home").status()).as("not hers to end").isEqualTo(200);

        here.form("/hub/password/sign-out", encoded("_xsrf", page.xsrf(), "session", newest));
        assertThat(other.get("/hub/home").status()).isEqualTo(302);
        assertThat(lost.get("/hub/home").status()).isEqualTo(200);
        here.form("/hub/password/sign-out", encoded("_xsrf", page.xsrf(), "session", "others"));
        assertThat(lost.get("/hub/home").status()).isEqualTo(302);
        assertThat(here.get("/hub/home").status()).isEqualTo(200);
        assertThat(eve.get("/hub/home").status()).isEqualTo(200);
    }

    private static String list(String csv, boolean apply) {
        return "{\"csv\": \"" + csv + "\", \"apply\": " + apply + "}";
    }

    @Test
    void a_list_is_looked_at_first_then_makes_everybody_a_member_and_may_come_again() {
        var kim = platform.browserOf("kim");
        platform.user("ada");
        var csv =
                "\uFEFFE-Mail;Name;Groups;Role\\na@b;Zoe;lab | course;\\n;bob;;manager\\n;ada;lab;"
                        + "\\n;zoe;;\\n;a/b;;\\n\\n";
        var roster = MEMBERS + "/import";

        var preview = post(kim, roster, list(csv, false));
        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.body())
                .contains("\"applied\":false", "\"ignored\":[\"E-Mail\"]")
                .contains("\"line\":2,\"name\":\"zoe\",\"effect\":\"ACCOUNT\"")
                .contains("\"line\":4,\"name\":\"ada\",\"effect\":\"CHANGE\",\"groups\":[\"lab\"]")
                .contains("Stands in line 2 already", "no slash")
                .doesNotContain("address");
        assertThat(platform.hub().identity().users().findByName("zoe")).isEmpty();

        var done = post(kim, roster, list(csv, true));
        assertThat(done.body()).contains("\"applied\":true", "password-link?key=");
        var users = platform.hub().identity().users();
        var zoe = users.findByName("zoe").orElseThrow();
        assertThat(platform.hub().identity().groups().groupsOf(zoe.id(), platform.community()))
                .containsExactly("course", "lab");
        var bob = users.findByName("bob").orElseThrow();
        assertThat(platform.hub().identity().roles().managedBy(bob.id()))
                .containsExactly(platform.community());
        assertThat(choose(new Browser(platform.origin()), link(done), GOOD, GOOD).status())
                .isEqualTo(302);

        assertThat(post(kim, roster, list(csv, true)).body())
                .contains("NOTHING")
                .doesNotContain("ACCOUNT", "MEMBER", "CHANGE", "password-link");
    }

    @Test
    void a_list_that_cannot_be_read_changes_nothing_and_says_what_is_wrong() {
        var kim = platform.browserOf("kim");
        var roster = MEMBERS + "/import";
        assertThat(post(kim, roster, list("who,groups\\nzoe,", true)).body())
                .contains("roster.no-names");
        assertThat(post(kim, roster, list("name,role\\nzoe,boss", true)).body())
                .contains("roster.role-unknown", "Line 2");
        assertThat(post(kim, roster, list("name\\n\\\"zoe", true)).body())
                .contains("roster.malformed");
        assertThat(post(kim, roster, list("name" + "\\nu".repeat(2_001), true)).status())
                .isEqualTo(413);
        assertThat(post(kim, roster, list("", false)).body()).contains("roster.no-names");
        assertThat(platform.hub().identity().users().findByName("zoe")).isEmpty();
    }
}
