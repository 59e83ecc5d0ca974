package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.builds.Build;
import org.lyceum.builds.BuildService.Access;
import org.lyceum.catalog.Environment;
import org.lyceum.content.ContentService.Draft;
import org.lyceum.content.Pull;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.storage.FolderKey;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Goal: a private repository is read over ssh with the key that the platform makes, from the host
 * that it has met before and from no other. Method: OpenSSH's own server in a container, of an
 * image that the platform has built for this.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(600)
class BuildSshIT {

    private static final Actor SETUP = new Actor.Platform();

    private static final String SERVER =
            "mkdir -p /run/sshd; ssh-keygen -q -A; cd /tmp; touch keys; git config --global --add"
                + " safe.directory '*'; git init -q -b main course; cd course; echo 1 >one; git add"
                + " one; git -c user.name=t -c user.email=t@t commit -q -m one; chown -R 1000"
                + " /tmp/course; exec /usr/sbin/sshd -D -e -o StrictModes=no -o"
                + " AuthorizedKeysFile=/tmp/keys";

    private static GitNetwork network;
    private static GitHost git;
    private static HubUnderTest platform;
    private static String server;

    @BeforeAll
    static void open() throws IOException {
        network = new GitNetwork();
        git = GitHost.start(network.gateway());
        platform =
                HubUnderTest.withImage(
                        "LYCEUM_TEST_IMAGE_5",
                        "builds.network = \"" + network.name() + "\"",
                        "content.network = \"" + network.name() + "\"");
        BuildSettings.write(platform.data().resolve("builds/settings"), git.certificate());
        git.commit("sshd", Map.of("apt.txt", "openssh-server\n"));
        var built = build(environment("sshd"), git.url("sshd"), Access.OPEN);
        assertThat(built.state()).as(log(built)).isEqualTo(Build.State.BUILT);
        server =
                DockerCommand.run(
                                "run",
                                "-d",
                                "--network",
                                network.name(),
                                "--user",
                                "0",
                                Objects.requireNonNull(built.imageId()),
                                "sh",
                                "-c",
                                SERVER)
                        .strip();
        Eventually.holds("the server listens", () -> said().contains("Server listening"));
    }

    @AfterAll
    static void close() {
        DockerCommand.run("rm", "-f", server);
        BuildSettings.removeLeft(platform);
        git.close();
        network.close();
    }

    private static String said() {
        return DockerCommand.run("logs", server);
    }

    private static String address() {
        var format = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
        return DockerCommand.run("inspect", "-f", format, server);
    }

    private static long environment(String name) {
        var draft =
                new Environment.Draft(
                        name, name, "lyceum/none:yet", List.of("jupyterhub-singleuser"), "", null);
        return platform.hub()
                .catalog()
                .environments()
                .create(SETUP, platform.community(), draft)
                .id();
    }

    private static Build build(long environment, String url, Access access) {
        var builds = platform.hub().builds().builds();
        builds.setSource(SETUP, platform.community(), environment, url, "", access, "");
        return build(environment);
    }

    private static Build build(long environment) {
        var builds = platform.hub().builds().builds();
        var asked = builds.ask(SETUP, platform.community(), environment, true);
        return Eventually.value(
                "the build has ended",
                () ->
                        builds.builds(platform.community()).get(environment).stream()
                                .filter(each -> each.id() == asked.id())
                                .filter(each -> each.state().over())
                                .findFirst());
    }

    private static String log(Build build) {
        try {
            return Files.readString(platform.data().resolve("builds/logs/" + build.id() + ".log"));
        } catch (IOException none) {
            return "no log";
        }
    }

    @Test
    @SecurityStatement({27, 51})
    void files_come_into_a_home_with_the_key_that_was_made_and_the_key_stays_out_of_it()
            throws InterruptedException {
        var address = address();
        var url = "ssh://jovyan@" + address.strip() + "/tmp/course";
        var content = platform.hub().content();
        var community = platform.community();
        var ada = platform.user("ada");
        var source =
                content.content()
                        .put(SETUP, community, 0, new Draft(null, url, "", "private", true));
        content.pulls().atStart(community, ada, null, words -> {});
        assertThat(content.pulls().ofLastStart(community, ada.id()).getFirst().sentence())
                .contains("Permission denied");

        DockerCommand.run(
                "exec", server, "sh", "-c", "echo '" + source.publicKey() + "' >>/tmp/keys");
        platform.passes(Duration.ofMinutes(3)); // a start does not ask again before
        content.pulls().atStart(community, ada, null, words -> {});

        var pull = content.pulls().ofLastStart(community, ada.id()).getFirst();
        assertThat(pull.phase()).as(pull.sentence() + said()).isEqualTo(Pull.Phase.DONE);
        var home = platform.hub().storage().folders().ensure(FolderKey.home(community, ada.id()));
        assertThat(home.resolve("private/one")).hasContent("1");
        assertThat(content.content().of(community).getFirst().hostKeys()).isNotBlank();
        for (var place : List.of(home, platform.data().resolve("content"))) {
            assertThat(
                            DockerCommand.host(
                                    List.of(
                                            "sh",
                                            "-c",
                                            "grep -rl 'PRIVATE KEY' " + place + " || true")))
                    .isEmpty();
        }
        content.content().remove(SETUP, community, source.id());
    }

    @Test
    void a_repository_is_read_with_the_key_that_was_made_and_from_the_host_that_was_met() {
        var address = address();
        long environment = environment("private");
        var stranger =
                build(
                        environment,
                        "ssh://jovyan@" + address.strip() + "/tmp/course",
                        Access.DEPLOY_KEY);
        assertThat(stranger.state()).isEqualTo(Build.State.FAILED);
        assertThat(log(stranger)).contains("Permission denied");

        var builds = platform.hub().builds().builds();
        var key = builds.sources(platform.community()).get(environment).publicKey();
        DockerCommand.run("exec", server, "sh", "-c", "echo '" + key + "' >>/tmp/keys");
        var known = build(environment);
        assertThat(known.state()).as(log(known) + said()).isEqualTo(Build.State.BUILT);
        assertThat(builds.sources(platform.community()).get(environment).hostKeys()).isNotBlank();

        DockerCommand.run(
                "exec",
                server,
                "sh",
                "-c",
                "rm /etc/ssh/ssh_host_*; ssh-keygen -q -A; kill -HUP $(cat /run/sshd.pid)");
        var other = build(environment);
        assertThat(other.state()).isEqualTo(Build.State.FAILED);
        assertThat(log(other)).contains("Host key verification failed");
    }
}
