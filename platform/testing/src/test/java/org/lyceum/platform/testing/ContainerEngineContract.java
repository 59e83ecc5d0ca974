package org.lyceum.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.docker.EngineSettings.Limit;
import org.lyceum.platform.docker.NetworkSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What every container engine promises. Method: the same calls on the fake and on Docker. */
abstract class ContainerEngineContract {

    /** Marks what one test run made, so that nothing of it is left behind. */
    final String platform = UUID.randomUUID().toString();

    abstract ContainerEngine engine();

    abstract String image();

    @AfterEach
    void remove_what_this_test_made() {
        for (var each : engine().list(Map.of(ContainerSpec.PLATFORM_LABEL, platform))) {
            engine().remove(each.id());
        }
    }

    @Test
    void a_container_runs_and_is_found_by_id_name_and_labels() {
        var made = engine().run(spec("a", Map.of("x", "1")));
        engine().run(spec("b", Map.of("x", "2")));

        assertThat(made.state()).isEqualTo(Container.State.RUNNING);
        assertThat(made.alive()).isTrue();
        assertThat(made.exit()).isNull();
        assertThat(engine().find(made.id())).contains(made);
        assertThat(engine().find(name("a"))).contains(made);
        assertThat(engine().find(made.id().substring(0, 12))).isEmpty();
        assertThat(engine().list(labels(Map.of("x", "1"))))
                .extracting(Container::id)
                .containsExactly(made.id());
        assertThat(engine().list(labels(Map.of()))).hasSize(2);
        assertThat(engine().imageId(image())).contains(made.imageId());
    }

    @Test
    void it_says_how_it_is_set_up_and_that_it_can_limit_and_filter() {
        var settings = engine().settings();

        assertThat(settings.version()).isEqualTo(engine().version());
        assertThat(settings.rootDirectory()).startsWith("/");
        assertThat(settings.storageDriver()).isNotEmpty();
        assertThat(settings.loggingDriver()).isNotEmpty();
        assertThat(settings.controlGroups()).isIn(1, 2);
        assertThat(settings.liveRestore()).as("as the installer starts it").isTrue();
        assertThat(settings.security()).contains("seccomp");
        assertThat(settings.limits()).contains(Limit.MEMORY, Limit.CORES, Limit.PROCESSES);
    }

    @Test
    void running_the_same_thing_twice_gives_the_same_container() {
        var first = engine().run(spec("a", Map.of("spawn", "1")));
        var second = engine().run(spec("a", Map.of("spawn", "1")));

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(engine().list(labels(Map.of()))).hasSize(1);
    }

    @Test
    void the_name_of_an_other_start_of_ours_is_refused_and_its_container_left_alone() {
        var first = engine().run(spec("a", Map.of("spawn", "1")));

        var problem =
                catchThrowableOfType(
                        Problem.class, () -> engine().run(spec("a", Map.of("spawn", "2"))));

        assertThat(problem.code()).isEqualTo("container.name-taken");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT);
        assertThat(engine().find(first.id())).contains(first);
    }

    @Test
    void the_name_of_somebody_elses_container_is_refused_and_it_is_left_alone() {
        var theirs = engine().run(spec("a", Map.of()));
        var other = new HashMap<>(theirs.labels());
        other.put(ContainerSpec.PLATFORM_LABEL, "another");

        var problem =
                catchThrowableOfType(
                        Problem.class, () -> engine().run(spec(name("a"), image(), other)));

        assertThat(problem.code()).isEqualTo("container.foreign");
        assertThat(engine().find(theirs.id())).contains(theirs);
    }

    @Test
    void stopping_and_removing_can_be_repeated() {
        var made = engine().run(spec("a", Map.of()));

        assertThat(engine().stop(made.id(), Duration.ofSeconds(1))).isTrue();
        assertThat(engine().stop(made.id(), Duration.ofSeconds(1))).isTrue();
        var ended = engine().find(made.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(Container.State.EXITED);
        assertThat(ended.address()).isNull();
        assertThat(ended.exit()).isNotNull();
        assertThat(ended.exit().code()).isNotZero();

        assertThat(engine().remove(made.id())).isTrue();
        assertThat(engine().remove(made.id())).isFalse();
        assertThat(engine().stop(made.id(), Duration.ZERO)).isFalse();
        assertThat(engine().find(made.id())).isEmpty();
        assertThat(engine().logs(made.id(), 10)).isEmpty();
    }

    @Test
    void a_container_has_a_process_of_this_machine_while_it_runs() {
        var made = engine().run(spec("a", Map.of()));

        var process = engine().process(made.id());
        assertThat(process).isPresent();
        assertThat(ProcessHandle.of(process.getAsLong())).isPresent();
        engine().stop(made.id(), Duration.ZERO);
        assertThat(engine().process(made.id())).isEmpty();
        assertThat(engine().process("f".repeat(64))).isEmpty();
    }

    @Test
    void a_container_that_ended_is_started_again_by_the_same_spec() {
        var made = engine().run(spec("a", Map.of()));
        engine().stop(made.id(), Duration.ofSeconds(1));

        var again = engine().run(spec("a", Map.of()));

        assertThat(again.id()).isEqualTo(made.id());
        assertThat(again.state()).isEqualTo(Container.State.RUNNING);
    }

    @Test
    void a_container_is_frozen_and_goes_on_and_both_can_be_repeated() {
        var made = engine().run(spec("a", Map.of()));

        assertThat(engine().pause(made.id())).isTrue();
        assertThat(engine().pause(made.id())).isTrue();
        assertThat(engine().find(made.id()).orElseThrow().state())
                .isEqualTo(Container.State.PAUSED);
        assertThat(engine().resume(made.id())).isTrue();
        assertThat(engine().resume(made.id())).isTrue();
        assertThat(engine().find(made.id())).contains(made);

        engine().stop(made.id(), Duration.ofSeconds(1));
        assertThat(engine().pause(made.id())).isFalse();
        assertThat(engine().resume(made.id())).isFalse();
        engine().remove(made.id());
        assertThat(engine().pause(made.id())).isFalse();
        assertThat(engine().resume(made.id())).isFalse();
    }

    @Test
    void a_container_that_runs_takes_other_limits() {
        var made = engine().run(spec("a", Map.of()));
        var more = new ContainerSpec.Limits(Bytes.mib(300), 1500, 200, Bytes.mib(16));

        assertThat(engine().resize(made.id(), more)).isTrue();
        assertThat(engine().resize(made.id(), more.inBackground())).isTrue();

        engine().remove(made.id());
        assertThat(engine().resize(made.id(), more)).isFalse();
    }

    @Test
    void an_image_that_is_not_here_says_what_to_do() {
        var problem =
                catchThrowableOfType(
                        Problem.class,
                        () -> engine().run(spec(name("a"), "lyceum/no-such:1", labels(Map.of()))));

        assertThat(problem.code()).isEqualTo("docker.image-missing");
        assertThat(problem.detail()).contains("build it");
        assertThat(engine().imageId("lyceum/no-such:1")).isEmpty();
        assertThat(engine().find(name("a"))).isEmpty();
    }

    @Test
    void a_network_is_made_once_and_has_a_gateway() {
        var wanted =
                new NetworkSpec(platform.substring(0, 6), new CommunityId(1), labels(Map.of()));
        try {
            var made = engine().ensureNetwork(wanted);

            assertThat(made.gateway()).matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
            assertThat(engine().ensureNetwork(wanted)).isEqualTo(made);
        } finally {
            assertThat(engine().removeNetwork(wanted.name())).isTrue();
        }
        assertThat(engine().removeNetwork(wanted.name())).isFalse();
    }

    String name(String suffix) {
        return "lyceum-test-" + platform.substring(0, 8) + "-" + suffix;
    }

    Map<String, String> labels(Map<String, String> more) {
        var labels = new HashMap<>(more);
        labels.put(ContainerSpec.PLATFORM_LABEL, platform);
        return labels;
    }

    private ContainerSpec spec(String suffix, Map<String, String> more) {
        return spec(name(suffix), image(), labels(more));
    }

    private static ContainerSpec spec(String name, String image, Map<String, String> labels) {
        return new ContainerSpec(
                name,
                image,
                labels,
                new ContainerSpec.Program(List.of("sleep", "300"), Map.of(), "/tmp", 1000, 1000),
                ContainerSpec.NO_NETWORK,
                new ContainerSpec.Limits(Bytes.mib(128), 500, 64, Bytes.mib(16)),
                List.of());
    }
}
