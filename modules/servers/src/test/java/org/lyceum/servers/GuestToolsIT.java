package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.servers.RealHub.said;
import static org.lyceum.servers.ServersFixture.key;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.community.Community;
import org.lyceum.identity.User;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.slots.SlotsConfig;
import org.lyceum.storage.Bounds;
import org.lyceum.storage.FolderKind;
import org.lyceum.storage.LimitRule;
import org.lyceum.storage.LimitScope;

import java.io.IOException;
import java.util.List;

/**
 * Goal: people see inside their servers how much room they have, before it is too late. Method: the
 * real engine and a real pool; servers started the usual way and of a slot.
 */
@RequiresDocker(images = {"LYCEUM_TEST_IMAGE_5", "LYCEUM_TEST_IMAGE_3"})
@Timeout(300)
class GuestToolsIT {

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private RealHub hub;

    @AfterEach
    void unwire() {
        hub.close();
    }

    private User wire(String image, boolean slots) throws IOException {
        hub =
                new RealHub(
                        temp,
                        System.getenv(image),
                        new SlotsConfig(slots, Bytes.gib(1), slots ? 1 : 0, 2));
        return hub.process().user("ada");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_command_and_the_notice_follow_what_the_home_holds(boolean slots) throws Exception {
        var ada = wire("LYCEUM_TEST_IMAGE_5", slots);
        if (slots) {
            hub.awaitSlot();
        }
        var ready = hub.process().spawned(key(ada));
        assertThat(hub.process().slots.slots().of(ready.id(), ready.spawnId()).isPresent())
                .isEqualTo(slots);
        limit(ada, Bytes.mib(20));

        tell();
        assertThat(inside(ready, "sh -lc quota"))
                .contains("home ")
                .contains("scratch ")
                .contains("20 MiB")
                .doesNotContain("nearly full");
        assertThat(inside(ready, "cat " + noticesOfLab())).isEqualTo("{\"notices\":[]}");

        inside(ready, "dd if=/dev/urandom of=/home/jovyan/big bs=1M count=19 conv=fsync");
        tell();
        assertThat(inside(ready, "quota")).contains("Your home is nearly full");
        assertThat(inside(ready, "cat " + noticesOfLab()))
                .contains("\"id\":\"home-NEARLY_FULL\"", "\"path\":\"files/largest\"");

        inside(ready, "rm /home/jovyan/big");
        tell();
        assertThat(inside(ready, "quota")).doesNotContain("nearly full");
        assertThat(inside(ready, "cat " + noticesOfLab())).isEqualTo("{\"notices\":[]}");
    }

    @Test
    void jupyterlab_takes_the_extension_for_one_of_its_own() throws Exception {
        var ready = hubReady("LYCEUM_TEST_IMAGE_5");

        assertThat(inside(ready, "jupyter-labextension list 2>&1"))
                .containsPattern("lyceum v1\\.0\\.0 .*enabled.*OK");
    }

    @Test
    void the_command_is_in_an_image_that_knows_nothing_of_us() throws Exception {
        var ready = hubReady("LYCEUM_TEST_IMAGE_3");

        assertThat(inside(ready, "quota || echo ended with $?"))
                .contains("nothing has been counted yet; try again in 15 seconds", "with 1");
        assertThat(inside(ready, "quota --all || echo ended with $?"))
                .contains("try: quota --help", "with 2");
        tell();
        assertThat(inside(ready, "quota")).contains("home ");
        assertThat(inside(ready, "echo x > /usr/local/bin/quota || echo refused"))
                .contains("Read-only file system", "refused");
    }

    @Test
    void what_has_not_changed_is_not_written_again() throws Exception {
        hubReady("LYCEUM_TEST_IMAGE_3");

        tell();

        assertThat(tell()).isZero();
    }

    private Server hubReady(String image) throws IOException {
        return hubReady(wire(image, false));
    }

    private Server hubReady(User user) {
        var ready = hub.process().spawned(key(user));
        assertThat(ready.failure()).isNull();
        return ready;
    }

    private void limit(User user, Bytes bytes) {
        hub.process()
                .storage
                .limits()
                .put(
                        ServersFixture.ACTOR,
                        new LimitRule(
                                Community.DEFAULT,
                                FolderKind.HOME,
                                LimitScope.USER,
                                user.id().value(),
                                Bounds.of(bytes.value()),
                                null,
                                -1));
    }

    /** How many servers were told something new; the pool here is one that is measured. */
    private int tell() {
        run("storage.reconcile-folders", hub.process().storage.jobs());
        return run("servers.tell", hub.process().module.jobs());
    }

    private static int run(String name, List<Job> jobs) {
        var job = jobs.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        var report = job.run();
        assertThat(report.failed()).isZero();
        return report.changed();
    }

    private static String noticesOfLab() {
        return "/usr/local/share/jupyter/labextensions/lyceum/static/notices.json";
    }

    private static String inside(Server server, String command) throws Exception {
        return said("docker", "exec", server.containerId(), "sh", "-c", command);
    }
}
