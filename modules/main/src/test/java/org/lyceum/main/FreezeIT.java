package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.servers.Server;
import org.lyceum.servers.StopReason;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Goal: a server that nobody uses sleeps, and whoever comes finds it as they left it, whatever
 * breaks meanwhile. Method: the whole platform, a real JupyterLab, a real kernel that remembers a
 * value; the platform's clock is put forward, and the engine is taken away at the worst moments.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(300)
class FreezeIT {

    private static final String PREFIX = "/user/ada/";
    private static final Path ENGINE = Path.of("/var/run/docker.sock");

    @Test
    void a_server_sleeps_and_every_kind_of_visit_finds_it_as_it_was() {
        try (var platform = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_5")) {
            platform.user("ada");
            SingleUserContract.start(platform, "ada");
            var token = platform.token("ada");
            var browser = new Browser(platform.origin());
            try (var kernel = KernelSocket.open(browser, platform.origin(), PREFIX, token)) {
                kernel.run("kept = 41");
                idles(platform);
                assertThat(paused(platform)).isTrue();
                var ada = platform.browserOf("ada");
                assertThat(ada.get("/hub/home").body())
                        .contains("It sleeps, because nobody has used it");
                assertThat(ada.api("GET", "/hub/api/users/ada", null).body())
                        .as("JupyterHub's clients see a server that is ready")
                        .contains("\"ready\":true");
                assertThat(metric(platform, "lyceum_servers_asleep")).isEqualTo(1);

                assertThat(kernel.open()).isTrue();
                assertThat(kernel.run("kept + 1")).as("what is typed wakes it").isEqualTo("42");
                assertThat(paused(platform)).isFalse();

                idles(platform);
                assertThat(paused(platform)).isTrue();
                assertThat(get(browser, "api", token).status()).isEqualTo(200);
                assertThat(paused(platform)).as("a request wakes it").isFalse();

                idles(platform);
                openPageAsks(platform, browser, token);

                idles(platform);
                platform.restart();
                assertThat(paused(platform)).isTrue();
                assertThat(get(browser, "api", token).status()).isEqualTo(200);
                try (var again = kernel.again(platform.origin(), token)) {
                    assertThat(again.run("kept + 1")).isEqualTo("42");
                }
            }
            idles(platform);
            stopEndsItByItself(platform);
        }
    }

    /** The first question wakes it; then it is frozen again, and told the page what it said. */
    private static void openPageAsks(HubUnderTest platform, Browser browser, String token) {
        var first = get(browser, "api/kernels", token);
        assertThat(first.status()).isEqualTo(200);
        assertThat(paused(platform)).isFalse();
        platform.passes(Duration.ofSeconds(15));
        EngineLoss.idles(platform, "ada");
        assertThat(paused(platform)).as("frozen after a nap").isTrue();
        long woken = thaws(platform);

        for (int times = 0; times < 20; times++) {
            var again = get(browser, "api/kernels?" + times, token);
            assertThat(again.body()).isEqualTo(first.body());
        }
        assertThat(get(browser, "api/kernels", "of nobody").status()).isEqualTo(403);

        assertThat(thaws(platform)).as("only the stranger was asked about").isEqualTo(woken + 1);
    }

    private static void stopEndsItByItself(HubUnderTest platform) {
        var id = server(platform).containerId();
        assertThat(paused(platform)).isTrue();
        var home = platform.data().resolve("storage/root/communities/1/homes/1");
        assertThat(Files.exists(home)).isTrue();
        long began = System.nanoTime();
        platform.hub()
                .servers()
                .stops()
                .stop(
                        new org.lyceum.platform.kernel.Actor.Platform(),
                        key(platform),
                        StopReason.USER);
        Eventually.holds("it has ended", () -> !server(platform).active());
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("it heard that it was to end, and was not killed after 10 s")
                .isLessThan(Duration.ofSeconds(9));
        assertThat(platform.engine().find(id)).isEmpty();
        assertThat(Files.exists(home)).isTrue();
    }

    @Test
    void an_engine_that_is_lost_while_it_freezes_or_wakes_costs_nobody_anything()
            throws IOException {
        var folder = Files.createTempDirectory("lyceum-relay");
        var socket = folder.resolve("s");
        try (var relay = new SocketRelay(socket, ENGINE);
                var platform =
                        HubUnderTest.withImage(
                                "LYCEUM_TEST_IMAGE_5", "docker.socket = \"" + socket + "\"")) {
            new EngineLoss(platform, relay, ENGINE, () -> {}, () -> {}).atEveryMoment();
        } finally {
            HubUnderTest.delete(folder);
        }
    }

    private static Browser.Page get(Browser browser, String path, String token) {
        return browser.get(PREFIX + path, "Authorization", "token " + token);
    }

    private static void idles(HubUnderTest platform) {
        EngineLoss.idles(platform, "ada");
        assertThat(paused(platform)).as("after 20 minutes without use").isTrue();
    }

    private static boolean paused(HubUnderTest platform) {
        return EngineLoss.paused(platform, "ada", ENGINE);
    }

    private static long thaws(HubUnderTest platform) {
        return platform.hub().servers().queries().countThaws(platform.community());
    }

    private static double metric(HubUnderTest platform, String name) {
        platform.user("root", true);
        var lines = platform.browserOf("root").get("/hub/metrics").body().lines();
        return lines.filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static org.lyceum.servers.ServerKey key(HubUnderTest platform) {
        return platform.server("ada");
    }

    private static Server server(HubUnderTest platform) {
        return platform.hub().servers().queries().find(key(platform)).orElseThrow();
    }
}
