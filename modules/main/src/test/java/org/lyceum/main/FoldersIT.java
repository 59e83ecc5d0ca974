package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.identity.RoleHolder;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.storage.FolderKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Goal: members read what teachers hand out, groups share a folder, everybody has scratch, and
 * nothing that somebody puts into their home leads a mount astray. Method: the whole platform, a
 * real pool, real servers of two members and a teacher.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
@Timeout(300)
class FoldersIT {

    private static final Actor SETUP = new Actor.Platform();

    private RealPool pool;
    private HubUnderTest platform;

    RealPool pool() {
        return new RealPool();
    }

    HubUnderTest platform(RealPool pool) {
        return HubUnderTest.withImage("LYCEUM_TEST_IMAGE_3", pool.settings());
    }

    HubUnderTest platform() {
        return platform;
    }

    @BeforeEach
    void start() {
        pool = pool();
        platform = platform(pool);
        var identity = platform.hub().identity();
        for (var name : List.of("ada", "eve", "tess")) {
            platform.user(name);
        }
        identity.roles()
                .give(
                        SETUP,
                        platform.community(),
                        "admin",
                        new RoleHolder.OfUser(platform.user("tess").id()));
        var lab =
                identity.groups().create(SETUP, platform.community(), "lab", List.of("ada", "eve"));
        platform.hub().storage().folders().ensure(FolderKey.group(platform.community(), lab.id()));
    }

    @AfterEach
    void end() {
        platform.close();
        pool.close();
    }

    /** What a command in the server of {@code name} prints, in their home. */
    String in(String name, String command) {
        var server = platform.hub().servers().queries().find(platform.server(name)).orElseThrow();
        return DockerCommand.run("exec", server.containerId(), "sh", "-c", "cd; " + command)
                .strip();
    }

    private Path home(String name) {
        return pool.root().resolve("communities/1/homes/" + platform.user(name).id());
    }

    @Test
    @SecurityStatement({9, 10})
    void two_members_and_a_teacher_find_what_is_theirs_and_change_nothing_else() {
        for (var name : List.of("ada", "eve", "tess")) {
            SingleUserContract.start(platform, name);
        }
        assertThat(in("tess", "echo 6*7 > shared-readwrite/lesson; cat shared/lesson"))
                .isEqualTo("6*7");
        assertThat(in("ada", "cat shared/lesson ~/shared/lesson")).isEqualTo("6*7\n6*7");
        assertThat(in("ada", "echo x > shared/lesson")).contains("Read-only file system");
        assertThat(in("ada", "rm -f shared/lesson")).contains("Read-only file system");
        assertThat(in("ada", "ls -d shared-readwrite /folders/shared-readwrite"))
                .doesNotContain("\nshared-readwrite")
                .contains("No such file");
        assertThat(in("ada", "mount -o remount,rw /folders/shared 2>&1; echo $?"))
                .doesNotEndWith("\n0");

        assertThat(in("ada", "echo one > groups/lab/paper; echo two > scratch/big; ls scratch"))
                .isEqualTo("big");
        assertThat(in("eve", "echo two >> groups/lab/paper; cat groups/lab/paper; ls scratch"))
                .isEqualTo("one\ntwo");
        assertThat(in("tess", "ls -d groups /folders/groups")).contains("No such file");
    }

    @Test
    @SecurityStatement(9)
    void what_stands_in_the_way_in_a_home_stays_and_leads_nowhere() throws IOException {
        var home = platform.hub().storage().mounts().of(platform.community(), platform.user("eve"));
        assertThat(home.getFirst().hostPath()).isEqualTo(home("eve"));
        Files.createSymbolicLink(home("eve").resolve("shared"), Path.of("/etc"));
        Files.createSymbolicLink(home("eve").resolve("scratch"), Path.of("/run/lyceum"));
        Files.createDirectory(home("eve").resolve("groups"));
        Files.writeString(home("eve").resolve("groups/own"), "mine");
        Files.createSymbolicLink(
                home("eve").resolve("shared-readwrite"), Path.of("/folders/shared-readwrite"));

        SingleUserContract.start(platform, "eve");

        assertThat(in("eve", "readlink shared scratch; cat groups/own"))
                .isEqualTo("/etc\n/run/lyceum\nmine");
        assertThat(in("eve", "ls -d /folders/groups/lab /folders/shared"))
                .isEqualTo("/folders/groups/lab\n/folders/shared");
        assertThat(in("eve", "readlink shared-readwrite || echo gone")).isEqualTo("gone");
        assertThat(Path.of("/etc/lesson")).doesNotExist();
    }
}
