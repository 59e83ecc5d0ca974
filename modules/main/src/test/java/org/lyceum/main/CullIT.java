package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.servers.Server;
import org.lyceum.servers.StopReason;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Goal: a server ends when nobody uses it, and never while it computes. Method: the whole platform,
 * a real JupyterLab, real kernels and terminals; the platform's clock is put forward.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(300)
class CullIT {

    private static final String PREFIX = "/user/ada/";
    private static final Duration LONG = Duration.ofHours(3);

    private HubUnderTest platform;

    @BeforeEach
    void start() {
        platform = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_5");
        platform.user("ada");
        SingleUserContract.start(platform, "ada");
    }

    @AfterEach
    void end() {
        platform.close();
    }

    @Test
    void what_computes_and_what_runs_in_a_terminal_is_use_and_an_idle_server_ends()
            throws Exception {
        var token = platform.token("ada");
        var browser = new Browser(platform.origin());
        try (var kernel = KernelSocket.open(browser, platform.origin(), PREFIX, token)) {
            var computing =
                    Threads.start("computes", () -> kernel.run("import time; time.sleep(600)"));
            Eventually.holds("it computes", () -> kernels(browser, token).contains("busy"));
            hoursPass();
            hoursPass();
            assertThat(warned()).as("a kernel is at work").isFalse();

            browser.post(kernel.path() + "/interrupt", "", "Authorization", "token " + token);
            computing.join(Duration.ofSeconds(20));
        }

        inside("-dt", "sh -c 'sleep 600; true'");
        Eventually.holds("it runs", () -> inside("", "pgrep -x sleep").matches("\\d+\\s+"));
        hoursPass();
        assertThat(warned()).as("a terminal runs something").isFalse();

        inside("", "pkill -x sleep");
        Eventually.holds("it has gone", () -> inside("", "pgrep -x sleep").isEmpty());
        Eventually.holds("it computes no more", () -> !kernels(browser, token).contains("busy"));
        hoursPass();
        assertThat(warned()).isTrue();
        assertThat(server().ready()).isTrue();
        assertThat(browserHome()).contains("This server stops by itself at");

        platform.passes(Duration.ofMinutes(11));
        look();
        Eventually.holds("it has ended", () -> !server().active());
        assertThat(server().stopReason()).isEqualTo(StopReason.IDLE);
        assertThat(browserHome()).contains("because nobody used it for a while");
    }

    @Test
    void a_page_left_open_is_no_use_and_one_click_in_it_is() throws Exception {
        var token = platform.token("ada");
        var browser = new Browser(platform.origin());
        hoursPass();
        assertThat(warned()).isTrue();
        platform.run("servers.tell", platform.hub().servers().jobs());
        var notices = PREFIX + "lab/extensions/lyceum/static/notices.json";

        kernels(browser, token);
        var told = browser.get(notices, "Authorization", "token " + token);
        assertThat(told.body()).contains("This server stops at {at}", "Go on using it");
        look();
        assertThat(warned()).as("what a page asks for by itself").isTrue();

        var used =
                browser.get(notices.replace("notices", "used"), "Authorization", "token " + token);
        assertThat(used.status()).isEqualTo(200);
        Eventually.holds("it is used again", () -> !warnedAfterALook());
    }

    @Test
    void somebody_keeps_theirs_on_the_home_page() {
        var ada = platform.browserOf("ada");
        var page = ada.get("/hub/home");
        var home = page.body();
        var proof = "server=&_xsrf=" + page.xsrf();
        assertThat(home).contains("stops by itself after 2 hours without use");
        assertThat(home).contains("Keep it running for 12 hours");

        var kept = ada.form("/hub/home/keep", proof);
        assertThat(kept.status()).isLessThan(400);
        assertThat(ada.get("/hub/home").body()).contains("It runs on until");
        hoursPass();
        assertThat(warned()).isFalse();

        ada.form("/hub/home/let-go", proof);
        look();
        assertThat(warned()).isTrue();
    }

    private boolean warnedAfterALook() {
        look();
        return warned();
    }

    private void hoursPass() {
        platform.passes(LONG);
        look();
    }

    private void look() {
        var report = platform.run("servers.cull-idle", platform.hub().servers().jobs());
        assertThat(report.failed()).isZero();
    }

    private boolean warned() {
        return platform.hub().servers().keeping().of(server()).endsAt() != null;
    }

    private Server server() {
        return platform.hub().servers().queries().find(platform.server("ada")).orElseThrow();
    }

    private String browserHome() {
        return platform.browserOf("ada").get("/hub/home").body();
    }

    private static String kernels(Browser browser, String token) {
        return browser.get(PREFIX + "api/kernels", "Authorization", "token " + token).body();
    }

    private String inside(String options, String command) {
        try {
            var line = "docker exec " + options + " " + server().containerId() + " " + command;
            var process = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
            var said = process.getInputStream().readAllBytes();
            process.waitFor();
            return new String(said, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
