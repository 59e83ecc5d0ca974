package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.catalog.Audience;
import org.lyceum.catalog.Change;
import org.lyceum.catalog.Choice;
import org.lyceum.catalog.FreeImage;
import org.lyceum.catalog.ProfileOption;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.testing.TempDatabase;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Goal: the start page asks what a profile asks, takes the answers under KubeSpawner's names, says
 * what is wrong with them beside what was picked, and repeats the last choice in one click.
 */
class PickerApiTest {

    private static final Change LARGE = new Change(null, Bytes.gib(4), null, 3000);

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private User ada;
    private Client browser;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        ada = scenario.user("ada");
        browser = scenario.signedIn(ada);
        scenario.profile(
                "lab",
                "The <Lab>",
                Audience.EVERYBODY,
                List.of(
                        new ProfileOption(
                                "size",
                                "Size",
                                List.of(
                                        new Choice("small", "Small", true, Change.NONE),
                                        new Choice("large", "Large", false, LARGE)),
                                null),
                        new ProfileOption(
                                "image",
                                "Image",
                                List.of(new Choice("usual", "Usual", true, Change.NONE)),
                                new FreeImage("Your own", "lab/.*", "Only lab/ images."))));
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    @Test
    void the_page_shows_profiles_with_what_they_ask() {
        assertThat(text(browser.get("/hub/spawn")))
                .contains("The &lt;Lab&gt;", "Words about it", "2 GiB of memory, 1.5 cores")
                .contains("aria-label=\"Options of The &lt;Lab&gt;\"")
                .contains("name=\"profile-option-lab--size\"", "Large (4 GiB of memory, 3 cores)")
                .contains("name=\"profile-option-lab--image--unlisted-choice\"", "Your own…")
                .contains("Only lab/ images.")
                .contains("<option value=\"small\" selected>");
    }

    @Test
    void an_answer_becomes_user_options_and_the_size_of_the_server() {
        var chosen =
                choose(
                        "profile-option-lab--size",
                        "large",
                        "profile-option-lab--image",
                        "usual",
                        "profile-option-jupyterlab--x",
                        "y");

        assertThat(chosen.status()).isEqualTo(302);
        scenario.ready(ada, "");
        var server = HubScenario.json(api().get("/hub/api/users/ada")).at("/servers/");
        assertThat(server.get("user_options").toString())
                .isEqualTo("{\"profile\":\"lab\",\"size\":\"large\",\"image\":\"usual\"}");
        assertThat(scenario.servers.queries().ofUser(scenario.community.id(), ada.id()))
                .singleElement()
                .satisfies(each -> assertThat(each.memory()).isEqualTo(Bytes.gib(4)));
    }

    @Test
    void a_form_sent_as_jupyterhubs_own_is_read_as_well() {
        var without = browser.multipart("/hub/spawn", "profile", "lab");
        var chosen =
                browser.multipart(
                        "/hub/spawn",
                        "_xsrf",
                        browser.xsrf(),
                        "profile",
                        "lab",
                        "profile-option-lab--size",
                        "large");

        assertThat(without.status()).isEqualTo(403);
        assertThat(chosen.status()).isEqualTo(302);
        scenario.ready(ada, "");
        assertThat(scenario.servers.queries().ofUser(scenario.community.id(), ada.id()))
                .singleElement()
                .satisfies(each -> assertThat(each.userOptions()).containsEntry("size", "large"));
    }

    @Test
    void what_is_refused_is_said_and_nothing_that_was_picked_is_lost() {
        var refused =
                choose(
                        "profile-option-lab--size",
                        "large",
                        "profile-option-lab--image",
                        "unlisted_choice",
                        "profile-option-lab--image--unlisted-choice",
                        "evil/x:1");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused))
                .contains("role=\"alert\"", "Only lab/ images.")
                .contains("value=\"lab\" required checked")
                .contains("<option value=\"large\" selected>", "value=\"evil/x:1\"");
        var missing =
                choose(
                        "profile-option-lab--image",
                        "unlisted_choice",
                        "profile-option-lab--image--unlisted-choice",
                        "lab/none:1");
        assertThat(text(missing)).contains("lab/none:1 is not on this machine");
    }

    @Test
    void the_last_choice_starts_in_one_click_until_it_is_not_offered_any_more() {
        assertThat(home()).contains("Start my server").doesNotContain("home/again");
        choose("profile-option-lab--size", "large");
        scenario.ready(ada, "");
        press("stop");
        scenario.stopped(ada, "");
        assertThat(home()).contains("home/again", "Start The &lt;Lab&gt;", "Choose something else");

        var again = press("again");

        assertThat(again.header("Location")).contains("/hub/spawn-pending/ada");
        scenario.ready(ada, "");
        assertThat(scenario.servers.queries().ofUser(scenario.community.id(), ada.id()))
                .singleElement()
                .satisfies(each -> assertThat(each.userOptions()).containsEntry("size", "large"));
        press("stop");
        scenario.stopped(ada, "");
        scenario.offer("lab", Audience.some(Set.of(), Set.of()));
        assertThat(home()).contains("Start my server").doesNotContain("The &lt;Lab&gt;");
        assertThat(press("again").header("Location")).contains("/hub/spawn/ada");
        assertThat(text(browser.get("/hub/spawn?profile=lab"))).contains("There is no profile");
    }

    @Test
    void the_api_takes_the_same_answers() {
        var body = "{\"profile\": \"lab\", \"size\": \"huge\"}";
        assertThat(api().post("/hub/api/users/ada/server", body).status()).isEqualTo(400);

        api().post("/hub/api/users/ada/server", "{\"profile\": \"lab\", \"size\": \"large\"}");

        scenario.ready(ada, "");
        assertThat(scenario.servers.queries().ofUser(scenario.community.id(), ada.id()))
                .singleElement()
                .satisfies(each -> assertThat(each.memory()).isEqualTo(Bytes.gib(4)));
    }

    private Response choose(String... fields) {
        var all = new ArrayList<>(List.of("_xsrf", browser.xsrf(), "profile", "lab"));
        all.addAll(List.of(fields));
        return browser.form("/hub/spawn", all.toArray(String[]::new));
    }

    private Response press(String verb) {
        return browser.form("/hub/home/" + verb, "_xsrf", browser.xsrf(), "server", "");
    }

    private Client api() {
        return scenario.client(scenario.token(ada));
    }

    private String home() {
        return text(browser.get("/hub/home"));
    }

    private static String text(Response response) {
        return HubScenario.text(response);
    }
}
