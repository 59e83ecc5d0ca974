package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Goal: wherever a start from a slot is broken off, nobody gets another's slot, nothing is left
 * running that nobody owns, and no file is lost. Method: the platform as a process of its own,
 * killed with SIGKILL at moments from the claim to the first answer; what is then in the database
 * and in the engine is compared.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(900)
class SlotKillIT {

    /** A start takes 100 to 300 ms; the last kill comes when the server is there. */
    private static final List<Integer> MOMENTS = List.of(2, 8, 15, 25, 40, 60, 90, 130, 400);

    private static final Duration FILL = Duration.ofMinutes(3);

    private Path data;

    @Test
    @SecurityStatement(25)
    void a_kill_at_any_moment_of_a_start_leaves_no_slot_with_two_owners_and_none_with_none()
            throws Exception {
        data = Files.createTempDirectory("lyceum-test");
        var origin = "http://127.0.0.1:" + HubUnderTest.freePort();
        write(origin);
        try (var platform = PlatformProcess.start(data)) {
            platform.awaitAnswer(origin + "/hub/health");
            var ada = RecoveryIT.setUp(data, origin);
            for (int millis : MOMENTS) {
                awaitSlot(platform);
                var start = new Thread(() -> startQuietly(ada));
                start.start();
                LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
                platform.killHard();
                start.join();

                platform.startAgain();
                platform.awaitAnswer(origin + "/hub/health");
                Eventually.holds(
                        "after " + millis + " ms the start has ended one way or the other",
                        () -> !states().contains("SPAWNING") && !states().contains("STOPPING"));
                Eventually.holds("what is claimed is a server's", this::everyClaimIsAServers);
                requireEachContainerHasOneOwner();

                assertThat(ada.api("POST", "/hub/api/users/ada/server", "").status())
                        .as("after %d ms it can be started, or runs", millis)
                        .isIn(201, 202, 400);
                Eventually.holds("it is ready", () -> states().equals(List.of("READY")));
                leaveAFile(millis);
                ada.api("DELETE", "/hub/api/users/ada/server", "");
                Eventually.holds("it has stopped", () -> states().equals(List.of("STOPPED")));
            }
            assertThat(home()).as("files of all servers").hasSize(MOMENTS.size());
        } finally {
            RecoveryIT.clean(data);
        }
    }

    private void write(String origin) throws IOException {
        Files.writeString(
                data.resolve("lyceum.toml"),
                "http.port = "
                        + origin.substring(origin.lastIndexOf(':') + 1)
                        + "\ndata.directory = \""
                        + data
                        + "\"\ncatalog.default-image = \""
                        + System.getenv("LYCEUM_TEST_IMAGE_5")
                        + "\"\nslots.max = 1\n");
    }

    private static void startQuietly(Browser browser) {
        try {
            browser.api("POST", "/hub/api/users/ada/server", "");
        } catch (RuntimeException killed) {
            // that is what this test is about
        }
    }

    private void awaitSlot(PlatformProcess platform) {
        long end = System.nanoTime() + FILL.toNanos();
        while (!rows("SELECT state FROM slots_slot").contains("READY")) {
            assertThat(System.nanoTime()).as(platform.output()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        // A slot that outlived the kill is one again when its launcher has called.
        Eventually.holds(
                "its launcher is here",
                () -> {
                    var said = platform.output();
                    int begun = said.lastIndexOf("platform.ready");
                    return said.indexOf("slot.ready", begun) > 0
                            || said.indexOf("slot.adopted", begun) > 0;
                });
    }

    private List<String> states() {
        return rows("SELECT state FROM servers_server");
    }

    private boolean everyClaimIsAServers() {
        return rows("SELECT id FROM slots_slot WHERE state = 'CLAIMED' AND server_id NOT IN"
                        + " (SELECT id FROM servers_server WHERE state = 'READY'"
                        + " AND spawn_id = slots_slot.spawn_id)")
                .isEmpty();
    }

    /** Every container is the one server's, or a slot's; never both, and never two of either. */
    private void requireEachContainerHasOneOwner() {
        Eventually.holds(
                "no container without a row, and no row without a container",
                () -> {
                    var owners =
                            rows(
                                    "SELECT container_id FROM slots_slot WHERE container_id IS NOT"
                                            + " NULL");
                    owners.addAll(
                            rows(
                                    "SELECT container_id FROM servers_server WHERE state = 'READY'"
                                            + " AND container_id NOT IN (SELECT container_id FROM"
                                            + " slots_slot WHERE container_id IS NOT NULL)"));
                    var known = new HashSet<>(owners);
                    assertThat(known).as("owners").hasSameSizeAs(owners);
                    return RecoveryIT.engine(data)
                            .list(Map.of("org.lyceum.platform", RecoveryIT.platformId(data)))
                            .stream()
                            .allMatch(container -> known.contains(container.id()));
                });
    }

    private void leaveAFile(int number) {
        var id = rows("SELECT container_id FROM servers_server").getFirst();
        DockerCommand.run("exec", id, "sh", "-c", "echo kept > ~/after-" + number);
    }

    private List<Path> home() throws IOException {
        try (var files = Files.list(data.resolve("storage/root/communities/1/homes/1"))) {
            return files.filter(f -> f.getFileName().toString().startsWith("after-")).toList();
        }
    }

    private List<String> rows(String query) {
        var found = new ArrayList<String>();
        try (var db = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("lyceum.db"));
                var statement = db.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
