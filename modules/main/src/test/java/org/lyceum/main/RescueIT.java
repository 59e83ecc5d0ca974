package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.servers.Rescue;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerState;
import org.lyceum.servers.StopReason;
import org.lyceum.storage.Bounds;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.FolderKind;
import org.lyceum.storage.LimitRule;
import org.lyceum.storage.LimitScope;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Goal: a server always starts, whatever its user has put into their home. Method: the whole
 * platform, a real pool whose limits the kernel enforces, an image people use; the home is spoilt
 * by its owner, as they do it.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(300)
class RescueIT {

    private static final Actor SETUP = new Actor.Platform();

    private RealPool pool;
    private HubUnderTest platform;
    private Path home;

    @BeforeEach
    void start() {
        pool = new RealPool();
        platform = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_5", pool.settings());
        var ada = platform.user("ada");
        var key = FolderKey.home(platform.community(), ada.id());
        platform.hub()
                .storage()
                .limits()
                .put(
                        SETUP,
                        new LimitRule(
                                platform.community(),
                                FolderKind.HOME,
                                LimitScope.USER,
                                ada.id().value(),
                                Bounds.of(32L << 20),
                                null,
                                -1));
        home = platform.hub().storage().folders().ensure(key);
    }

    @AfterEach
    void end() {
        platform.close();
        pool.close();
    }

    private Server server() {
        return platform.hub().servers().queries().find(platform.server("ada")).orElseThrow();
    }

    private void spawn(Map<String, Object> options) {
        platform.hub().servers().spawns().spawn(SETUP, platform.server("ada"), options);
        platform.hub().servers().spawns().await(platform.server("ada"), Duration.ofMinutes(2));
    }

    private String in(String command) {
        return DockerCommand.run("exec", server().containerId(), "sh", "-c", command).strip();
    }

    /** As the home's owner. */
    private void spoil(String script) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                "setpriv",
                                "--reuid=1000",
                                "--regid=1000",
                                "--clear-groups",
                                "bash",
                                "-c",
                                script)
                        .directory(home.toFile())
                        .inheritIO()
                        .start();
        process.waitFor();
    }

    @Test
    void a_home_that_is_full_to_its_limit_still_starts() throws Exception {
        spoil("head -c 60M /dev/zero > big 2>/dev/null; sync; echo x > more");

        spawn(Rescue.of(Map.of()));

        assertThat(server().state()).isEqualTo(ServerState.READY);
        assertThat(in("cd /home/jovyan && ls big && rm big && sync && echo room")).endsWith("room");
    }

    @Test
    void settings_and_packages_that_break_the_start_do_not_break_a_rescue() throws Exception {
        spoil(
                "mkdir -p .jupyter .local/bin; echo 'raise SystemExit(3)' >"
                        + " .jupyter/jupyter_server_config.py;"
                        + " cp .jupyter/jupyter_server_config.py random.py;"
                        + " printf '#!/bin/sh\\nexit 4\\n' > .local/bin/jupyterhub-singleuser;"
                        + " chmod +x .local/bin/jupyterhub-singleuser; echo 42 > answer");
        spawn(Map.of());
        assertThat(server().state()).isEqualTo(ServerState.FAILED);
        var browser = platform.browserOf("ada");
        assertThat(browser.get("/hub/home").body()).contains("did not", "/hub/rescue");

        spawn(Rescue.of(Map.of()));
        assertThat(server().state()).isEqualTo(ServerState.READY);
        assertThat(
                        in(
                                "cat /home/jovyan/answer; cat /proc/[0-9]*/environ | tr '\\0' '\\n'"
                                        + " | grep -m 1 ROOT_DIR"))
                .isEqualTo("42\nJUPYTERHUB_ROOT_DIR=/home/jovyan");

        platform.hub().servers().stops().stop(SETUP, platform.server("ada"), StopReason.USER);
        Eventually.holds("it has stopped", () -> !server().active());
        Files.delete(home.resolve("random.py"));
        var key = FolderKey.home(platform.community(), platform.user("ada").id());
        assertThat(platform.hub().files().settings().putAside(key)).isEqualTo(2);
        platform.hub().servers().spawns().spawn(SETUP, platform.server("ada"), null);
        platform.hub().servers().spawns().await(platform.server("ada"), Duration.ofMinutes(2));
        assertThat(server().state()).isEqualTo(ServerState.READY);
        assertThat(server().userOptions()).doesNotContainKey("rescue");
        assertThat(platform.hub().files().settings().takeBack(key)).isEqualTo(2);
        assertThat(home.resolve(".jupyter/jupyter_server_config.py")).exists();
    }
}
