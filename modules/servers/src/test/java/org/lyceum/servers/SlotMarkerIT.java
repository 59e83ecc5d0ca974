package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.servers.RealHub.said;
import static org.lyceum.servers.ServersFixture.key;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.slots.SlotsConfig;

import java.io.IOException;
import java.util.HashSet;

/**
 * Goal: nobody ever meets what another left. Method: one person after the other starts from a slot,
 * looks everywhere for the markers of all before, in files and in the memory of every process, and
 * leaves their own everywhere they can.
 *
 * <p>A slot that were used again would be, with the one slot there is, by the very next person; so
 * a few are enough to find that. {@code -Dslots.claims=1000} is the long run, an hour and a half.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
class SlotMarkerIT {

    private static final int CLAIMS = Integer.getInteger("slots.claims", 5);

    private static final String LEAVE =
            """
            for place in /home/jovyan /tmp /run /dev/shm /run/lyceum; do
              echo marker-%1$s 2>/dev/null >$place/marker-%1$s
            done
            MARKER=marker-%1$s setsid sleep 600 >/dev/null 2>&1 &
            """;

    private static final String LOOK =
            """
            find / -xdev -name 'marker-*' 2>/dev/null
            find /home/jovyan /tmp /run /dev/shm -name 'marker-*' 2>/dev/null
            cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep '^MARKER='
            cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep '^JUPYTERHUB_USER='
            true
            """;

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private RealHub hub;

    @BeforeEach
    void wire() throws IOException {
        hub =
                new RealHub(
                        temp,
                        System.getenv("LYCEUM_TEST_IMAGE_5"),
                        new SlotsConfig(true, Bytes.gib(1), 1, 1));
    }

    @AfterEach
    void unwire() {
        hub.close();
    }

    @Test
    @SecurityStatement(25)
    void each_person_finds_nothing_of_those_before_and_no_container_serves_two() throws Exception {
        var containers = new HashSet<String>();
        var slots = new HashSet<Long>();
        for (int person = 1; person <= CLAIMS; person++) {
            hub.awaitSlot();
            var user = hub.process().user("person" + person);
            var ready = hub.process().spawned(key(user));
            assertThat(ready.state()).isEqualTo(ServerState.READY);
            var slot = hub.process().slots.slots().of(ready.id(), ready.spawnId()).orElseThrow();
            assertThat(slots.add(slot.id())).as("slot %d serves one", slot.id()).isTrue();
            assertThat(containers.add(ready.containerId())).isTrue();

            assertThat(inside(ready, LOOK)).as("person %d", person).doesNotContain("marker-");
            inside(ready, LEAVE.formatted(person));
            assertThat(inside(ready, LOOK))
                    .as("this look would find them")
                    .contains("/home/jovyan/marker-" + person, "/tmp/marker-" + person)
                    .contains("MARKER=marker-" + person);

            var id = ready.containerId();
            hub.stop(ready.key());
            Eventually.holds("it is gone", () -> hub.engine.find(id).isEmpty());
            assertThat(hub.home(ready.key()).resolve("marker-" + person)).exists();
        }
    }

    private static String inside(Server server, String script) throws Exception {
        return said("docker", "exec", server.containerId(), "sh", "-c", script);
    }
}
