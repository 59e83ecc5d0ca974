package org.lyceum.platform.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Goal: whoever changes names on the way leads us nowhere. Method: real directories and links. */
class DirectoryTest {

    @TempDir Path temp;

    @Test
    void a_path_is_walked_down_and_made_step_by_step() throws IOException {
        try (var root = Directory.open(temp)) {
            assertThat(root.make("homes", 0711)).isTrue();
            assertThat(root.make("homes", 0711)).isFalse();
            try (var homes = root.below("homes")) {
                homes.make("7", 0700);
            }
            try (var home = root.below("homes/7")) {
                home.mode(0750);
                assertThat(Files.isSameFile(home.path(), temp.resolve("homes/7"))).isTrue();
            }
        }
        var permissions = Files.getPosixFilePermissions(temp.resolve("homes/7"));
        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rwxr-x---");
    }

    @Test
    void a_link_is_refused_at_the_end_in_the_middle_and_as_the_root() throws IOException {
        var outside = Files.createDirectory(temp.resolve("outside"));
        var inside = Files.createDirectories(temp.resolve("root/a/b"));
        Files.createSymbolicLink(inside.resolve("out"), outside);
        Files.createSymbolicLink(temp.resolve("root/short"), inside);
        Files.createSymbolicLink(temp.resolve("door"), temp.resolve("root"));
        try (var root = Directory.open(temp.resolve("root"))) {
            for (var way : new String[] {"a/b/out", "short", "short/out", "a/b/out/x"}) {
                assertThat(refusal(root, way)).as(way).isEqualTo(KernelException.ELOOP);
            }
            for (var way : new String[] {"..", "a/../../outside", "/etc"}) {
                assertThat(refusal(root, way)).as(way).isEqualTo(KernelException.EXDEV);
            }
            assertThat(refusal(root, "none")).isEqualTo(KernelException.ENOENT);
        }
        var refused =
                catchThrowableOfType(
                        KernelException.class, () -> Directory.open(temp.resolve("door")));
        assertThat(refused.errno()).isEqualTo(KernelException.ENOTDIR);
    }

    @Test
    void what_is_open_stays_what_it_was_when_its_name_goes_elsewhere() throws IOException {
        Files.createDirectories(temp.resolve("real"));
        try (var root = Directory.open(temp);
                var real = root.below("real")) {
            Files.move(temp.resolve("real"), temp.resolve("moved"));
            Files.createSymbolicLink(temp.resolve("real"), Path.of("/etc"));
            real.make("made", 0700);
        }
        assertThat(temp.resolve("moved/made")).isDirectory();
    }

    @Test
    void a_name_is_one_name() throws IOException {
        try (var root = Directory.open(temp)) {
            for (var name : new String[] {"", "..", "a/b", "/"}) {
                assertThatIllegalArgumentException().isThrownBy(() -> root.make(name, 0700));
            }
        }
    }

    @Test
    void a_move_never_replaces_anything() throws IOException {
        Files.createDirectories(temp.resolve("from"));
        Files.createDirectories(temp.resolve("to"));
        try (var root = Directory.open(temp)) {
            var refused =
                    catchThrowableOfType(
                            KernelException.class, () -> root.move("from", root, "to"));
            assertThat(refused.errno()).isEqualTo(KernelException.EEXIST);
            root.move("from", root, "elsewhere");
            assertThat(root.link("door", "elsewhere")).isTrue();
            assertThat(root.link("door", "other")).isFalse();
            root.removeFile("door");
            root.removeDirectory("elsewhere");
        }
        assertThat(temp.resolve("elsewhere")).doesNotExist();
        assertThat(Files.exists(temp.resolve("door"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void the_room_of_a_file_system_is_what_java_says_too() throws IOException {
        try (var root = Directory.open(temp)) {
            var store = Files.getFileStore(temp);
            assertThat(root.space().total()).isEqualTo(store.getTotalSpace());
            assertThat(root.space().available())
                    .isBetween(store.getUsableSpace() / 2, store.getUsableSpace() * 2);
        }
    }

    private static int refusal(Directory root, String way) {
        return catchThrowableOfType(KernelException.class, () -> root.below(way).close()).errno();
    }
}
