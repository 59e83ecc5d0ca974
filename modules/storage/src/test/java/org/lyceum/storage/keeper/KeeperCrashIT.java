package org.lyceum.storage.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.storage.Folder;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.Limits;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Goal: an end in the middle of a command harms nobody, and doing the command again finishes it.
 * Method: a process of its own halts between two steps, as kill -9 would have it; then the same
 * command is given again.
 */
class KeeperCrashIT {

    static final Folder FOLDER = new Folder(5, FolderKey.home(new CommunityId(1), new UserId(5)));

    private static final Limits LIMITS = new Limits(24 << 20, 0);

    @BeforeEach
    void needs_root() {
        assumeThat(System.getProperty("user.name")).as("mounting needs root").isEqualTo("root");
    }

    @ParameterizedTest
    @CsvSource({
        "BTRFS, make.parents",
        "BTRFS, make.limited",
        "BTRFS, make.given-away",
        "IMAGES, make.parents",
        "IMAGES, make.limited",
        "IMAGES, make.given-away"
    })
    void a_folder_is_never_its_owners_before_it_has_a_limit(StorageConfig.Kind kind, String step)
            throws Exception {
        try (var pool = new PoolUnderTest(kind, Bytes.mib(600))) {
            die(pool, "make", step);

            var place = pool.root().resolve(FOLDER.key().toString());
            var files = kind == StorageConfig.Kind.IMAGES ? place.resolve("files") : place;
            if (ownedByItsUser(files)) { // then it has a limit, before anybody sets one again
                pool.flush();
                assertThat(pool.keeper().usages().values())
                        .singleElement()
                        .satisfies(now -> assertThat(now.limits().bytes()).isLessThan(25L << 20))
                        .satisfies(
                                now -> assertThat(now.limits().bytes()).isGreaterThan(23L << 20));
            }
            assertThat(ownedByItsUser(files)).isEqualTo(step.equals("make.given-away"));
            var again = pool.keeper().make(FOLDER, LIMITS);
            assertThat(ownedByItsUser(again.place())).isTrue();
            assertThat(pool.keeper().usage(FOLDER, again.mark()).limits().bytes())
                    .isBetween(23L << 20, 25L << 20);
        }
    }

    @ParameterizedTest
    @CsvSource({"BTRFS, remove", "IMAGES, remove"})
    void a_removal_is_finished_by_the_next(StorageConfig.Kind kind, String step) throws Exception {
        try (var pool = new PoolUnderTest(kind, Bytes.mib(600))) {
            var made = pool.keeper().make(FOLDER, LIMITS);
            Files.writeString(made.place().resolve("file"), "x");
            die(pool, "remove", step);

            pool.keeper().remove(FOLDER);

            assertThat(made.place()).doesNotExist();
            assertThat(pool.keeper().make(FOLDER, LIMITS).place()).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @CsvSource({"grow.allocated", "grow.device"})
    void growing_again_finishes_growing(String step) throws Exception {
        try (var pool = new PoolUnderTest(StorageConfig.Kind.BTRFS, Bytes.mib(600))) {
            var made = pool.keeper().make(FOLDER, LIMITS);
            Files.writeString(made.place().resolve("answer"), "42");
            die(pool, "grow", step);

            var report = pool.keeper().grow(800L << 20);

            assertThat(report.totalBytes()).isEqualTo(800L << 20);
            assertThat(made.place().resolve("answer")).hasContent("42");
        }
    }

    private static boolean ownedByItsUser(Path place) throws IOException {
        return Files.exists(place)
                && Integer.valueOf(1000).equals(Files.getAttribute(place, "unix:uid"));
    }

    private static void die(PoolUnderTest pool, String command, String step) throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KeeperThatDies.class.getName(),
                                pool.config().directory().toString(),
                                pool.config().kind().name(),
                                command,
                                step)
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(137);
    }
}
