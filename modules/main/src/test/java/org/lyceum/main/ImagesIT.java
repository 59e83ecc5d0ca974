package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.builds.Build;
import org.lyceum.builds.BuildService.Access;
import org.lyceum.builds.StockImage;
import org.lyceum.catalog.Environment;
import org.lyceum.catalog.KeptImage;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Goal: images come from registries by digest, and those that nothing needs go, oldest first, and
 * never one that people get, would fall back to, or are in. Method: the whole platform, the real
 * engine, and a Git host and a registry of our own.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(600)
class ImagesIT {

    private static final Actor SETUP = new Actor.Platform();
    private static final String CLEAN = "builds.clean-images";

    private HubUnderTest platform;
    private GitHost git;

    @BeforeEach
    void open() throws IOException {
        git = GitHost.start();
        platform =
                HubUnderTest.withImage(
                        "LYCEUM_TEST_IMAGE_5",
                        "builds.network = \"bridge\"",
                        "builds.images = \"0B\"");
        BuildSettings.write(platform.data().resolve("builds/settings"), git.certificate());
    }

    @AfterEach
    void close() {
        BuildSettings.removeLeft(platform);
        git.close();
    }

    private long environment(String name) {
        var draft =
                new Environment.Draft(
                        name, name, "lyceum/none:yet", List.of("jupyterhub-singleuser"), "", null);
        return platform.hub()
                .catalog()
                .environments()
                .create(SETUP, platform.community(), draft)
                .id();
    }

    private Build ended(Build build) {
        return Eventually.value(
                "the build has ended",
                () ->
                        platform
                                .hub()
                                .builds()
                                .builds()
                                .builds(platform.community())
                                .values()
                                .stream()
                                .flatMap(List::stream)
                                .filter(each -> each.id() == build.id())
                                .filter(each -> each.state().over())
                                .findFirst());
    }

    private Build built(long environment, String content) {
        git.commit("r", Map.of("big", content.repeat(1 << 20)));
        var builds = platform.hub().builds().builds();
        var community = platform.community();
        builds.setSource(SETUP, community, environment, git.url("r"), "", Access.OPEN, "");
        var build = ended(builds.ask(SETUP, community, environment, true));
        assertThat(build.state()).as(build.failure()).isEqualTo(Build.State.BUILT);
        Eventually.holds("people get it", () -> current(environment).equals(build.imageId()));
        return build;
    }

    private String current(long environment) {
        return platform.hub().catalog().catalog().environments(platform.community()).stream()
                .filter(each -> each.id() == environment)
                .map(each -> String.valueOf(each.imageId()))
                .findFirst()
                .orElseThrow();
    }

    /** What is left; nothing goes while a build is still under way. */
    private List<String> cleaned() {
        platform.hub().jobs().runNow(CLEAN);
        return stock();
    }

    private List<String> stock() {
        return platform.hub().builds().images().list().stream().map(StockImage::id).toList();
    }

    @Test
    void what_nothing_needs_goes_and_what_people_get_or_fall_back_to_stays() {
        long environment = environment("course");
        var oldest = built(environment, "a");
        var before = built(environment, "b");
        var now = built(environment, "c");
        assertThat(stock()).contains(oldest.imageId(), before.imageId(), now.imageId());
        var uses = platform.hub().builds().images().list();
        assertThat(uses)
                .filteredOn(image -> image.id().equals(before.imageId()))
                .singleElement()
                .satisfies(
                        image -> {
                            assertThat(image.uses().getFirst().use())
                                    .isEqualTo(KeptImage.Use.FALL_BACK);
                            assertThat(image.ownBytes()).isBetween(1L << 20, 2L << 20);
                        });

        Eventually.holds("the oldest is gone", () -> !cleaned().contains(oldest.imageId()));
        assertThat(stock()).contains(before.imageId(), now.imageId());
        assertThat(platform.engine().imageId(String.valueOf(oldest.imageId()))).isEmpty();
    }

    @Test
    void an_image_that_a_container_stands_on_stays() {
        long environment = environment("busy");
        var oldest = built(environment, "a");
        built(environment, "b");
        built(environment, "c");
        var container =
                DockerCommand.run("create", String.valueOf(oldest.imageId()), "true").strip();
        try {
            assertThat(cleaned()).contains(oldest.imageId());
        } finally {
            DockerCommand.run("rm", container);
        }
        Eventually.holds("nothing needs it now", () -> !cleaned().contains(oldest.imageId()));
    }

    @Test
    void an_image_is_fetched_from_its_registry_and_known_by_its_digest() throws IOException {
        try (var registry = RegistryHost.start()) {
            long environment = environment("fetched");
            var builds = platform.hub().builds().builds();
            var build =
                    ended(
                            builds.pull(
                                    SETUP,
                                    platform.community(),
                                    environment,
                                    registry.reference("1")));

            assertThat(build.state()).as(build.failure()).isEqualTo(Build.State.BUILT);
            assertThat(build.imageReference()).endsWith("@" + registry.digest());
            assertThat(stock()).contains(build.imageId());
            Eventually.holds(
                    "it is tried",
                    () ->
                            platform
                                    .hub()
                                    .catalog()
                                    .trials()
                                    .of(platform.community())
                                    .values()
                                    .stream()
                                    .flatMap(List::stream)
                                    .anyMatch(
                                            trial ->
                                                    trial.imageId().equals(build.imageId())
                                                            && trial.endedAt() != null));

            var unknown =
                    ended(
                            builds.pull(
                                    SETUP,
                                    platform.community(),
                                    environment,
                                    registry.reference("2")));
            assertThat(unknown.failure()).startsWith("The registry has no “");

            Eventually.holds("nothing needs it", () -> !cleaned().contains(build.imageId()));
            assertThat(platform.engine().imageId(String.valueOf(build.imageId()))).isEmpty();
        }
        var nowhere =
                ended(
                        platform.hub()
                                .builds()
                                .builds()
                                .pull(
                                        SETUP,
                                        platform.community(),
                                        environment("nowhere"),
                                        "127.0.0.1:1/lab/word:1"));
        assertThat(nowhere.failure()).startsWith("This machine reaches no registry");
    }
}
