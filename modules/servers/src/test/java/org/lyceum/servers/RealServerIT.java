package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.servers.RealHub.get;
import static org.lyceum.servers.RealHub.said;
import static org.lyceum.servers.ServersFixture.key;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.linux.KernelLog;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.slots.SlotsConfig;

import java.io.IOException;

/**
 * Goal: a real single-user server lives and dies with us. Method: the real engine, jupyterhub 3.0.0
 * from Debian 12, started the usual way, without slots.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
@Timeout(240)
class RealServerIT {

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private RealHub hub;

    /** The environment variable that names the image. */
    String image() {
        return "LYCEUM_TEST_IMAGE_3";
    }

    @BeforeEach
    void wire() throws IOException {
        hub = new RealHub(temp, System.getenv(image()), new SlotsConfig(false, Bytes.gib(1), 0, 1));
    }

    @AfterEach
    void unwire() {
        hub.close();
    }

    @Test
    @ContractRow({1, 2, 4, 5, 6})
    @SecurityStatement(27)
    void it_starts_calls_the_hub_answers_and_keeps_its_files() throws Exception {
        var ada = hub.process().user("ada");

        var ready = hub.process().spawned(key(ada));

        assertThat(ready.failure()).isNull();
        assertThat(ready.state()).isEqualTo(ServerState.READY);
        assertThat(get(ready, "/user/ada/api").statusCode()).isEqualTo(200);
        Eventually.holds(
                "it reports activity",
                () -> hub.asked.stream().anyMatch(line -> line.contains("activity token ")));
        assertThat(hub.asked).first().asString().startsWith("GET /hub/api");
        var token = hub.tokenSeen();
        assertThat(said("docker", "inspect", ready.containerId())).doesNotContain(token);
        assertThat(said("docker", "top", ready.containerId(), "-eo", "pid,args"))
                .contains("jupyterhub-singleuser")
                .doesNotContain(token);
        assertThat(String.join("\n", hub.engine.logs(ready.containerId(), 500)))
                .doesNotContain(token);
        assertThat(said("docker", "exec", ready.containerId(), "ls", "/run/lyceum"))
                .isEqualTo("launch\n");

        said("docker", "exec", ready.containerId(), "sh", "-c", "echo 42 > ~/answer.txt");
        hub.stop(ready.key());
        assertThat(hub.engine.find(ready.containerId())).isEmpty();
        assertThat(hub.home(ready.key()).resolve("answer.txt")).hasContent("42");
    }

    @Test
    void the_kernel_says_which_process_took_the_memory() throws Exception {
        var ready = hub.process().spawned(key(hub.process().user("ada")));
        var id = ready.containerId();
        var tooMuch = Long.toString(ready.memory().value() + (1L << 20));

        var command = "python3 -c 'x = bytearray(" + tooMuch + ")' || echo ended with $?";
        assertThat(said("docker", "exec", id, "sh", "-c", command)).contains("ended with 137");

        assertThat(KernelLog.lastKill(id))
                .hasValueSatisfying(
                        kill -> {
                            assertThat(kill.program()).startsWith("python3");
                            assertThat(kill.bytes()).isPositive();
                        });
    }

    @Test
    @ContractRow({10, 57})
    void a_name_with_an_at_sign_and_a_named_server_with_a_space_work() throws Exception {
        var user = hub.process().user("a@b.c");
        var ready = hub.process().spawned(new ServerKey(new CommunityId(1), user.id(), "my srv"));

        assertThat(ready.failure()).isNull();
        assertThat(get(ready, "/user/a@b.c/my%20srv/api").statusCode()).isEqualTo(200);
        assertThat(hub.process().routes.match("/user/a%40b.c/my%20srv/lab")).isPresent();
    }

    @Test
    @ContractRow(11)
    void a_new_process_finds_it_running_and_a_kill_by_hand_is_noticed() throws Exception {
        var ada = hub.process().user("ada");
        var before = hub.process().spawned(key(ada));

        var again = hub.restarted();
        assertThat(again.found(key(ada))).isEqualTo(before);
        assertThat(again.routes.match("/user/ada/")).isPresent();

        said("docker", "kill", before.containerId());
        again.reconcile();

        assertThat(again.found(key(ada)).stopReason()).isEqualTo(StopReason.DIED);
        assertThat(hub.engine.find(before.containerId())).isEmpty();
        assertThat(again.routes.all()).isEmpty();
    }
}
