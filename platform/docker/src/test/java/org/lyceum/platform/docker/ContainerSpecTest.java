package org.lyceum.platform.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.docker.ContainerSpec.Bind;
import org.lyceum.platform.docker.ContainerSpec.Limits;
import org.lyceum.platform.docker.ContainerSpec.Program;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Goal: what a spec refuses to describe. Method: build one of each. */
class ContainerSpecTest {

    private static final Map<String, String> LABELS = Map.of(ContainerSpec.PLATFORM_LABEL, "test");
    private static final Program PROGRAM =
            new Program(List.of("true"), Map.of(), "/tmp", 1000, 1000);
    private static final Limits LIMITS = new Limits(Bytes.mib(64), 500, 64, Bytes.mib(8));

    @ParameterizedTest
    @ValueSource(strings = {"host", "bridge", "container:abc", "default", "", "lyceum-X"})
    void only_our_own_networks_can_be_joined(String network) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new ContainerSpec(
                                        "n1", "i", LABELS, PROGRAM, network, LIMITS, List.of()));
    }

    @Test
    void a_container_without_our_label_cannot_be_described() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new ContainerSpec(
                                        "n1", "i", Map.of(), PROGRAM, "none", LIMITS, List.of()));
    }

    @Test
    void root_cannot_be_asked_for() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Program(List.of("id"), Map.of(), "/", 0, 1000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Program(List.of("id"), Map.of(), "/", 1000, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/proc", "/proc/x", "/sys/fs", "/dev/null", "/a/../etc", "a", "/a//b"})
    void nothing_is_mounted_over_the_kernels_own_places(String target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bind(Path.of("/srv/x/y"), target, true));
    }

    @Test
    void two_binds_never_share_a_target() {
        var bind = new Bind(Path.of("/srv/x/y"), "/home", false);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new ContainerSpec(
                                        "n1",
                                        "i",
                                        LABELS,
                                        PROGRAM,
                                        "none",
                                        LIMITS,
                                        List.of(bind, bind)));
    }

    @Test
    void a_bridge_is_named_so_that_the_firewall_finds_it_and_linux_takes_it() {
        var spec = new NetworkSpec("ab12cd", new CommunityId(60_000_000), LABELS);

        assertThat(spec.name()).isEqualTo("lyceum-ab12cd-c60000000");
        assertThat(spec.bridge()).startsWith("lycab12cd-").hasSizeLessThanOrEqualTo(15);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkSpec("ab12cd", new CommunityId(61_000_000), LABELS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkSpec("AB", new CommunityId(1), LABELS));
    }
}
