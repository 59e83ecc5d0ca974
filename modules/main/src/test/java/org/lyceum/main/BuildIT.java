package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.builds.Build;
import org.lyceum.builds.BuildService.Access;
import org.lyceum.catalog.Environment;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * Goal: what people write down in a repository becomes an environment that people get; what cannot
 * be done is told by file and line; nothing stays of a build that ends. Method: the whole platform,
 * the real engine and package manager, and a Git host of our own over https.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(900)
class BuildIT {

    private static final Actor SETUP = new Actor.Platform();
    private static final String BASE = "LYCEUM_TEST_IMAGE_5";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static GitHost git;
    private static HubUnderTest platform;

    @BeforeAll
    static void open() throws IOException {
        git = GitHost.start();
        platform =
                HubUnderTest.withImage(
                        BASE, "builds.network = \"bridge\"", "builds.disk = \"1GiB\"");
        BuildSettings.write(platform.data().resolve("builds/settings"), git.certificate());
    }

    @AfterAll
    static void close() {
        var mine = platform.platformId() + "-build";
        platform.close();
        for (var image : DockerCommand.images("org.lyceum.platform=" + mine)) {
            DockerCommand.run("rmi", "-f", image);
        }
        git.close();
    }

    private static long environment(String name) {
        var draft =
                new Environment.Draft(
                        name,
                        name,
                        "lyceum/not-built:yet",
                        List.of("jupyterhub-singleuser"),
                        "/lab",
                        null);
        return platform.hub()
                .catalog()
                .environments()
                .create(SETUP, platform.community(), draft)
                .id();
    }

    private static Build start(long environment, String repository, boolean ofPlatform) {
        var builds = platform.hub().builds().builds();
        var community = platform.community();
        builds.setSource(
                SETUP, community, environment, git.url(repository), "main", Access.OPEN, "");
        return builds.ask(SETUP, community, environment, ofPlatform);
    }

    private static Build now(Build build) {
        return platform
                .hub()
                .builds()
                .builds()
                .builds(platform.community())
                .get(build.environmentId())
                .stream()
                .filter(each -> each.id() == build.id())
                .findFirst()
                .orElseThrow();
    }

    private static Build ended(Build build) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!now(build).state().over()) {
            assertThat(System.nanoTime()).as(log(build)).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        return now(build);
    }

    private static Build built(String name, Map<String, String> files) {
        git.commit(name, files);
        return ended(start(environment(name), name, true));
    }

    private static String log(Build build) {
        try {
            return Files.readString(platform.data().resolve("builds/logs/" + build.id() + ".log"));
        } catch (IOException none) {
            return "no log";
        }
    }

    private static String inside(String image, String script) {
        return DockerCommand.run("run", "--rm", "--network", "none", image, "sh", "-c", script);
    }

    @Test
    void a_repository_becomes_an_environment_that_people_get() {
        var files =
                Map.of(
                        "binder/apt.txt", "# words\nhello\n",
                        "binder/requirements.txt", "lyceum-demo==1.0\n",
                        "binder/postBuild", "#!/bin/sh\nset -e\nid -u >made-by\n",
                        "binder/start", "#!/bin/sh\nexport BY_START=yes\nexec \"$@\"\n",
                        "lesson.ipynb", "{}");
        var commit = git.commit("whole", files);
        long environment = environment("whole");
        var build = ended(start(environment, "whole", false));

        assertThat(build.state()).as(log(build)).isEqualTo(Build.State.BUILT);
        assertThat(build.commit()).isEqualTo(commit);
        var image = Objects.requireNonNull(build.imageId());
        assertThat(inside(image, "hello; python3 -c 'import lyceum_demo; print(lyceum_demo.A)'"))
                .contains("Hello, world!", "42");
        assertThat(inside(image, "cat /srv/repo/made-by; stat -c %u /srv/repo/lesson.ipynb; id -u"))
                .isEqualTo("1000\n1000\n1000\n");
        assertThat(inside(image, "find / -xdev -perm /6000 -type f 2>/dev/null")).isEmpty();
        assertThat(inside(image, "head -3 $(command -v jupyterhub-singleuser)"))
                .contains("/srv/repo/binder/start");
        Eventually.holds(
                "it has passed its trial",
                () ->
                        platform
                                .hub()
                                .catalog()
                                .catalog()
                                .environments(platform.community())
                                .stream()
                                .anyMatch(
                                        each ->
                                                each.id() == environment
                                                        && image.equals(each.imageId())));
    }

    @Test
    void what_was_built_before_is_not_built_again_and_nothing_of_the_machine_stays_in_it() {
        var build = built("twice", Map.of("apt.txt", "hello\n", "one", "1"));
        assertThat(build.state()).as(log(build)).isEqualTo(Build.State.BUILT);

        var again = ended(start(build.environmentId(), "twice", true));
        assertThat(again.imageId()).isEqualTo(build.imageId());
        assertThat(log(again)).contains("Debian's packages (1 of 2): as built before");

        git.commit("twice", Map.of("apt.txt", "hello\n", "two", "2"));
        var other = ended(start(build.environmentId(), "twice", true));
        assertThat(other.imageId()).isNotEqualTo(build.imageId());
        assertThat(log(other)).contains("Debian's packages (1 of 2): as built before");

        var image = Objects.requireNonNull(build.imageId());
        var told =
                DockerCommand.run("history", "--no-trunc", image)
                        + DockerCommand.run("image", "inspect", image)
                        + inside(image, "ls -A /mnt /media; cat /etc/apt/sources.list* || true");
        for (var host : BuildSettings.hosts()) {
            assertThat(told).doesNotContain(host);
        }
    }

    @Test
    void what_cannot_be_had_is_told_by_file_and_line() {
        assertThat(built("no-apt", Map.of("apt.txt", "hello\n\nno-such-thing-7\n")).failure())
                .startsWith("apt.txt line 3: “no-such-thing-7”");
        assertThat(
                        built("no-pip", Map.of("requirements.txt", "lyceum-demo\nnosuch==1\n"))
                                .failure())
                .startsWith("requirements.txt line 2: “nosuch”");
        var conda = "channels: [conda-forge]\ndependencies:\n  - pip\n  - numpy=1.2\n";
        assertThat(built("conda", Map.of("binder/environment.yml", conda)).failure())
                .startsWith("binder/environment.yml line 4: “numpy=1.2” is a package of conda's");
        assertThat(built("python", Map.of("runtime.txt", "python-2.7\n")).failure())
                .startsWith("runtime.txt line 1 asks for Python 2.7");
    }

    @Test
    void a_repository_that_is_not_there_says_so() {
        var build = ended(start(environment("nowhere"), "nowhere", true));
        assertThat(build.state()).isEqualTo(Build.State.FAILED);
        assertThat(log(build)).contains("not found");
    }

    @Test
    void a_build_is_cancelled_and_leaves_nothing() {
        git.commit("endless", Map.of("postBuild", "#!/bin/sh\necho begun\nsleep 600\n"));
        var build = start(environment("endless"), "endless", true);
        Eventually.holds("it is at it", () -> log(build).contains("begun"));
        var second =
                catchThrowableOfType(
                        Problem.class, () -> start(build.environmentId(), "endless", true));
        assertThat(second.code()).isEqualTo("build.under-way");

        platform.hub()
                .builds()
                .builds()
                .cancel(platform.community(), build.environmentId(), build.id());

        assertThat(ended(build).state()).isEqualTo(Build.State.CANCELLED);
        Eventually.holds("its container is gone", () -> containers().isEmpty());
        assertThat(platform.data().resolve("builds/work")).isEmptyDirectory();
    }

    private static List<String> containers() {
        var label = "label=org.lyceum.platform=" + platform.platformId() + "-build";
        return DockerCommand.run("ps", "-aq", "--filter", label).lines().toList();
    }

    @Test
    void a_build_that_writes_too_much_is_ended() {
        var filling = "#!/bin/sh\ndd if=/dev/zero of=big bs=1M count=1500\nsleep 600\n";
        var build = built("big", Map.of("postBuild", filling));
        assertThat(build.failure()).contains("builds.disk");
    }

    @Test
    void a_dockerfile_is_built_for_administrators_of_the_platform_only() {
        var files =
                Map.of(
                        "Dockerfile",
                        "FROM " + System.getenv(BASE) + "\nCOPY word /srv/word\nRUN id -u\n",
                        "word",
                        "from the repository");
        var build = built("dockerfile", files);
        assertThat(build.state()).as(log(build)).isEqualTo(Build.State.BUILT);
        assertThat(inside(Objects.requireNonNull(build.imageId()), "cat /srv/word"))
                .isEqualTo("from the repository");

        var refused = ended(start(build.environmentId(), "dockerfile", false));
        assertThat(refused.failure()).contains("only an administrator of the platform");

        var missing = built("no-base", Map.of("Dockerfile", "FROM lyceum/none:none\n"));
        assertThat(missing.failure())
                .startsWith("Dockerfile line 1: the image “lyceum/none:none” is not on this");
    }

    @Test
    void a_private_repository_is_read_with_a_token_that_no_log_and_no_image_shows()
            throws IOException {
        git.commit("private", Map.of("apt.txt", "hello\n", "secret", "x"));
        long environment = environment("private");
        git.ask("s3cret-token-of-ada");
        try {
            assertThat(ended(start(environment, "private", true)).state())
                    .isEqualTo(Build.State.FAILED);
            var builds = platform.hub().builds().builds();
            var community = platform.community();
            builds.setSource(
                    SETUP,
                    community,
                    environment,
                    git.url("private"),
                    "",
                    Access.TOKEN,
                    "s3cret-token-of-ada");
            var build = ended(builds.ask(SETUP, community, environment, true));
            assertThat(build.state()).as(log(build)).isEqualTo(Build.State.BUILT);
            assertThat(log(build)).doesNotContain("s3cret");
            var image = Objects.requireNonNull(build.imageId());
            assertThat(DockerCommand.run("history", "--no-trunc", image)).doesNotContain("s3cret");
            for (var file : List.of("lyceum.db", "lyceum.db-wal")) {
                assertThat(
                                new String(
                                        Files.readAllBytes(platform.data().resolve(file)),
                                        java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("s3cret-token");
            }
        } finally {
            git.ask("");
        }
    }
}
