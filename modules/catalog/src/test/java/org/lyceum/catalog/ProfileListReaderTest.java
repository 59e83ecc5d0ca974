package org.lyceum.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Set;

/** Goal: a hub that moves here brings its profiles, and is told what does not come along. */
class ProfileListReaderTest {

    private static final Environment THERE =
            new Environment(
                    7,
                    new CommunityId(1),
                    "jupyterlab",
                    "JupyterLab",
                    "lyceum/scientific:1",
                    null,
                    List.of("jupyterhub-singleuser"),
                    "/lab",
                    null,
                    true,
                    0);

    private static final DeviceKinds DEVICES =
            new DeviceKinds(
                    List.of(
                            new DeviceKind(
                                    "gpu",
                                    "GPU",
                                    List.of(DeviceUnit.of("nvidia:0", List.of())),
                                    2,
                                    "nvidia.com/gpu")));

    private static final String VALUES =
            """
            singleuser:
              memory: {limit: 4G}
              profileList:
                - display_name: "Small, for everybody"
                  description: Two gigabytes.
                  kubespawner_override: &small
                    mem_limit: 2G
                    cpu_limit: 1.5
                - display_name: Choose
                  slug: choose
                  default: true
                  allowed_groups: [staff, nobody]
                  kubespawner_override:
                    <<: *small
                    mem_guarantee: 1G
                    node_selector: {disk: fast}
                  profile_options:
                    image:
                      display_name: Image
                      choices:
                        pangeo:
                          display_name: Pangeo
                          default: true
                          kubespawner_override: {image: "pangeo/pangeo-notebook:2024.1"}
                        r:
                          display_name: R
                          kubespawner_override:
                            image: rocker/binder:4.3
                            default_url: /rstudio
                            extra_resource_limits: {nvidia.com/gpu: "1", amd.com/gpu: 1}
                      unlisted_choice:
                        enabled: true
                        display_name: Another image
                        validation_regex: "^pangeo/.*$"
                        validation_message: Must be one of Pangeo's.
                        kubespawner_override: {image: "{value}"}
            """;

    @Test
    void profiles_options_images_and_sizes_come_along_and_the_default_is_first() {
        var list = read(VALUES);

        assertThat(list.profiles())
                .extracting(taken -> taken.draft().name())
                .containsExactly("choose", "small-for-everybody");
        var choose = list.profiles().getFirst();
        assertThat(choose.groups()).containsExactly("staff");
        assertThat(choose.draft().size())
                .isEqualTo(new Size(Bytes.gib(2), Bytes.gib(1), 1500, Size.USUAL_PIDS));
        assertThat(choose.draft().environmentId()).isEqualTo(7);
        var option = choose.draft().options().getFirst();
        assertThat(option.initial().orElseThrow().name()).isEqualTo("pangeo");
        assertThat(option.freeImage())
                .isEqualTo(
                        new FreeImage("Another image", "^pangeo/.*$", "Must be one of Pangeo's."));
        assertThat(list.environments())
                .extracting(Environment.Draft::imageReference, Environment.Draft::defaultUrl)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "pangeo/pangeo-notebook:2024.1", "/lab"),
                        org.assertj.core.groups.Tuple.tuple("rocker/binder:4.3", "/rstudio"));
        assertThat(option.choices())
                .extracting(choice -> choice.change().environmentId())
                .containsExactly(-1L, -2L);
        assertThat(option.choices())
                .extracting(choice -> choice.change().device())
                .containsExactly(null, new DeviceWish("gpu", 1));
        var small = list.profiles().getLast().draft();
        assertThat(small.size()).isEqualTo(new Size(Bytes.gib(2), 1500));
        assertThat(small.description()).isEqualTo("Two gigabytes.");
    }

    @Test
    void what_has_no_meaning_here_is_named() {
        assertThat(read(VALUES).left())
                .containsExactlyInAnyOrder(
                        "“Choose”, kubespawner_override: node_selector was not taken",
                        "“Choose”, profile_options, image, choices, r, kubespawner_override:"
                                + " extra_resource_limits: amd.com/gpu was not taken: no"
                                + " [devices.NAME] in lyceum.toml has resource = \"amd.com/gpu\"",
                        "“Choose”: allowed_groups: there is no group nobody here");
    }

    @Test
    void a_list_alone_is_read_too_and_sizes_are_read_as_kubespawner_reads_them() {
        for (var size : List.of("512M", "0.5G", "536870912")) {
            var list = read("- {display_name: A, kubespawner_override: {mem_limit: " + size + "}}");
            assertThat(list.profiles().getFirst().draft().size().memory())
                    .as(size)
                    .isEqualTo(Bytes.mib(512));
            assertThat(list.left()).isEmpty();
        }
        var odd = read("- {display_name: A, kubespawner_override: {mem_limit: lots}}");
        assertThat(odd.left())
                .contains("“A”, kubespawner_override: mem_limit is no size: lots")
                .contains("“A”, kubespawner_override: has no mem_limit, so its limit is 2 GiB");
    }

    @Test
    void a_profile_of_a_name_that_is_there_is_left_out() {
        var list = read("[{display_name: A}, {display_name: a}, {description: nameless}]");

        assertThat(list.profiles()).hasSize(1);
        assertThat(list.left())
                .contains("“a”: was left out: there is a profile named a already")
                .anyMatch(line -> line.endsWith("has no display_name and was left out"));
    }

    @Test
    void what_is_no_list_or_a_trap_is_refused() {
        var bomb = new StringBuilder("a: &a [x, x]\n");
        for (char c = 'b'; c < 'k'; c++) {
            bomb.append(c).append(": &").append(c).append(" [");
            for (int n = 0; n < 20; n++) {
                bomb.append("*").append((char) (c - 1)).append(", ");
            }
            bomb.append("]\n");
        }
        for (var yaml :
                List.of(
                        "",
                        "x: 1",
                        "[",
                        "[]",
                        "- !!javax.script.ScriptEngineManager [x]",
                        bomb.toString(),
                        "[".repeat(10_000))) {
            var problem = catchThrowableOfType(Problem.class, () -> read(yaml));
            assertThat(problem).as(yaml).isNotNull();
            assertThat(problem.code()).isEqualTo("profile.list-invalid");
        }
    }

    private static ProfileList read(String yaml) {
        return new ProfileListReader(List.of(THERE), List.of(), Set.of("staff"), DEVICES)
                .read(yaml);
    }
}
