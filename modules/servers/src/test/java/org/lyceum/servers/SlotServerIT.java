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
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.slots.SlotsConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * Goal: a server that waited for nobody becomes somebody's, as if it had been started for them.
 * Method: the real engine and a real JupyterLab.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(300)
class SlotServerIT {

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private RealHub hub;

    @BeforeEach
    void wire() throws IOException {
        hub =
                new RealHub(
                        temp,
                        System.getenv("LYCEUM_TEST_IMAGE_5"),
                        new SlotsConfig(true, Bytes.gib(1), 1, 2));
    }

    @AfterEach
    void unwire() {
        hub.close();
    }

    @Test
    @ContractRow({1, 2, 4, 5, 6})
    @SecurityStatement(27)
    void a_slot_becomes_the_server_of_one_person_and_ends_with_it() throws Exception {
        hub.awaitSlot();
        var ada = hub.process().user("ada");
        var home = hub.home(key(ada));

        var ready = hub.process().spawned(key(ada));

        assertThat(ready.failure()).isNull();
        assertThat(ready.state()).isEqualTo(ServerState.READY);
        var slot = hub.process().slots.slots().of(ready.id(), ready.spawnId()).orElseThrow();
        assertThat(slot.at().containerId()).isEqualTo(ready.containerId());
        assertThat(get(ready, "/user/ada/api").statusCode()).isEqualTo(200);
        Eventually.holds(
                "it reports activity",
                () -> hub.asked.stream().anyMatch(line -> line.contains("activity token ")));

        var token = hub.tokenSeen();
        var id = ready.containerId();
        assertThat(said("docker", "inspect", id))
                .doesNotContain(token)
                .doesNotContain("JUPYTERHUB_USER")
                .doesNotContain("JUPYTERHUB_API")
                .doesNotContain("user/ada");
        assertThat(said("docker", "top", id, "-eo", "pid,args")).doesNotContain(token);
        assertThat(String.join("\n", hub.engine.logs(id, 500))).doesNotContain(token);
        assertThat(said("docker", "exec", id, "ls", "/run/lyceum")).doesNotContain("env");

        assertThat(said("docker", "exec", id, "sh", "-c", "(echo x > ~/shared/x) 2>&1; :"))
                .as("what teachers hand out is there, to be read")
                .contains("Read-only file system");
        said("docker", "exec", id, "sh", "-c", "echo 42 > /home/jovyan/answer.txt");
        assertThat(home.resolve("answer.txt")).hasContent("42\n");
        assertThat(said("docker", "exec", id, "grep", " /home/jovyan ", "/proc/mounts"))
                .as("the tmpfs and the home above it")
                .hasLineCount(2)
                .contains("nosuid,nodev");

        hub.stop(ready.key());
        assertThat(hub.engine.find(id)).isEmpty();
        assertThat(hub.process().slots.slots().claimed()).isEmpty();
        assertThat(home.resolve("answer.txt")).hasContent("42\n");
    }

    @Test
    void a_home_with_packages_of_its_own_gets_a_start_of_its_own() throws Exception {
        hub.awaitSlot();
        var ada = hub.process().user("ada");
        var inside =
                said(
                        "docker",
                        "run",
                        "--rm",
                        hub.installation.image(),
                        "python3",
                        "-c",
                        "import site; print(site.getusersitepackages())");
        var packages = hub.home(key(ada)).resolve(inside.strip().replace("/home/jovyan/", ""));
        Files.createDirectories(packages);
        Files.writeString(packages.resolve("mine.pth"), "");
        said("chown", "-R", "1000:1000", hub.home(key(ada)).toString());

        var ready = hub.process().spawned(key(ada));

        assertThat(ready.state()).isEqualTo(ServerState.READY);
        assertThat(hub.process().slots.slots().of(ready.id(), ready.spawnId())).isPresent();
        assertThat(said("docker", "top", ready.containerId(), "-eo", "pid,args"))
                .as("it has become the program itself")
                .contains("jupyterhub-singleuser")
                .doesNotContain("slot.py");
    }

    @Test
    @ContractRow(11)
    void a_slot_outlives_the_process_of_the_platform_and_is_taken_from_the_next() throws Exception {
        hub.awaitSlot();
        var before = containers();
        hub.process().slots.close();

        var again = hub.restarted();
        hub.awaitSlot();

        assertThat(containers()).isEqualTo(before);
        var ada = again.user("ada");
        var ready = again.spawned(key(ada));
        assertThat(again.slots.slots().of(ready.id(), ready.spawnId())).isPresent();

        var third = hub.restarted();
        assertThat(third.found(key(ada))).isEqualTo(ready);
        assertThat(third.routes.match("/user/ada/")).isPresent();
        assertThat(hub.engine.find(ready.containerId())).isPresent();
    }

    private List<String> containers() {
        return hub
                .engine
                .list(Map.of("org.lyceum.platform", hub.installation.platform().value()))
                .stream()
                .map(container -> container.id())
                .toList();
    }
}
