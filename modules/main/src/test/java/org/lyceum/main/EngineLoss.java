package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.DockerConfig;
import org.lyceum.platform.docker.DockerEngine;
import org.lyceum.platform.testing.Eventually;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Takes the engine away from a platform just before and just after it freezes a server or wakes it,
 * and looks at what that did to the server: nothing.
 *
 * @param relay between the platform and the engine
 * @param engine the engine's own socket
 * @param lost what else happens when it is lost
 * @param back what brings it back
 */
record EngineLoss(
        HubUnderTest platform, SocketRelay relay, Path engine, Runnable lost, Runnable back) {

    private static final String USER = "eli";

    void atEveryMoment() {
        platform.user(USER);
        SingleUserContract.start(platform, USER);
        var token = platform.token(USER);
        var browser = new Browser(platform.origin());
        var prefix = "/user/" + USER + "/";
        try (var kernel = KernelSocket.open(browser, platform.origin(), prefix, token)) {
            kernel.run("kept = 41; open('work.txt', 'w').write('mine')");
            for (var moment : SocketRelay.Moment.values()) {
                lostAt("/pause", moment);
                idles(platform, USER);
                comesBack();
                assertThat(kernel.run("open('work.txt').read(), kept + 1"))
                        .as("lost while it froze, %s", moment)
                        .isEqualTo("('mine', 42)");

                Eventually.holds("it sleeps", () -> sleeps());
                lostAt("/unpause", moment);
                assertThat(ask(browser, prefix, token)).isEqualTo(503);
                comesBack();
                assertThat(ask(browser, prefix, token)).isEqualTo(200);
                assertThat(kernel.run("open('work.txt').read(), kept + 1"))
                        .as("lost while it woke, %s", moment)
                        .isEqualTo("('mine', 42)");
                assertThat(platform.containers()).hasSize(1);
            }
        }
    }

    private boolean sleeps() {
        idles(platform, USER);
        return paused(platform, USER, engine);
    }

    private void lostAt(String call, SocketRelay.Moment moment) {
        relay.watch(
                call,
                moment,
                () -> {
                    relay.cut();
                    lost.run();
                });
    }

    private void comesBack() {
        Eventually.holds("the engine was lost", () -> !relay.watching());
        back.run();
        relay.restore();
        platform.hub().jobs().runNow("servers.reconcile");
    }

    private static int ask(Browser browser, String prefix, String token) {
        return browser.get(prefix + "api", "Authorization", "token " + token).status();
    }

    /** So long that the server of {@code user} is frozen, if it does nothing. */
    static void idles(HubUnderTest platform, String user) {
        platform.passes(Duration.ofMinutes(21));
        for (int looks = 0; looks < 4 && !asleep(platform, user); looks++) {
            var report = platform.run("servers.freeze", platform.hub().servers().jobs());
            if (report.failed() > 0) {
                return; // the engine is lost
            }
            platform.passes(Duration.ofSeconds(30));
        }
    }

    private static boolean asleep(HubUnderTest platform, String user) {
        var servers = platform.hub().servers().queries();
        return servers.asleep(servers.find(platform.server(user)).orElseThrow());
    }

    /** What the engine itself says of the server of {@code user}. */
    static boolean paused(HubUnderTest platform, String user, Path socket) {
        var server = platform.hub().servers().queries().find(platform.server(user)).orElseThrow();
        var config = new DockerConfig(socket, DockerConfig.DEFAULT_DEADLINE, 1, List.of());
        try (var engine = new DockerEngine(config)) {
            return engine.find(String.valueOf(server.containerId()))
                    .filter(there -> there.state() == Container.State.PAUSED)
                    .isPresent();
        }
    }
}
