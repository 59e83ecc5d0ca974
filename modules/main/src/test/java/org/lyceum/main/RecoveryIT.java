package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.config.ConfigFile;
import org.lyceum.platform.docker.DockerEngine;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Goal: a killed platform costs nobody anything. Method: the platform as a process of its own, set
 * up as a person does it, killed with SIGKILL while a kernel holds a value in memory.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
class RecoveryIT {

    private static final Pattern TOKEN = Pattern.compile("\"token\":\\s*\"([0-9a-f]{32})\"");

    @Test
    @ContractRow({11, 94})
    void servers_survive_a_kill_of_the_platform_and_their_notebooks_go_on() throws IOException {
        var data = Files.createTempDirectory("lyceum-test");
        int port = HubUnderTest.freePort();
        Files.writeString(
                data.resolve("lyceum.toml"),
                "http.port = "
                        + port
                        + "\ndata.directory = \""
                        + data
                        + "\"\ncatalog.default-image = \""
                        + System.getenv("LYCEUM_TEST_IMAGE_3")
                        + "\"\nslots.enabled = false\n");
        var origin = "http://127.0.0.1:" + port;
        try (var platform = PlatformProcess.start(data)) {
            platform.awaitAnswer(origin + "/hub/health");
            var ada = setUp(data, origin);
            assertThat(Files.exists(data.resolve("run/setup-link")))
                    .as("the link is gone once it was used")
                    .isFalse();
            assertThat(platform.output()).as("the link is in no log").doesNotContain("token=");
            assertThat(ada.api("POST", "/hub/api/users/ada/server", "").status()).isIn(201, 202);
            var token = token(ada);
            awaitReady(ada, token);
            var kernel = KernelSocket.open(ada, origin, "/user/ada/", token);
            kernel.run("kept = 41");

            platform.killHard();
            platform.startAgain();
            platform.awaitAnswer(origin + "/hub/health");

            awaitReady(ada, token);
            try (var again = kernel.again(origin, token)) {
                assertThat(again.run("kept + 1")).isEqualTo("42");
            }
            assertThat(ada.get("/hub/home").status())
                    .as("the browser is still signed in")
                    .isEqualTo(200);
            assertThat(ada.api("DELETE", "/hub/api/users/ada/server", "").status()).isIn(202, 204);
            Eventually.holds("no container is left", () -> containers(data) == 0);
        } finally {
            clean(data);
        }
    }

    static Browser setUp(Path data, String origin) throws IOException {
        var file = data.resolve("run/setup-link");
        Eventually.holds("the setup link is written", () -> Files.exists(file));
        var link = Files.readString(file).strip();
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        var path = link.substring(origin.length());
        var browser = new Browser(origin);
        var page = browser.get(path);
        assertThat(page.status()).isEqualTo(200);
        var token = link.substring(link.indexOf("token=") + 6);
        var form =
                "username=ada&password=correct+horse+staple&again=correct+horse+staple&token="
                        + token
                        + "&_xsrf="
                        + Browser.encoded(page.xsrf());
        var done = browser.form(path, form);
        assertThat(done.status()).as(done.body()).isIn(302, 303);
        Eventually.holds(
                "the used link is removed",
                () -> !Files.exists(file) || browser.get(path).status() != 200);
        Files.deleteIfExists(file);
        return browser;
    }

    /** One for the API that belongs to {@code ada}, whose browser asks. */
    static String token(Browser ada) {
        return match(TOKEN, ada.api("POST", "/hub/api/users/ada/tokens", "").body());
    }

    private static void awaitReady(Browser browser, String token) {
        Eventually.holds(
                "the server answers",
                () ->
                        browser.get("/user/ada/api/status", "Authorization", "token " + token)
                                        .status()
                                == 200);
    }

    private static String match(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static int containers(Path data) {
        return engine(data).list(Map.of("org.lyceum.platform", platformId(data))).size();
    }

    static DockerEngine engine(Path data) {
        return new DockerEngine(
                PlatformConfig.read(ConfigFile.of("data.directory = \"" + data + "\"", Map.of()))
                        .docker());
    }

    static String platformId(Path data) {
        try {
            return Files.readString(data.resolve("keys/platform-id")).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static void clean(Path data) {
        if (Files.exists(data.resolve("keys/platform-id"))) {
            HubUnderTest.clean(engine(data), platformId(data));
        }
        HubUnderTest.delete(data);
    }
}
