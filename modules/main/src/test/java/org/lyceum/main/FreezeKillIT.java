package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Goal: a platform that is killed while it freezes a server or wakes it leaves nobody before a
 * closed door, no container without an owner, and no file lost. Method: the platform as a process
 * of its own, killed with SIGKILL just before and just after the engine does it.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
@Timeout(600)
class FreezeKillIT {

    private static final Path ENGINE = Path.of("/var/run/docker.sock");

    /** Ten seconds without use, two looks that are fifteen apart, and a start of the platform. */
    private static final Duration FREEZES = Duration.ofMinutes(2);

    private static final String SERVER = "/hub/api/users/ada/server";

    private final String origin = "http://127.0.0.1:" + HubUnderTest.freePort();
    private Path data;
    private Path folder;
    private SocketRelay relay;
    private PlatformProcess platform;
    private Browser ada;
    private String token;

    @Test
    void a_kill_while_a_server_is_frozen_or_woken_leaves_it_as_it_was() throws Exception {
        data = Files.createTempDirectory("lyceum-test");
        folder = Files.createTempDirectory("lyceum-relay");
        write();
        try (var there = new SocketRelay(folder.resolve("s"), ENGINE);
                var process = PlatformProcess.start(data)) {
            relay = there;
            platform = process;
            platform.awaitAnswer(origin + "/hub/health");
            ada = RecoveryIT.setUp(data, origin);
            assertThat(ada.api("POST", SERVER, "").status()).isIn(201, 202);
            token = RecoveryIT.token(ada);
            Eventually.holds("the server answers", this::answers);
            try (var kernel = KernelSocket.open(ada, origin, "/user/ada/", token)) {
                kernel.run("kept = 41; open('work.txt', 'w').write('mine')");
                killedAndStartedAgain(
                        () -> {}, "/pause", SocketRelay.Moment.BEFORE, Container.State.RUNNING);
                remembers(kernel);
                killedAndStartedAgain(
                        () -> {}, "/pause", SocketRelay.Moment.AFTER, Container.State.PAUSED);
                killedAndStartedAgain(
                        this::visit, "/unpause", SocketRelay.Moment.BEFORE, Container.State.PAUSED);
                killedAndStartedAgain(
                        this::visit, "/unpause", SocketRelay.Moment.AFTER, Container.State.RUNNING);
                remembers(kernel);
            }
            ada.api("DELETE", SERVER, "");
            Eventually.holds("no container is left", () -> containers().isEmpty());
            try (var files = Files.walk(data.resolve("storage"))) {
                assertThat(files.filter(file -> file.endsWith("work.txt")))
                        .singleElement()
                        .satisfies(file -> assertThat(file).hasContent("mine"));
            }
        } finally {
            RecoveryIT.clean(data);
            HubUnderTest.delete(folder);
        }
    }

    private void write() throws IOException {
        Files.writeString(
                data.resolve("lyceum.toml"),
                "http.port = "
                        + origin.substring(origin.lastIndexOf(':') + 1)
                        + "\ndata.directory = \""
                        + data
                        + "\"\ncatalog.default-image = \""
                        + System.getenv("LYCEUM_TEST_IMAGE_3")
                        + "\"\nslots.enabled = false\nservers.freeze-after = \"10s\"\n"
                        + "docker.socket = \""
                        + folder.resolve("s")
                        + "\"\n");
    }

    private void killedAndStartedAgain(
            Runnable cause, String call, SocketRelay.Moment moment, Container.State then) {
        relay.watch(
                call,
                moment,
                () -> {
                    relay.cut();
                    platform.killHard();
                });
        cause.run();
        Eventually.holds("it is killed at " + call, FREEZES, () -> !relay.watching());
        platform.waitForEnd();
        relay.restore();
        assertThat(containers())
                .as("killed at %s, %s", call, moment)
                .singleElement()
                .extracting(Container::state)
                .isEqualTo(then);
        platform.startAgain();
        platform.awaitAnswer(origin + "/hub/health");
        assertThat(containers()).hasSize(1);
    }

    /** Answers or not: the platform is killed meanwhile. */
    private void visit() {
        try {
            answers();
        } catch (RuntimeException killed) {
            // that is what this test is about
        }
    }

    private boolean answers() {
        return ada.get("/user/ada/api/status", "Authorization", "token " + token).status() == 200;
    }

    private void remembers(KernelSocket kernel) {
        Eventually.holds("it answers", this::answers);
        try (var again = kernel.again(origin, token)) {
            assertThat(again.run("kept + 1")).isEqualTo("42");
        }
    }

    private List<Container> containers() {
        try (var engine = RecoveryIT.engine(data)) {
            return engine.list(Map.of("org.lyceum.platform", RecoveryIT.platformId(data)));
        }
    }
}
