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

/**
 * Goal: people get at their files without a server, and nobody else does. Method: the hub's pages
 * over a real home.
 */
class FilesApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private HubScenario scenario;
    private User ada;
    private Client browser;
    private Path home;

    @BeforeEach
    void begin() {
        scenario = new HubScenario(temp);
        ada = scenario.user("ada");
        browser = scenario.signedIn(ada);
        home = scenario.storage.folders().ensure(FolderKey.home(scenario.community.id(), ada.id()));
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    private Response put(Client client, String name, String content) {
        return client.send(
                "PUT",
                "/hub/files/put?in=&name=" + name,
                content,
                "X-XSRFToken",
                client.xsrf(),
                "Content-Length",
                Integer.toString(content.length()));
    }

    private Response form(String target, String... fields) {
        var all = java.util.Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = "_xsrf";
        all[fields.length + 1] = browser.xsrf();
        return browser.form(target, all);
    }

    private static String streamed(Response response) throws IOException {
        try (var source = ((Response.Body.Stream) response.body()).source()) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_file_is_uploaded_seen_downloaded_renamed_deleted_and_brought_back() throws IOException {
        assertThat(HubScenario.text(browser.get("/hub/files"))).contains("Nothing is in here yet");
        assertThat(put(browser, "notes.txt", "0123456789").status()).isEqualTo(201);
        assertThat(HubScenario.json(put(browser, "notes.txt", "x")).path("code").asText())
                .isEqualTo("files.exists");
        assertThat(HubScenario.text(browser.get("/hub/files"))).contains(">notes.txt</a>", "10 B");

        var got = browser.get("/hub/files/get?at=notes.txt");
        assertThat(got.header("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename=\"notes.txt\"");
        assertThat(streamed(got)).isEqualTo("0123456789");

        assertThat(form("/hub/files/rename", "at", "notes.txt", "name", "paper").status())
                .isEqualTo(303);
        assertThat(form("/hub/files/folder", "in", "", "name", "paper").status()).isEqualTo(409);
        var deleted = form("/hub/files/delete", "at", "paper");
        assertThat(HubScenario.text(browser.get(deleted.header("Location").orElseThrow())))
                .contains("“paper” is in the trash", "Undo");
        assertThat(HubScenario.text(browser.get("/hub/files/trash")))
                .contains("<strong>paper</strong>");
        assertThat(form("/hub/files/trash/restore", "item", "paper").status()).isEqualTo(303);
        assertThat(home.resolve("paper")).hasContent("0123456789");
    }

    @Test
    void a_download_goes_on_where_it_broke_off_unless_the_file_has_changed() throws IOException {
        put(browser, "f", "0123456789");
        var whole = browser.get("/hub/files/get?at=f");
        var tag = whole.header("Etag").orElseThrow();
        streamed(whole);

        var rest = browser.get("/hub/files/get?at=f", "Range", "bytes=4-", "If-Range", tag);
        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.header("Content-Range")).contains("bytes 4-9/10");
        assertThat(streamed(rest)).isEqualTo("456789");
        var last = browser.get("/hub/files/get?at=f", "Range", "bytes=-3");
        assertThat(streamed(last)).startsWith("7");
        assertThat(((Response.Body.Stream) last.body()).length()).isEqualTo(3);
        assertThat(browser.get("/hub/files/get?at=f", "Range", "bytes=10-").status())
                .isEqualTo(416);

        Files.writeString(home.resolve("f"), "others");
        var changed = browser.get("/hub/files/get?at=f", "Range", "bytes=4-", "If-Range", tag);
        assertThat(changed.status()).isEqualTo(200);
        streamed(changed);
    }

    @Test
    void what_takes_the_most_room_is_shown_by_folder_and_by_file_and_deleted_there()
            throws IOException {
        assertThat(HubScenario.text(browser.get("/hub/files/largest")))
                .contains("Nothing is in your home yet");
        put(browser, "small", "1");
        put(browser, "large", "x".repeat(50_000));
        form("/hub/files/folder", "in", "", "name", "data");
        browser.send(
                "PUT",
                "/hub/files/put?in=data&name=larger",
                "y".repeat(90_000),
                "X-XSRFToken",
                browser.xsrf(),
                "Content-Length",
                "90000");

        var page = HubScenario.text(browser.get("/hub/files/largest"));
        assertThat(page)
                .contains("4 files and folders take")
                .containsSubsequence(
                        "By folder", ">data</a>", "large", "small", "largest files", "larger");
        assertThat(form("/hub/files/delete", "at", "data/larger", "for-good", "1").status())
                .isEqualTo(303);
        assertThat(HubScenario.text(browser.get("/hub/files/largest"))).doesNotContain("larger<");

        form("/hub/files/delete", "at", "large");
        assertThat(HubScenario.text(browser.get("/hub/files/largest")))
                .contains("/hub/files/trash\">Trash</a>");
    }

    @Test
    void a_machine_that_keeps_no_earlier_versions_says_so_and_invents_none() {
        put(browser, "f", "42");
        assertThat(HubScenario.text(browser.get("/hub/files"))).contains("/hub/files/versions?in=");
        assertThat(HubScenario.text(browser.get("/hub/files/versions")))
                .contains("No earlier versions are kept on this machine", "trash");
        assertThat(browser.get("/hub/files/versions/list?time=1700000000").status()).isEqualTo(404);
        assertThat(browser.get("/hub/files/versions/get?time=../7&at=f").status()).isEqualTo(400);
        assertThat(form("/hub/files/versions/restore", "time", "1700000000", "at", "f").status())
                .isEqualTo(404);
        assertThat(scenario.client().get("/hub/files/versions").status()).isEqualTo(302);
    }

    @Test
    @SecurityStatement(43)
    void nobody_else_sees_them_administrators_neither() {
        put(browser, "secret-plan", "42");
        for (var client :
                java.util.List.of(
                        scenario.signedIn(scenario.user("eve")),
                        scenario.signedIn(scenario.admin("root")))) {
            assertThat(HubScenario.text(client.get("/hub/files"))).doesNotContain("secret-plan");
            assertThat(client.get("/hub/files/get?at=secret-plan").status()).isEqualTo(404);
            assertThat(client.get("/hub/files/get?at=../" + ada.id() + "/secret-plan").status())
                    .isEqualTo(400);
        }
        assertThat(scenario.client().get("/hub/files").status()).isEqualTo(302);
        var token = new Client(scenario.hub, scenario.token(ada));
        assertThat(token.get("/hub/files").status()).isEqualTo(302);
    }

    @Test
    @SecurityStatement(34)
    void a_script_or_picture_of_a_notebook_on_this_host_reads_nothing() {
        put(browser, "f", "42");
        for (var mode : java.util.List.of("cors", "same-origin", "no-cors")) {
            for (var page :
                    java.util.List.of(
                            "/hub/files",
                            "/hub/files/get?at=f",
                            "/hub/files/archive",
                            "/hub/files/versions",
                            "/hub/files/versions/get?time=1700000000&at=f",
                            "/hub/files/trash")) {
                assertThat(
                                browser.get(
                                                page,
                                                "Sec-Fetch-Mode",
                                                mode,
                                                "Sec-Fetch-Site",
                                                "same-origin")
                                        .status())
                        .as(page)
                        .isEqualTo(403);
            }
        }
        assertThat(browser.send("PUT", "/hub/files/put?in=&name=g", "x").status()).isEqualTo(403);
        assertThat(browser.form("/hub/files/delete", "at", "f").status()).isEqualTo(403);
    }

    @Test
    @SecurityStatement(50)
    void a_name_is_text_wherever_it_is_shown() throws IOException {
        Files.writeString(home.resolve("<img src=x onerror=alert(1)>\"'\r\nSet-Cookie: a=b"), "x");

        var page = HubScenario.text(browser.get("/hub/files"));
        assertThat(page).doesNotContain("<img src=x").contains("&lt;img src=x");
        var at =
                "%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E%22%27%250D%250ASet-Cookie%3A%20a%3Db";
        var got = browser.get("/hub/files/get?at=" + at);
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.headers())
                .allSatisfy(h -> assertThat(h.value()).doesNotContain("\r").doesNotContain("\n"));
        assertThat(got.header("Content-Type")).contains("application/octet-stream");
        assertThat(got.header("Content-Security-Policy").orElseThrow()).startsWith("sandbox");
    }
}
