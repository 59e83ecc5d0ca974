package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Goal: a platform that is killed in the middle of a build says so afterwards, leaves no container,
 * and builds again. Method: the platform as a process of its own, driven over the panel's API, and
 * killed with SIGKILL while a step runs.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(600)
class BuildKillIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/admin/v1/communities/1";

    @Test
    void a_kill_in_the_middle_of_a_build_is_told_and_cleared_away() throws Exception {
        var data = Files.createTempDirectory("lyceum-test");
        var origin = "http://127.0.0.1:" + HubUnderTest.freePort();
        write(data, origin);
        try (var git = GitHost.start();
                var platform = PlatformProcess.start(data)) {
            platform.awaitAnswer(origin + "/hub/health");
            BuildSettings.write(data.resolve("builds/settings"), git.certificate());
            git.commit("slow", Map.of("postBuild", "#!/bin/sh\necho begun\nsleep 600\n"));
            var root = RecoveryIT.setUp(data, origin);
            var environment = environment(root, git.url("slow"));
            send(root, "POST", environment + "/builds", "");
            Eventually.holds("the step runs", () -> log(data).contains("begun"));
            assertThat(containers(data)).hasSize(1);

            platform.killHard();
            platform.startAgain();
            platform.awaitAnswer(origin + "/hub/health");

            Eventually.holds("the row says so", () -> state(root, 0).equals("INTERRUPTED"));
            Eventually.holds("its container is gone", () -> containers(data).isEmpty());
            assertThat(data.resolve("builds/work")).isEmptyDirectory();

            git.commit("slow", Map.of("one", "1"));
            send(root, "POST", environment + "/builds", "");
            Eventually.holds("it is built again", () -> state(root, 0).equals("BUILT"));
        } finally {
            for (var image : DockerCommand.images("org.lyceum.platform=" + id(data) + "-build")) {
                DockerCommand.run("rmi", "-f", image);
            }
            RecoveryIT.clean(data);
        }
    }

    private static String environment(Browser root, String url) {
        var body =
                "{\"name\": \"slow\", \"title\": \"Slow\", \"image\": \"lyceum/not-built:yet\","
                        + " \"command\": [\"jupyterhub-singleuser\"], \"defaultUrl\": \"/lab\","
                        + " \"web\": null, \"version\": 0}";
        var made = send(root, "POST", "/environments", body);
        var path = "/environments/" + made.get("id");
        var source = "{\"url\": \"" + url + "\", \"reference\": \"main\", \"access\": \"OPEN\"}";
        send(root, "PUT", path + "/source", source);
        return path;
    }

    private static String state(Browser root, int place) {
        var builds = send(root, "GET", "/builds", null);
        return builds.at("/sources/0/builds/" + place + "/state").asText();
    }

    private static JsonNode send(Browser browser, String method, String path, String json) {
        var page =
                browser.send(
                        method,
                        API + path,
                        json,
                        "X-Lyceum-CSRF",
                        proof(browser),
                        "Content-Type",
                        "application/json");
        assertThat(page.status()).as(page.body()).isBetween(200, 299);
        try {
            return JSON.readTree(page.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the panel's page holds; this test needs no page. */
    private static String proof(Browser browser) {
        var cookie = browser.cookie("lyceum-session", "/api/admin/").orElseThrow();
        return Secret.presented(cookie).sign("panel");
    }

    private static String log(Path data) {
        try {
            return Files.readString(data.resolve("builds/logs/1.log"));
        } catch (IOException notYet) {
            return "";
        }
    }

    private static String id(Path data) throws IOException {
        return Files.readString(data.resolve("keys/platform-id")).strip();
    }

    private static List<String> containers(Path data) {
        try {
            var label = "label=org.lyceum.platform=" + id(data) + "-build";
            return DockerCommand.run("ps", "-aq", "--filter", label).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path data, String origin) throws IOException {
        Files.writeString(
                data.resolve("lyceum.toml"),
                "http.port = "
                        + origin.substring(origin.lastIndexOf(':') + 1)
                        + "\ndata.directory = \""
                        + data
                        + "\"\ncatalog.default-image = \""
                        + System.getenv("LYCEUM_TEST_IMAGE_5")
                        + "\"\nslots.enabled = false\nbuilds.network = \"bridge\"\n");
    }
}
