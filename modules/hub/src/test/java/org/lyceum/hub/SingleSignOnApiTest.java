package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.community.Community;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Goal: one sign-in opens every hub its person belongs to, and no cookie opens more than its hub.
 */
class SingleSignOnApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private Community maths;
    private User ada;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        maths = scenario.community("maths");
        ada = scenario.user("ada");
        scenario.join(ada, maths);
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    private static String location(Response response) {
        assertThat(response.status()).isEqualTo(302);
        return response.header("Location").orElseThrow();
    }

    /** Follows redirects to where a browser would end. */
    private static Response follow(Client browser, String path) {
        var response = browser.get(path);
        for (int i = 0; response.status() == 302 && i < 10; i++) {
            response = browser.get(response.header("Location").orElseThrow());
        }
        return response;
    }

    @Test
    void who_signed_in_at_one_hub_is_known_to_the_others_and_lands_where_they_wanted() {
        var browser = scenario.signedIn(ada);

        var login = location(browser.get("/maths/hub/token?a=b"));
        var asked = location(browser.get(login));
        var back = location(browser.get(asked));

        assertThat(login).isEqualTo("/maths/hub/login?next=%2Fmaths%2Fhub%2Ftoken%3Fa%3Db");
        assertThat(asked).startsWith("/sso/enter?to=" + maths.id() + "&next=");
        assertThat(back).isEqualTo("/maths/hub/token?a=b");
        assertThat(browser.get(back).status()).isEqualTo(200);
        assertThat(browser.cookie("jupyterhub-session-id", "/maths/"))
                .isEqualTo(browser.cookie("jupyterhub-session-id", "/hub/"));
    }

    @Test
    @SecurityStatement({33, 43})
    void each_hub_has_a_cookie_of_its_own_below_its_own_path() {
        var browser = scenario.signedIn(ada);
        follow(browser, "/maths/hub/home");
        var here = browser.cookie("jupyterhub-hub-login", "/hub/");
        var there = browser.cookie("jupyterhub-hub-login", "/maths/hub/");

        assertThat(here).isNotEqualTo(there);
        var thief = scenario.client();
        thief.set("jupyterhub-hub-login", there, "/");
        assertThat(thief.get("/maths/hub/home").status()).isEqualTo(200);
        assertThat(thief.get("/hub/home").status()).isEqualTo(302);
        for (var path : new String[] {"/user/ada/", "/maths/user/ada/", "/services/x/"}) {
            assertThat(browser.cookie("jupyterhub-hub-login", path)).isEmpty();
            assertThat(browser.cookie("lyceum-session", path)).isEmpty();
        }
    }

    @Test
    void whoever_never_signed_in_sees_the_form_at_once() {
        assertThat(scenario.client().get("/maths/hub/login").status()).isEqualTo(200);
    }

    @Test
    void a_session_that_has_ended_leads_to_the_form_and_not_in_circles() {
        var browser = scenario.signedIn(ada);
        scenario.identity.sessions().endAll(ada.id());

        var form = follow(browser, "/maths/hub/home");

        assertThat(form.status()).isEqualTo(200);
        assertThat(HubScenario.text(form)).contains("name=\"password\"");
        assertThat(browser.cookie("lyceum-signed-in")).isEmpty();
        browser.set("lyceum-signed-in", "1", "/");
        assertThat(follow(browser, "/maths/hub/home").status()).isEqualTo(200);
    }

    @Test
    void signing_out_anywhere_signs_out_everywhere() {
        var browser = scenario.signedIn(ada);
        follow(browser, "/maths/hub/home");

        assertThat(location(browser.get("/maths/hub/logout"))).isEqualTo("/maths/hub/login");

        assertThat(browser.get("/hub/home").status()).isEqualTo(302);
        assertThat(HubScenario.text(follow(browser, "/hub/home"))).contains("name=\"password\"");
        assertThat(browser.cookie("lyceum-session")).isEmpty();
    }

    @Test
    void signing_out_where_one_has_not_been_ends_the_session_too() {
        var browser = scenario.signedIn(ada, maths);

        var form = follow(browser, "/hub/logout");

        assertThat(HubScenario.text(form)).contains("name=\"password\"");
        assertThat(browser.get("/maths/hub/home").status()).isEqualTo(302);
    }

    @Test
    void who_does_not_belong_reads_so_and_where_they_do() {
        var eve = scenario.user("eve");
        var browser = scenario.signedIn(eve);

        var page = follow(browser, "/maths/hub/home");

        assertThat(page.status()).isEqualTo(403);
        assertThat(HubScenario.text(page))
                .contains("You do not belong to The maths department", "eve", "href=\"/hub/home\"")
                .doesNotContain("name=\"password\"");
        assertThat(browser.cookie("jupyterhub-hub-login", "/maths/hub/")).isEmpty();
    }

    @Test
    void who_was_removed_reads_until_when_their_files_are_kept() {
        scenario.storage.homes().ensure(maths.id(), ada.id());
        scenario.communities.members().leave(HubScenario.ACTOR, maths.id(), ada.id());
        var browser = scenario.signedIn(ada);
        assertThat(HubScenario.text(follow(browser, "/maths/hub/home")))
                .as("nobody has noted the day yet")
                .doesNotContain("are kept until");

        scenario.storage.jobs().stream()
                .filter(job -> job.name().equals("storage.retire-folders"))
                .forEach(Job::run);

        var day = LocalDate.ofInstant(temp.clock().instant(), ZoneOffset.UTC).plusDays(90);
        assertThat(HubScenario.text(follow(browser, "/maths/hub/home")))
                .contains("You do not belong to", "Your files here are kept until")
                .contains(Integer.toString(day.getYear()), day.getDayOfMonth() + " ");
    }

    @Test
    void who_signs_in_where_they_do_not_belong_is_signed_in_where_they_do() {
        var kim = scenario.identity.users().create(HubScenario.ACTOR, "kim", false);
        scenario.identity.passwords().set(HubScenario.ACTOR, kim.id(), HubScenario.PASSWORD);
        scenario.join(kim, maths);
        var browser = scenario.client();
        browser.get("/hub/login");

        var page =
                browser.form(
                        "/hub/login",
                        "username",
                        "kim",
                        "password",
                        HubScenario.PASSWORD,
                        "_xsrf",
                        browser.xsrf());

        assertThat(page.status()).isEqualTo(403);
        assertThat(HubScenario.text(page)).contains("href=\"/maths/hub/home\"");
        assertThat(follow(browser, "/maths/hub/home").status()).isEqualTo(200);
    }

    @Test
    @SecurityStatement(42)
    void who_has_left_is_out_at_the_next_request() {
        var browser = scenario.signedIn(ada);
        follow(browser, "/maths/hub/home");

        scenario.communities.members().leave(HubScenario.ACTOR, maths.id(), ada.id());

        assertThat(follow(browser, "/maths/hub/home").status()).isEqualTo(403);
        assertThat(browser.get("/hub/home").status()).isEqualTo(200);
    }

    @Test
    @SecurityStatement(39)
    void the_way_in_leads_nowhere_else() {
        var browser = scenario.signedIn(ada);
        for (var next : new String[] {"//evil.com/", "https://evil.com/", "/\\evil.com", "evil"}) {
            var target = "/sso/enter?to=" + maths.id() + "&next=" + Names.queryValue(next);
            assertThat(location(browser.get(target))).matches("/maths/hub/home|/%5Cevil.com");
        }
        assertThat(browser.get("/sso/enter?to=99").status()).isEqualTo(404);
        assertThat(browser.get("/sso/enter?to=x").status()).isEqualTo(404);
        assertThat(browser.from(Listener.CONTAINERS).get("/sso/enter?to=1").status()).isZero();
    }

    @Test
    void a_renamed_hub_knows_who_was_signed_in_before() {
        var browser = scenario.signedIn(ada, maths);
        scenario.communities.communities().rename(HubScenario.ACTOR, maths.id(), 0, "numbers");

        assertThat(follow(browser, "/maths/hub/home").status()).isEqualTo(200);
    }
}
