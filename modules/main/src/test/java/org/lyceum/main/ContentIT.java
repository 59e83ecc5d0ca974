package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.content.ContentService.Draft;
import org.lyceum.content.ContentSource;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.storage.FolderKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goal: files of repositories are in homes when servers start, and teachers' links work with an
 * image that knows nothing of them. Method: the whole platform, real containers, and a Git host of
 * our own over https.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(600)
class ContentIT {

    private static final Actor SETUP = new Actor.Platform();

    private static GitNetwork network;
    private static GitHost git;
    private static HubUnderTest platform;
    private final List<ContentSource> attached = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        network = new GitNetwork();
        git = GitHost.start(network.gateway());
        platform =
                HubUnderTest.withImage(
                        "LYCEUM_TEST_IMAGE_5",
                        "content.patience = \"10s\"",
                        "content.network = \"" + network.name() + "\"");
        var settings = platform.data().resolve("builds/settings");
        Files.writeString(settings.resolve("ca.crt"), git.certificate());
        DockerCommand.host(List.of("chmod", "-R", "a+rX", settings.toString()));
    }

    @AfterAll
    static void close() {
        var id = platform.platformId();
        platform.close();
        git.close();
        network.close();
        var left = "label=org.lyceum.platform=" + id + "-content";
        assertThat(DockerCommand.run("ps", "-aq", "--filter", left)).isEmpty();
    }

    @AfterEach
    void detach() {
        git.ask("");
        var content = platform.hub().content().content();
        attached.forEach(each -> content.remove(SETUP, platform.community(), each.id()));
    }

    private void attach(String repository, String branch, String folder) {
        var draft = new Draft(null, git.url(repository), branch, folder, false);
        attached.add(platform.hub().content().content().put(SETUP, platform.community(), 0, draft));
    }

    private static Path home(String user) {
        var key = FolderKey.home(platform.community(), platform.user(user).id());
        return platform.hub().storage().folders().ensure(key);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        DockerCommand.host(List.of("chown", "1000:1000", file.toString()));
    }

    private static Browser started(String user) {
        var browser = platform.browserOf(user);
        var start = browser.api("POST", "/hub/api/users/" + user + "/server", "");
        assertThat(start.status()).as(start.body()).isIn(201, 202);
        Eventually.value(
                "the server is ready",
                () ->
                        Optional.of(browser.get("/hub/home"))
                                .filter(page -> page.body().contains("data-state=\"ready\"")));
        return browser;
    }

    private static void stopped(Browser browser, String user) {
        browser.api("DELETE", "/hub/api/users/" + user + "/server", "");
        Eventually.holds(
                "the server has stopped",
                () -> browser.get("/hub/home").body().contains("data-state=\"stopped\""));
    }

    @Test
    void attached_files_are_there_when_the_server_starts_and_changes_of_their_owner_stay()
            throws IOException {
        git.commit("course", Map.of("task.txt", "a\nb\nc\nd\ne\n", "data.csv", "1\n"));
        attach("course", "main", "courses/maths");
        platform.user("ada");
        var ada = started("ada");
        var folder = home("ada").resolve("courses/maths");
        assertThat(Files.readString(folder.resolve("task.txt"))).startsWith("a\n");
        assertThat(Files.getAttribute(folder.resolve("task.txt"), "unix:uid")).isEqualTo(1000);
        assertThat(ada.get("/hub/home").body())
                .contains("Brought to the folder <strong>courses/maths</strong>", "Files: 2 came");

        stopped(ada, "ada");
        write(folder.resolve("task.txt"), "a\nmine\nc\nd\ne\n");
        Files.delete(folder.resolve("data.csv"));
        git.commit("course", Map.of("task.txt", "a\nb\nc\nd\nnew\n", "data.csv", "1\n"));
        platform.passes(Duration.ofSeconds(20));
        started("ada");

        assertThat(Files.readString(folder.resolve("task.txt"))).isEqualTo("a\nmine\nc\nd\nnew\n");
        assertThat(folder.resolve("data.csv")).hasContent("1");
    }

    @Test
    void a_repository_that_cannot_be_read_stops_no_start_and_is_told_on_the_home_page() {
        git.commit("gone", Map.of("x", "1\n"));
        attach("gone", "no-such-branch", "gone");
        platform.user("bob");

        var bob = started("bob");

        assertThat(bob.get("/hub/home").body())
                .contains(
                        "The files of <strong>gone</strong> have not come.",
                        "no-such-branch",
                        "Check its address and branch");
    }

    @Test
    void a_host_that_does_not_answer_keeps_nobody_from_starting_and_its_files_come_later() {
        git.commit("slow", Map.of("x.txt", "1\n"));
        attach("slow", "main", "slow");
        platform.user("sam");
        var file = home("sam").resolve("slow/x.txt");
        git.pause();
        try {
            var sam = started("sam");
            assertThat(sam.get("/hub/home").body())
                    .contains("The files of <strong>slow</strong> are on their way");
            assertThat(file).doesNotExist();
        } finally {
            git.goOn();
        }
        Eventually.holds("they have come", () -> Files.exists(file));
    }

    @Test
    @ContractRow(92)
    void a_link_works_for_an_image_that_has_no_nbgitpuller_and_asks_first() throws IOException {
        git.commit("lesson", Map.of("start.txt", "read me first\n"));
        platform.user("eve");
        var eve = platform.browserOf("eve");
        var query =
                "?repo="
                        + Browser.encoded(git.url("lesson"))
                        + "&branch=main&urlpath=lab%2Ftree%2Flessons%2Fstart.txt"
                        + "&targetPath=lessons";

        var asks = eve.follow("/hub/user-redirect/git-pull" + query);
        assertThat(asks.path()).isEqualTo("/hub/git-pull" + query);
        assertThat(asks.body())
                .contains("Bring files into your home?", "Nobody who manages this community")
                .doesNotContain("data-at-once");
        assertThat(home("eve").resolve("lessons")).as("not by looking").doesNotExist();

        var begun = eve.form(asks.path(), "_xsrf=" + Browser.encoded(asks.xsrf()));
        assertThat(begun.status()).as(begun.body()).isEqualTo(303);
        var there = ended(eve, begun.location());
        assertThat(there.status()).as(there.body()).isEqualTo(302);
        assertThat(there.location())
                .isEqualTo("/hub/spawn/eve?next=%2Fuser%2Feve%2Flab%2Ftree%2Flessons%2Fstart.txt");
        assertThat(home("eve").resolve("lessons/start.txt")).hasContent("read me first");
        assertThat(eve.get("/hub/user/eve/git-pull" + query).location())
                .isEqualTo("/hub/git-pull" + query);
        platform.user("mal");
        assertThat(platform.browserOf("mal").get(begun.location()).status()).isEqualTo(404);

        started("eve");
        var running = eve.follow("/user/eve/git-pull" + query);
        assertThat(running.path()).as("the server does not know it").isEqualTo(asks.path());
        var own = eve.get("/user/eve/git-pull" + query + "&redirects=1");
        assertThat(own.path()).as("what has been here is the server's").startsWith("/user/eve/");
        assertThat(own.status()).isNotEqualTo(200);

        attach("lesson", "main", "lessons");
        assertThat(eve.get("/hub/git-pull" + query).body())
                .contains("data-at-once")
                .doesNotContain("Nobody who manages");
    }

    @Test
    void what_a_link_cannot_bring_is_told_with_a_way_on() {
        platform.user("zoe");
        var zoe = platform.browserOf("zoe");
        var query = "?repo=" + Browser.encoded(git.url("nowhere"));
        var asks = zoe.get("/hub/git-pull" + query);
        var begun = zoe.form("/hub/git-pull" + query, "_xsrf=" + Browser.encoded(asks.xsrf()));

        var page = ended(zoe, begun.location());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("The files have not come", "Try again", "Go on without them");
        var secret = "?repo=" + Browser.encoded("git@git.example.org:private");
        var key = zoe.form("/hub/git-pull" + secret, "_xsrf=" + Browser.encoded(asks.xsrf()));
        assertThat(ended(zoe, key.location()).body()).contains("attach it with one");
        assertThat(zoe.get("/hub/git-pull?repo=file%3A%2F%2F%2Fetc").status()).isEqualTo(400);
    }

    @Test
    @SecurityStatement({9, 21})
    void a_home_that_is_made_to_harm_gets_at_nothing_outside_of_it() throws IOException {
        git.commit("trap", Map.of("task.txt", "one\n", "sub/a.txt", "1\n"));
        attach("trap", "main", "trap");
        attach("trap", "main", "away");
        platform.user("cal");
        var home = home("cal");
        Files.createSymbolicLink(home.resolve("away"), platform.data().resolve("builds"));
        Files.createDirectory(home.resolve("trap"));
        DockerCommand.host(List.of("git", "init", "-q", home.resolve("trap").toString()));
        var config = home.resolve("trap/.git/config");
        Files.writeString(
                config,
                Files.readString(config)
                        + "[uploadpack]\n"
                        + "\tpackObjectsHook = \"id >/home/jovyan/ran; :\"\n"
                        + "[core]\n"
                        + "\tworktree = /media/out\n"
                        + "\tfsmonitor = \"id >/home/jovyan/ran\"\n"
                        + "[include]\n"
                        + "\tpath = /media/pull.py\n");
        DockerCommand.host(List.of("chown", "-hR", "1000:1000", home.toString()));

        var cal = started("cal");

        assertThat(platform.data().resolve("builds/task.txt")).doesNotExist();
        assertThat(home.resolve("ran")).doesNotExist();
        assertThat(cal.get("/hub/home").body())
                .contains("The files of <strong>away</strong> have not come");
    }

    private static Browser.Page ended(Browser browser, String path) {
        return Eventually.value(
                "it is over",
                () ->
                        Optional.of(browser.get(path))
                                .filter(page -> !page.body().contains("Bringing your files")));
    }
}
