package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.storage.FolderKey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Goal: people see every folder their server has, and share what is in it by link, with nobody
 * else. Method: the hub's pages over real folders, by browsers of several people.
 */
class PlacesApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private User ada;
    private Client browser;
    private Client other;
    private Path shared;
    private Path lab;
    private String labId;

    @BeforeEach
    void begin() throws IOException {
        scenario = new HubScenario(temp);
        ada = scenario.user("ada");
        var eve = scenario.user("eve");
        browser = scenario.signedIn(ada);
        other = scenario.signedIn(eve);
        var community = scenario.community.id();
        var folders = scenario.storage.folders();
        shared = folders.ensure(FolderKey.shared(community));
        Files.writeString(shared.resolve("lesson"), "6*7");
        var group =
                scenario.identity
                        .groups()
                        .create(HubScenario.ACTOR, community, "lab <1>", List.of("ada"));
        lab = folders.ensure(FolderKey.group(community, group.id()));
        labId = "group-" + group.id();
        Files.createDirectory(lab.resolve("data"));
        Files.writeString(lab.resolve("data/run 1"), "42");
        Files.setAttribute(lab.resolve("data"), "unix:uid", 1000);
        Files.setAttribute(lab.resolve("data/run 1"), "unix:uid", 1000);
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    private static Response form(Client client, String target, String... fields) {
        var all = Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = "_xsrf";
        all[fields.length + 1] = client.xsrf();
        return client.form(target, all);
    }

    private static Response put(Client client, String place, String content) {
        return client.send(
                "PUT",
                "/hub/files/put?in=&place=" + place + "&name=new",
                content,
                "X-XSRFToken",
                client.xsrf(),
                "Content-Length",
                Integer.toString(content.length()));
    }

    private static String streamed(Response response) throws IOException {
        try (var source = ((Response.Body.Stream) response.body()).source()) {
            return new String(source.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The address on the page that comes after a link was made, below the host. */
    private static String address(Response made) {
        var page = HubScenario.text(made);
        int from = page.indexOf("/hub/files/link?key=");
        return page.substring(from, page.indexOf('<', from));
    }

    private String share(Client client, String target, String... fields) {
        var made = form(client, target, fields);
        assertThat(made.status()).as(HubScenario.text(made)).isEqualTo(201);
        return address(made);
    }

    @Test
    void every_folder_of_the_server_has_a_page_and_the_home_keeps_its_addresses() {
        var home = HubScenario.text(browser.get("/hub/files"));
        assertThat(home)
                .contains(
                        ">Home</a>",
                        "href=\"/hub/files?in=&amp;place=shared\">Shared</a>",
                        "href=\"/hub/files?in=&amp;place=scratch\">Scratch</a>",
                        "href=\"/hub/files?in=&amp;place=" + labId + "\">lab &lt;1&gt;</a>",
                        "href=\"/hub/files/archive?in=\"",
                        "data-put=\"/hub/files/put?in=\"",
                        "href=\"/hub/files/trash\"");
        assertThat(HubScenario.text(browser.get("/hub/files?in=&place=" + labId)))
                .contains("<h1>lab &lt;1&gt;</h1>", ">data</a>", "Upload files", "Trash");
        assertThat(browser.get("/hub/files?in=&place=group-99").status()).isEqualTo(404);
        assertThat(other.get("/hub/files?in=&place=" + labId).status()).isEqualTo(404);
        assertThat(other.get("/hub/files/get?at=data/run%201&place=" + labId).status())
                .isEqualTo(404);
    }

    @Test
    @SecurityStatement(43)
    void what_is_shared_is_read_by_members_and_refused_to_be_changed() throws IOException {
        var page = HubScenario.text(browser.get("/hub/files?in=&place=shared"));
        assertThat(page)
                .contains(">lesson</a>", "What your teachers hand out")
                .doesNotContain("Upload files", "Rename", "Move to the trash", ">Trash</a>");
        assertThat(streamed(browser.get("/hub/files/get?at=lesson&place=shared"))).isEqualTo("6*7");
        assertThat(streamed(browser.get("/hub/files/archive?in=&place=shared"))).contains("6*7");

        var refused = put(browser, "shared", "x");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(HubScenario.json(refused).path("code").asText()).isEqualTo("files.read-only");
        for (var change :
                List.of(
                        form(browser, "/hub/files/folder?place=shared", "in", "", "name", "x"),
                        form(
                                browser,
                                "/hub/files/rename?place=shared",
                                "at",
                                "lesson",
                                "name",
                                "x"),
                        form(browser, "/hub/files/delete?place=shared", "at", "lesson"),
                        form(
                                browser,
                                "/hub/files/delete?place=shared",
                                "at",
                                "lesson",
                                "for-good",
                                "1"))) {
            assertThat(change.status()).isEqualTo(403);
            assertThat(HubScenario.text(change))
                    .contains("You can read what is here and not change it", ">lesson</a>");
        }
        for (var closed :
                List.of(
                        browser.get("/hub/files/trash?place=shared"),
                        browser.get("/hub/files/largest?place=shared"),
                        browser.get("/hub/files/versions?in=&place=shared"),
                        form(browser, "/hub/files/trash/empty?place=shared"))) {
            assertThat(closed.status()).isEqualTo(403);
        }
        assertThat(shared.resolve("lesson")).hasContent("6*7");
        assertThat(shared).isDirectoryNotContaining("glob:**x");
    }

    @Test
    void a_manager_changes_what_is_shared_and_a_member_what_is_the_group_s() {
        var root = scenario.signedIn(scenario.admin("root"));
        assertThat(put(root, "shared", "1").status()).isEqualTo(201);
        assertThat(shared.resolve("new")).hasContent("1");

        assertThat(put(browser, labId, "2").status()).isEqualTo(201);
        var deleted = form(browser, "/hub/files/delete?place=" + labId, "at", "new");
        var after = HubScenario.text(browser.get(deleted.header("Location").orElseThrow()));
        assertThat(after).contains("“new” is in the trash", "trash/restore?place=" + labId);
        assertThat(HubScenario.text(browser.get("/hub/files/trash?place=" + labId)))
                .contains("<strong>new</strong>", "everybody who may change");
        var back = form(browser, "/hub/files/trash/restore?place=" + labId, "item", "new");
        assertThat(back.header("Location").orElseThrow()).contains("place=" + labId);
        assertThat(lab.resolve("new")).hasContent("2");
        assertThat(HubScenario.text(browser.get("/hub/files/largest?place=" + labId)))
                .contains("lab &lt;1&gt;", "run 1");
        assertThat(HubScenario.text(browser.get("/hub/files"))).doesNotContain(">new</a>");
    }

    @Test
    void a_link_is_made_sent_opened_and_ended() throws IOException {
        var ask = HubScenario.text(browser.get("/hub/files/share?at=data&place=" + labId));
        assertThat(ask).contains("Share “data”", "Everybody in this community", "lab &lt;1&gt;");
        var address =
                share(
                        browser,
                        "/hub/files/share?at=data&place=" + labId,
                        "for",
                        "everybody",
                        "days",
                        "30");

        var opened = other.get(address).header("Location").orElseThrow();
        assertThat(opened).startsWith("/hub/files/shared?link=").doesNotContain("key");
        var page = HubScenario.text(other.get(opened));
        assertThat(page)
                .contains("<h1>data</h1>", "ada shares this with you until", ">run 1</a>")
                .doesNotContain("Rename", "Upload", "data-put", "Earlier versions");
        var number = opened.replaceAll(".*link=(\\d+).*", "$1");
        assertThat(streamed(other.get("/hub/files/shared/get?link=" + number + "&at=run%201")))
                .isEqualTo("42");
        assertThat(streamed(other.get("/hub/files/shared/archive?link=" + number + "&in=")))
                .contains("data/run 1", "42");
        assertThat(HubScenario.text(other.get("/hub/files/links")))
                .contains(">data</a>", "from ada");

        assertThat(HubScenario.text(browser.get(opened))).contains("This is what others see of it");
        var mine = HubScenario.text(browser.get("/hub/files/links"));
        assertThat(mine)
                .contains(
                        ">data</a>",
                        "in lab &lt;1&gt;, for: Everybody in this community",
                        "End the link")
                .doesNotContain(address.substring(address.indexOf('=') + 1));
        var ended = form(browser, "/hub/files/links/end", "link", number);
        assertThat(HubScenario.text(browser.get(ended.header("Location").orElseThrow())))
                .contains("The link has ended", "You share nothing by link");
        assertThat(other.get(address).status()).isEqualTo(404);
        assertThat(HubScenario.text(other.get(opened))).contains("There is no such sharing link");
        assertThat(HubScenario.text(other.get("/hub/files/links"))).contains("Nothing yet");
    }

    @Test
    @SecurityStatement(43)
    void a_link_opens_for_nobody_but_those_it_is_for() {
        var bob = scenario.signedIn(scenario.user("bob"));
        var target = "/hub/files/share?at=data&place=" + labId;
        var forEve = share(browser, target, "for", "member", "member", "eve", "days", "7");
        var refused = bob.get(forEve);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(HubScenario.text(refused)).contains("signed in as “bob”");
        var opened = other.get(forEve).header("Location").orElseThrow();
        assertThat(other.get(opened).status()).isEqualTo(200);
        assertThat(bob.get(opened).status()).isEqualTo(404);
        assertThat(scenario.signedIn(scenario.admin("root")).get(opened).status()).isEqualTo(404);
        var out = scenario.client().get(forEve);
        assertThat(out.status()).isEqualTo(302);
        assertThat(out.header("Location").orElseThrow()).startsWith("/hub/login?next=");
        var token = new Client(scenario.hub, scenario.token(ada));
        assertThat(token.get(opened).status()).isEqualTo(302);

        var forLab = share(browser, target, "for", "group", "group", "lab <1>", "days", "7");
        assertThat(other.get(forLab).status()).isEqualTo(403);
        for (var path :
                List.of(
                        forEve,
                        opened,
                        "/hub/files/links",
                        "/hub/files/share?at=data&place=shared")) {
            var script = other.get(path, "Sec-Fetch-Mode", "cors", "Sec-Fetch-Site", "same-origin");
            assertThat(script.status()).as(path).isEqualTo(403);
        }
        assertThat(other.form("/hub/files/links/end", "link", "1").status()).isEqualTo(403);
    }

    @Test
    @SecurityStatement(50)
    void no_address_leads_out_of_what_is_shared() throws IOException {
        Files.writeString(lab.resolve("secret"), "x");
        Files.createSymbolicLink(lab.resolve("data/up"), Path.of(".."));
        var address =
                share(
                        browser,
                        "/hub/files/share?at=data&place=" + labId,
                        "for",
                        "everybody",
                        "days",
                        "1");
        var opened = other.get(address).header("Location").orElseThrow();
        for (var at : List.of("../secret", "up/secret", "up", "%2E%2E/secret", "..%2Fsecret")) {
            var get = opened.replace("/shared?", "/shared/get?").replace("in=", "at=") + at;
            assertThat(other.get(get).status()).as(get).isEqualTo(400);
            assertThat(other.get(opened + at).status()).as(at).isEqualTo(400);
            var archive = opened.replace("/shared?", "/shared/archive?") + at;
            assertThat(other.get(archive).status()).as(archive).isEqualTo(400);
        }
        assertThat(other.get("/hub/files/shared?link=x&in=").status()).isEqualTo(400);
        assertThat(other.get("/hub/files/shared?link=99&in=").status()).isEqualTo(404);
    }

    @Test
    void what_cannot_be_shared_is_said_with_the_form_still_there() {
        var target = "/hub/files/share?at=data&place=" + labId;
        for (var wrong :
                List.of(
                        form(browser, target, "for", "member", "member", "nobody", "days", "7"),
                        form(browser, target, "for", "group", "group", "none", "days", "7"),
                        form(browser, target, "for", "everybody", "days", "0"),
                        form(browser, target, "for", "everybody", "days", "366"),
                        form(browser, target, "days", "7"),
                        form(
                                browser,
                                "/hub/files/share?at=&place=" + labId,
                                "for",
                                "everybody",
                                "days",
                                "7"))) {
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(HubScenario.text(wrong)).contains("role=\"alert\"", "Make the link");
        }
        var gone = form(browser, "/hub/files/share?at=none", "for", "everybody", "days", "7");
        assertThat(gone.status()).isEqualTo(404);
    }

    @Test
    void
            what_was_chosen_stays_when_it_is_refused_so_that_nobody_shares_with_everybody_by_mistake() {
        var target = "/hub/files/share?at=data&place=" + labId;
        assertThat(HubScenario.text(browser.get(target))).doesNotContain(" checked");
        var refused = form(browser, target, "for", "member", "member", "e\"v", "days", "9");
        assertThat(HubScenario.text(refused))
                .contains(
                        "value=\"member\" checked",
                        "name=\"member\" value=\"e&quot;v\"",
                        "value=\"9\"")
                .doesNotContain("required checked");
        var empty = form(browser, target, "for", "member", "member", " ", "days", "9");
        assertThat(HubScenario.text(empty)).contains("Write the user name of the member");
    }

    @Test
    void what_is_handed_out_or_shared_by_link_is_copied_into_the_home_by_one_button() {
        assertThat(HubScenario.text(browser.get("/hub/files?in=&place=shared")))
                .contains("/hub/files/copy?at=lesson&amp;place=shared");
        var copied = form(browser, "/hub/files/copy?at=lesson&place=shared");
        assertThat(HubScenario.text(browser.get(copied.header("Location").orElseThrow())))
                .contains("“lesson” is in your home now", ">lesson</a>", "Rename");
        var again = form(browser, "/hub/files/copy?at=lesson&place=shared");
        assertThat(again.status()).isEqualTo(409);
        assertThat(HubScenario.text(again)).contains("Nothing was copied", "of this name already");

        var address =
                share(
                        browser,
                        "/hub/files/share?at=data&place=" + labId,
                        "for",
                        "everybody",
                        "days",
                        "1");
        var opened = other.get(address).header("Location").orElseThrow();
        assertThat(HubScenario.text(other.get(opened))).contains("Copy to my home: data");
        var link = opened.replace("/shared?", "/shared/copy?").replace("in=", "at=");
        assertThat(form(other, link + "run%201").status()).isEqualTo(303);
        assertThat(HubScenario.text(other.get("/hub/files"))).contains(">run 1</a>");
        assertThat(other.form(link + "run%201").status()).isEqualTo(403);
    }
}
