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

import java.time.Clock;
import java.util.StringJoiner;

/**
 * Goal: people make their accounts themselves where a manager lets them, and nowhere else. Method:
 * the whole platform over its public door, with browsers.
 */
class SignUpTest {

    private static final String PANEL = "/api/admin/v1/communities/1/";
    private static final String GOOD = "correct battery staple";

    private HubUnderTest platform;
    private Browser kim;

    @BeforeEach
    void start() {
        platform = HubUnderTest.withFake(new FakeContainerEngine());
        platform.hub()
                .identity()
                .roles()
                .give(
                        new Actor.Platform(),
                        platform.community(),
                        Roles.ADMIN,
                        new RoleHolder.OfUser(platform.user("kim").id()));
        kim = platform.browserOf("kim");
    }

    @AfterEach
    void end() {
        platform.close();
    }

    private Browser.Page panel(String method, String path, String json) {
        return kim.send(
                method,
                PANEL + path,
                json,
                "X-Lyceum-CSRF",
                kim.panelProof(),
                "Content-Type",
                "application/json");
    }

    private Browser.Page signUp(Browser browser, String... namesAndValues) {
        var page = browser.get("/hub/signup").body();
        var token = page.replaceFirst("(?s).*name=\"_xsrf\" value=\"([^\"]*)\".*", "$1");
        var form = new StringJoiner("&").add("_xsrf=" + Names.queryValue(token));
        for (int at = 0; at < namesAndValues.length; at += 2) {
            form.add(namesAndValues[at] + "=" + Names.queryValue(namesAndValues[at + 1]));
        }
        return browser.form("/hub/signup", form.toString());
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }

    @Test
    void without_a_manager_s_leave_there_is_no_page_and_no_way_to_it() {
        var zoe = new Browser(platform.origin());

        assertThat(zoe.get("/hub/login").body()).doesNotContain("/hub/signup");
        assertThat(zoe.get("/hub/signup").status()).isEqualTo(404);
        var page = zoe.get("/hub/signup").body();
        assertThat(page).contains("No accounts are made here").doesNotContain("<form");
    }

    @Test
    void somebody_asks_a_manager_lets_them_in_and_they_sign_in() {
        assertThat(panel("PUT", "sign-up", "{\"byRequest\": true}").status()).isEqualTo(204);
        assertThat(kim.get(PANEL + "sign-up").body())
                .contains("\"byRequest\":true", platform.origin() + "/hub/signup");
        var zoe = new Browser(platform.origin());
        assertThat(zoe.get("/hub/login").body()).contains("/hub/signup");

        assertThat(signUp(zoe, "username", "Zoe", "password", GOOD, "again", "x").body())
                .contains("The two passwords differ", "value=\"zoe\"")
                .doesNotContain(GOOD);
        var asked =
                signUp(zoe, "username", "Zoe", "password", GOOD, "again", GOOD, "note", "Zoe Z");
        assertThat(asked.status()).as(asked.body()).isEqualTo(303);
        var told = asked.location();
        var page = zoe.get(told);
        assertThat(page.body()).contains("Your request is waiting");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");

        var waiting = kim.get(PANEL + "sign-in").body();
        assertThat(waiting).contains("\"note\":\"Zoe Z\"").doesNotContain("argon");
        var number = between(waiting, "\"requests\":[{\"id\":", ",");
        assertThat(panel("POST", "sign-in/requests/" + number + "/admit", "").status())
                .isEqualTo(204);
        assertThat(zoe.get(told).body()).contains("You are in", "Your user name is zoe");
        zoe.signIn("zoe", GOOD);
        assertThat(zoe.get("/hub/home").status()).isEqualTo(200);
    }

    @Test
    void with_the_code_of_an_event_one_is_in_at_once() {
        var made =
                panel(
                        "POST",
                        "sign-up/events",
                        "{\"title\": \"Open day\", \"startsAt\": \"2020-01-01T00:00:00Z\","
                                + " \"endsAt\": \"2020-02-01T00:00:00Z\", \"people\": 2,"
                                + " \"temporary\": true}");
        assertThat(made.status()).as("it is over").isEqualTo(400);
        var now = Clock.systemUTC().instant();
        made =
                panel(
                        "POST",
                        "sign-up/events",
                        "{\"title\": \"Open day\", \"startsAt\": \""
                                + now.minusSeconds(3600)
                                + "\", \"endsAt\": \""
                                + now.plusSeconds(36_000)
                                + "\", \"people\": 2, \"temporary\": true}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var code = between(made.body(), "\"code\":\"", "\"");
        assertThat(kim.get(PANEL + "sign-up").body()).contains("Open day").doesNotContain(code);
        var zoe = new Browser(platform.origin());

        var wrong = signUp(zoe, "username", "zoe", "password", GOOD, "again", GOOD, "code", "X");
        assertThat(wrong.status()).isEqualTo(403);
        var in = signUp(zoe, "username", "zoe", "password", GOOD, "again", GOOD, "code", code);
        assertThat(in.status()).as(in.body()).isEqualTo(303);
        assertThat(zoe.get("/hub/home").status()).isEqualTo(200);
    }

    @Test
    void a_foreign_page_makes_no_account_and_a_member_opens_no_sign_up() {
        panel("PUT", "sign-up", "{\"byRequest\": true}");
        var zoe = new Browser(platform.origin());
        zoe.get("/hub/signup");

        var forged = zoe.form("/hub/signup", "username=zoe&password=" + GOOD + "&again=" + GOOD);
        assertThat(forged.status()).isEqualTo(403);
        assertThat(kim.get(PANEL + "sign-in").body()).contains("\"requests\":[]");
        platform.user("bob");
        assertThat(platform.browserOf("bob").get(PANEL + "sign-up").status()).isIn(403, 404);
    }
}
