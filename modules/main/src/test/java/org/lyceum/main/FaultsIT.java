package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerState;
import org.lyceum.servers.StopReason;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Goal: whatever breaks around a start, its user reads what happened and what to do, and nothing
 * stays behind. Method: the whole platform with the real engine, which the tests take away, starve
 * or fool.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
class FaultsIT {

    private static final Path ENGINE = Path.of("/var/run/docker.sock");
    private static final String SERVER = "/hub/api/users/ada/server";

    @Test
    void with_the_engine_away_a_start_says_so_and_works_once_it_is_back() throws Exception {
        var folder = Files.createTempDirectory("lyceum-relay");
        try (var relay = new SocketRelay(folder.resolve("s"), ENGINE);
                var hub =
                        HubUnderTest.withImage(
                                "LYCEUM_TEST_IMAGE_3",
                                "docker.socket = \"" + folder.resolve("s") + "\"")) {
            hub.user("ada");
            var ada = hub.browserOf("ada");
            relay.cut();

            var refused = ada.api("POST", SERVER, "");
            assertThat(refused.status()).as(refused.body()).isGreaterThanOrEqualTo(500);
            assertThat(refused.body()).contains("Docker");
            assertThat(hub.hub().servers().queries().count(ServerState.SPAWNING)).isZero();

            relay.restore();
            SingleUserContract.start(hub, "ada");

            relay.cut(); // after a start: what runs goes on, and a stop is finished when it can be
            assertThat(ada.get("/user/ada/api").status()).isEqualTo(200);
            ada.api("DELETE", SERVER, "");
            relay.restore();
            reconcile(hub);
            Eventually.holds("the container is gone", () -> hub.containers().isEmpty());
            Eventually.holds("the row says so", () -> state(hub) == ServerState.STOPPED);
        } finally {
            HubUnderTest.delete(folder);
        }
    }

    @Test
    void an_engine_lost_in_the_middle_of_a_start_leaves_no_row_stuck_and_no_container()
            throws Exception {
        var folder = Files.createTempDirectory("lyceum-relay");
        try (var relay = new SocketRelay(folder.resolve("s"), ENGINE);
                var hub =
                        HubUnderTest.withImage(
                                "LYCEUM_TEST_IMAGE_3",
                                "docker.socket = \"" + folder.resolve("s") + "\"")) {
            hub.user("ada");
            var ada = hub.browserOf("ada");
            var answer = new Thread(() -> ada.api("POST", SERVER, ""));
            answer.start();
            Eventually.holds(
                    "the start has begun",
                    () -> hub.hub().servers().queries().find(hub.server("ada")).isPresent());
            relay.cut();
            answer.join(60_000);
            relay.restore();

            Eventually.holds(
                    "the start has ended one way or the other",
                    () -> state(hub) != ServerState.SPAWNING);
            reconcile(hub);
            if (state(hub) == ServerState.READY) {
                assertThat(hub.containers()).hasSize(1);
            } else {
                assertThat(state(hub)).isIn(ServerState.FAILED, ServerState.STOPPED);
                Eventually.holds("nothing is left of it", () -> hub.containers().isEmpty());
            }
            SingleUserContract.start(hub, "ada");
        } finally {
            HubUnderTest.delete(folder);
        }
    }

    @Test
    void a_missing_image_is_named_with_the_command_that_builds_it() {
        try (var hub = HubUnderTest.withReference("lyceum/no-such-image:1")) {
            hub.user("ada");
            var answer = hub.browserOf("ada").api("POST", SERVER, "");

            assertThat(answer.status()).isGreaterThanOrEqualTo(400);
            assertThat(answer.body()).contains("installer/lyceum images build");
            assertThat(hub.containers()).isEmpty();
        }
    }

    @Test
    @ContractRow(7)
    void a_container_that_never_listens_fails_its_start_and_is_removed() {
        var image = DockerCommand.sleepingImage(System.getenv("LYCEUM_TEST_IMAGE_3"));
        try (var hub = HubUnderTest.withReference(image, "servers.start-timeout = \"4s\"")) {
            hub.user("ada");
            var ada = hub.browserOf("ada");
            var answer = ada.api("POST", SERVER, "");

            assertThat(answer.status()).isEqualTo(500);
            Eventually.holds("the start has failed", () -> state(hub) == ServerState.FAILED);
            Eventually.holds("the container is removed", () -> hub.containers().isEmpty());
            assertThat(ada.api("GET", "/hub/api/users/ada", null).body())
                    .contains("\"pending\":null");
            assertThat(ada.get(SERVER + "/progress").body()).contains("\"failed\":true");
            assertThat(ada.get("/user/ada/api").status()).as("no route").isEqualTo(302);
        } finally {
            DockerCommand.run("rmi", image);
        }
    }

    @Test
    void a_full_disk_refuses_the_start_and_says_who_can_help() {
        try (var hub =
                HubUnderTest.withImage("LYCEUM_TEST_IMAGE_3", "storage.reserve = \"900TiB\"")) {
            hub.user("ada");
            var answer = hub.browserOf("ada").api("POST", SERVER, "");

            assertThat(answer.status()).isGreaterThanOrEqualTo(500);
            assertThat(answer.body()).contains("disk");
            assertThat(hub.containers()).isEmpty();
        }
    }

    @Test
    void a_container_killed_by_hand_becomes_a_recorded_stop_with_a_reason() {
        try (var hub = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_3")) {
            hub.user("ada");
            SingleUserContract.start(hub, "ada");
            DockerCommand.run("kill", hub.containers().getFirst().id());

            reconcile(hub);

            Eventually.holds("the stop is recorded", () -> state(hub) == ServerState.STOPPED);
            assertThat(server(hub).stopReason()).isEqualTo(StopReason.DIED);
            assertThat(hub.containers()).isEmpty();
            assertThat(hub.browserOf("ada").get("/user/ada/lab").location())
                    .isEqualTo("/hub/user/ada/lab");
        }
    }

    @Test
    @SecurityStatement(24)
    void a_container_with_our_labels_and_no_right_signature_is_neither_adopted_nor_touched() {
        try (var hub = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_3")) {
            hub.user("ada");
            SingleUserContract.start(hub, "ada");
            var labels = hub.containers().getFirst().labels();
            var command =
                    new java.util.ArrayList<String>(
                            java.util.List.of(
                                    "run",
                                    "-d",
                                    "--network",
                                    "none",
                                    "--name",
                                    "lyceum-test-forged"));
            labels.forEach(
                    (key, value) ->
                            command.addAll(
                                    java.util.List.of(
                                            "--label",
                                            key
                                                    + "="
                                                    + (key.endsWith("signature") ? "0" : value))));
            command.addAll(
                    java.util.List.of(
                            "--entrypoint", "sleep", System.getenv("LYCEUM_TEST_IMAGE_3"), "600"));
            var forged = DockerCommand.run(command.toArray(String[]::new)).strip();
            try {
                reconcile(hub);
                assertThat(hub.containers())
                        .anyMatch(c -> forged.startsWith(c.id()) || c.id().startsWith(forged));
                assertThat(DockerCommand.run("inspect", "-f", "{{.State.Running}}", forged).strip())
                        .isEqualTo("true");
                assertThat(state(hub)).isEqualTo(ServerState.READY);
            } finally {
                DockerCommand.run("rm", "-f", forged);
            }
        }
    }

    @Test
    void a_container_of_ours_that_no_row_knows_is_removed() {
        try (var hub = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_3")) {
            hub.user("ada");
            SingleUserContract.start(hub, "ada");
            hub.hub()
                    .identity()
                    .users()
                    .delete(
                            new org.lyceum.platform.kernel.Actor.Platform(),
                            hub.server("ada").user());

            reconcile(hub);

            Eventually.holds("nothing is left of a removed user", () -> hub.containers().isEmpty());
        }
    }

    private static void reconcile(HubUnderTest hub) {
        hub.hub().jobs().runNow("servers.reconcile");
    }

    private static Server server(HubUnderTest hub) {
        return hub.hub().servers().queries().find(hub.server("ada")).orElseThrow();
    }

    private static ServerState state(HubUnderTest hub) {
        return server(hub).state();
    }
}
