package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.catalog.Environment;
import org.lyceum.catalog.Trial;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Goal: a trial finds out what people would find out: whether the server answers, a kernel runs a
 * cell over its WebSocket, and a file is written; and it leaves nothing behind. Method: the real
 * single-user server in a container as hardened as people's own.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(300)
class TrialIT {

    private static final Actor SETUP = new Actor.Platform();
    private static final String IMAGE = "LYCEUM_TEST_IMAGE_5";

    private HubUnderTest hub;

    @BeforeEach
    void open() {
        hub = HubUnderTest.withImage(IMAGE);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Trial tried(String name, String... command) {
        var draft =
                new Environment.Draft(
                        name, name, System.getenv(IMAGE), List.of(command), "/lab", null);
        var made = hub.hub().catalog().environments().create(SETUP, hub.community(), draft);
        return Eventually.value(
                "it has been tried",
                () ->
                        hub
                                .hub()
                                .catalog()
                                .trials()
                                .of(hub.community())
                                .getOrDefault(made.id(), List.of())
                                .stream()
                                .filter(trial -> trial.endedAt() != null)
                                .findFirst());
    }

    @Test
    void the_single_user_server_is_tried_as_people_use_it() {
        var trial = tried("lab", "jupyterhub-singleuser");

        assertThat(trial.failure()).isNull();
        var report = Objects.requireNonNull(trial.report());
        assertThat(report.steps())
                .containsExactly(
                        "the server answers",
                        "a kernel runs a cell over its WebSocket",
                        "a file is written");
        assertThat(report.startMillis()).isBetween(100L, Duration.ofMinutes(2).toMillis());
        assertThat(Objects.requireNonNull(report.memory()).value()).isGreaterThan(20L << 20);
        assertThat(report.packages()).anyMatch(each -> each.startsWith("jupyterhub "));
        assertThat(DockerCommand.run("ps", "-a", "--format", "{{.Names}}"))
                .doesNotContain("-trial-" + trial.id());
    }

    @Test
    void a_server_without_a_kernel_that_works_does_not_pass() {
        var broken =
                "import sys; sys.argv = ['x', '--MappingKernelManager.default_kernel_name=none'];"
                        + " from jupyterhub.singleuser import main; main()";

        var trial = tried("broken", "python3", "-c", broken);

        assertThat(trial.state()).isEqualTo(Trial.State.FAILED);
        assertThat(trial.failure()).startsWith("a kernel runs a cell over its WebSocket: ");
    }

    @Test
    void a_command_that_ends_does_not_pass_and_says_what_it_said() {
        var trial = tried("ends", "sh", "-c", "echo I am not a server; exit 3");

        assertThat(trial.failure())
                .startsWith("the server answers: ")
                .contains("ended with code 3", "I am not a server");
    }
}
