package org.lyceum.storage.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.storage.Folder;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.Limits;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.UnsafeFolderException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Goal: an end in the middle of a command harms nobody, and doing the command again finishes it.
 * Method: a process of its own halts between two steps, as kill -9 would have it: the platform with
 * the keeper inside, or the keeper that runs apart, whose caller must be told. Then the same
 * command is given again, to the next process.
 */
class KeeperCrashIT {

    static final Folder FOLDER = new Folder(5, FolderKey.home(new CommunityId(1), new UserId(5)));

    static final Folder SCRATCH =
            new Folder(6, FolderKey.scratch(new CommunityId(1), new UserId(5)));

    /** Nothing is older. */
    static final Instant NEVER = Instant.EPOCH;

    /** When the snapshot is taken. */
    static final Instant FIRST = Instant.ofEpochSecond(1_700_000_000);

    private static final Limits LIMITS = new Limits(24 << 20, 0);
    private static final Limits LOWER = new Limits(12 << 20, 0);

    /** Gives a command that the tests are about. */
    static void give(Keeper keeper, String command, long mark) throws IOException {
        switch (command) {
            case "make" -> keeper.make(FOLDER, LIMITS);
            case "limit" -> keeper.limit(FOLDER, mark, LOWER);
            case "seal" -> keeper.seal(FOLDER);
            case "release" -> keeper.release(FOLDER);
            case "sweep" -> keeper.sweep(FOLDER, NEVER);
            case "remove" -> keeper.remove(FOLDER);
            case "grow" -> keeper.grow(800L << 20);
            case "snapshot" -> keeper.snapshot(FOLDER, FIRST, Long.MAX_VALUE);
            case "drop-snapshot" -> keeper.dropSnapshot(FOLDER, FIRST);
            default -> throw new IllegalArgumentException(command);
        }
    }

    @BeforeEach
    void needs_root() {
        assumeThat(System.getProperty("user.name")).as("mounting needs root").isEqualTo("root");
    }

    @ParameterizedTest
    @CsvSource({
        "INSIDE, BTRFS, make.parents",
        "INSIDE, BTRFS, make.limited",
        "INSIDE, BTRFS, make.given-away",
        "INSIDE, IMAGES, make.parents",
        "INSIDE, IMAGES, make.limited",
        "INSIDE, IMAGES, make.given-away",
        "APART, BTRFS, make.parents",
        "APART, BTRFS, make.limited",
        "APART, BTRFS, make.given-away",
        "APART, IMAGES, make.limited",
        "APART, IMAGES, make.given-away"
    })
    void a_folder_is_never_its_owners_before_it_has_a_limit(
            StorageConfig.Keeping keeping, StorageConfig.Kind kind, String step) throws Exception {
        try (var pool = new PoolUnderTest(kind, Bytes.mib(600))) {
            die(keeping, pool, "make", step, 0);

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
    @CsvSource({"INSIDE, BTRFS", "INSIDE, IMAGES", "APART, BTRFS", "APART, IMAGES"})
    void a_limit_that_was_not_set_is_set_by_the_next(
            StorageConfig.Keeping keeping, StorageConfig.Kind kind) throws Exception {
        try (var pool = new PoolUnderTest(kind, Bytes.mib(600))) {
            var made = pool.keeper().make(FOLDER, LIMITS);
            die(keeping, pool, "limit", "limit", made.mark());
            assertThat(pool.keeper().usage(FOLDER, made.mark()).limits().bytes())
                    .isBetween(23L << 20, 25L << 20);

            give(pool.keeper(), "limit", made.mark());

            assertThat(pool.keeper().usage(FOLDER, made.mark()).limits().bytes())
                    .isBetween(11L << 20, 13L << 20);
        }
    }

    @ParameterizedTest
    @CsvSource({"INSIDE, BTRFS", "INSIDE, IMAGES", "APART, BTRFS", "APART, IMAGES"})
    void a_removal_is_finished_by_the_next(StorageConfig.Keeping keeping, StorageConfig.Kind kind)
            throws Exception {
        try (var pool = new PoolUnderTest(kind, Bytes.mib(600))) {
            var made = pool.keeper().make(FOLDER, LIMITS);
            Files.writeString(made.place().resolve("file"), "x");
            die(keeping, pool, "remove", "remove", made.mark());

            pool.keeper().remove(FOLDER);

            assertThat(made.place()).doesNotExist();
            assertThat(pool.keeper().make(FOLDER, LIMITS).place()).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_folder_that_is_put_away_or_given_back_loses_nothing(StorageConfig.Keeping keeping)
            throws Exception {
        try (var pool = new PoolUnderTest(StorageConfig.Kind.BTRFS, Bytes.mib(600))) {
            var made = pool.keeper().make(FOLDER, LIMITS);
            Files.writeString(made.place().resolve("answer"), "42");
            die(keeping, pool, "sweep", "sweep", made.mark());
            die(keeping, pool, "seal", "own", made.mark());
            pool.keeper().seal(FOLDER);
            assertThat(ownedByItsUser(made.place())).isFalse();
            assertThatThrownBy(() -> pool.keeper().make(FOLDER, LIMITS))
                    .isInstanceOf(UnsafeFolderException.class);

            die(keeping, pool, "release", "own", made.mark());
            pool.keeper().release(FOLDER);

            assertThat(pool.keeper().make(FOLDER, LIMITS)).isEqualTo(made);
            assertThat(ownedByItsUser(made.place())).isTrue();
            assertThat(made.place().resolve("answer")).hasContent("42");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INSIDE, grow.allocated",
        "INSIDE, grow.device",
        "APART, grow.allocated",
        "APART, grow.device"
    })
    void growing_again_finishes_growing(StorageConfig.Keeping keeping, String step)
            throws Exception {
        try (var pool = new PoolUnderTest(StorageConfig.Kind.BTRFS, Bytes.mib(600))) {
            var made = pool.keeper().make(FOLDER, LIMITS);
            Files.writeString(made.place().resolve("answer"), "42");
            die(keeping, pool, "grow", step, made.mark());

            var report = pool.keeper().grow(800L << 20);

            assertThat(report.totalBytes()).isEqualTo(800L << 20);
            assertThat(made.place().resolve("answer")).hasContent("42");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INSIDE, snapshot",
        "INSIDE, snapshot.taken",
        "APART, snapshot",
        "APART, snapshot.taken"
    })
    void a_snapshot_is_there_whole_or_not_at_all_and_goes_whole(
            StorageConfig.Keeping keeping, String step) throws Exception {
        try (var pool = new PoolUnderTest(StorageConfig.Kind.BTRFS, Bytes.mib(600))) {
            var keeper = pool.keeper();
            var made = keeper.make(FOLDER, LIMITS);
            Files.writeString(made.place().resolve("answer"), "42");
            die(keeping, pool, "snapshot", step, made.mark());
            assertThat(keeper.snapshots(FOLDER).times())
                    .hasSize(step.equals("snapshot.taken") ? 1 : 0);

            give(keeper, "snapshot", made.mark());
            var there = keeper.snapshots(FOLDER);
            assertThat(there.times()).containsExactly(FIRST);
            assertThat(there.at(FIRST).resolve("answer")).hasContent("42");

            die(keeping, pool, "drop-snapshot", "drop-snapshot", made.mark());
            give(keeper, "drop-snapshot", made.mark());
            give(keeper, "drop-snapshot", made.mark());
            assertThat(keeper.snapshots(FOLDER).times()).isEmpty();

            give(keeper, "snapshot", made.mark());
            keeper.remove(FOLDER);
            assertThat(keeper.snapshots(FOLDER).times()).isEmpty();
        }
    }

    private static boolean ownedByItsUser(Path place) throws IOException {
        return Files.exists(place)
                && Integer.valueOf(1000).equals(Files.getAttribute(place, "unix:uid"));
    }

    private static void die(
            StorageConfig.Keeping keeping,
            PoolUnderTest pool,
            String command,
            String step,
            long mark)
            throws Exception {
        switch (keeping) {
            case INSIDE -> {
                var process = dying(pool, command, step, mark);
                var said = new String(process.getInputStream().readAllBytes());
                requireKilled(process, said);
            }
            case APART -> {
                var process = dying(pool, "serve", step, mark);
                awaitReady(process);
                var keeper = new RemoteKeeper(pool.config().keeperSocket());
                assertThatThrownBy(() -> give(keeper, command, mark))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("gone");
                requireKilled(process, "");
            }
        }
    }

    private static void awaitReady(Process keeper) throws IOException {
        var said = keeper.inputReader();
        var line = said.readLine();
        while (line != null && !line.equals("ready")) {
            line = said.readLine();
        }
        assertThat(line).as("the keeper is ready").isNotNull();
    }

    private static void requireKilled(Process process, String said) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(137);
    }

    private static Process dying(PoolUnderTest pool, String command, String step, long mark)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KeeperThatDies.class.getName(),
                        pool.config().directory().toString(),
                        pool.config().kind().name(),
                        command,
                        step,
                        Long.toString(mark))
                .redirectErrorStream(true)
                .start();
    }
}
