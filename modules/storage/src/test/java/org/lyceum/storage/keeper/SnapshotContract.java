package org.lyceum.storage.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.storage.Folder;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.Keeper.Taken;
import org.lyceum.storage.Limits;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * Goal: earlier versions are the same to their owner whatever keeps them: what was is there, nobody
 * changes it, and it is not counted in any limit. Method: a small pool for each test, of each kind
 * that this kernel can limit; files are written by processes without privileges.
 */
abstract class SnapshotContract {

    private static final long MIB = QuotaContract.MIB;
    private static final long SHARE = 400 * MIB;
    private static final Instant FIRST = Instant.ofEpochSecond(1_700_000_000);

    private final People people = new ProcessPeople();
    private PoolUnderTest pool;
    private Folder folder;
    private Keeper.Made made;

    abstract StorageConfig.Kind kind();

    /** A new one, free of links, for the pool, where somebody who is not root can pass. */
    Path directory() throws IOException {
        var directory = Files.createTempDirectory("lyceum-pool").toRealPath();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        return directory;
    }

    /** Whether an earlier version has to be copied, and so takes room at once. */
    boolean copies() {
        return kind() == StorageConfig.Kind.EXT4;
    }

    private boolean walks() {
        return kind() != StorageConfig.Kind.BTRFS;
    }

    @BeforeEach
    void make() throws IOException {
        pool = new PoolUnderTest(directory(), kind(), Bytes.mib(600));
        folder = QuotaContract.folder();
        made = pool.keeper().make(folder, new Limits(64 * MIB, 0));
    }

    @AfterEach
    void remove() throws IOException {
        pool.keeper().remove(folder);
        pool.close();
    }

    private Taken take(int hour, long share) throws IOException {
        pool.flush(); // btrfs knows of changes from then on
        return pool.keeper().snapshot(folder, at(hour), share);
    }

    private static Instant at(int hour) {
        return FIRST.plus(Duration.ofHours(hour));
    }

    private Path tree(int hour) throws IOException {
        return pool.keeper().snapshots(folder).at(at(hour));
    }

    @Test
    void what_was_is_there_and_nobody_can_change_it() throws IOException {
        people.run(
                made.place(), "mkdir -m 700 d; echo one > d/paper; ln -s /etc link; mkfifo pipe");
        assertThat(take(0, SHARE)).isEqualTo(Taken.TAKEN);
        people.run(made.place(), "printf two | dd of=d/paper conv=notrunc; rm link");
        assertThat(take(1, SHARE)).isEqualTo(Taken.TAKEN);
        assertThat(take(2, SHARE)).isEqualTo(Taken.UNCHANGED);

        assertThat(pool.keeper().snapshots(folder).times()).containsExactly(at(0), at(1));
        assertThat(tree(0).resolve("d/paper")).hasContent("one");
        assertThat(tree(1).resolve("d/paper")).hasContent("two");
        assertThat(Files.readSymbolicLink(tree(0).resolve("link"))).isEqualTo(Path.of("/etc"));
        for (var file : new Path[] {tree(0).resolve("d/paper"), tree(0).resolve("new")}) {
            assertThatThrownBy(() -> Files.writeString(file, "root's"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("Read-only file system");
        }
        var said =
                people.run(
                        tree(0),
                        "cat d/paper; stat -c '%a %u' d; (echo x > d/paper) 2>&1; rm -r d 2>&1;"
                                + " echo end");
        assertThat(said.subList(0, 2)).containsExactly("one", "700 1000");
        assertThat(said.get(2)).contains("Read-only file system");
        assertThat(tree(0).resolve("d/paper")).hasContent("one");
    }

    @Test
    void earlier_versions_are_counted_in_nobodys_limit() throws IOException {
        people.run(made.place(), QuotaContract.write("big", 48));
        assertThat(take(0, SHARE)).isEqualTo(Taken.TAKEN);
        pool.flush();
        long before = pool.keeper().usage(folder, made.mark()).bytes();
        assertThat(before).isBetween(48 * MIB, 50 * MIB);

        var said = people.run(made.place(), "rm big; sync; " + QuotaContract.write("new", 48));

        assertThat(said).isEmpty();
        pool.flush();
        assertThat(pool.keeper().usage(folder, made.mark()).bytes()).isBetween(48 * MIB, 50 * MIB);
        assertThat(tree(0).resolve("big")).hasSize(48 * MIB);
        assertThat(String.join("", people.run(made.place(), QuotaContract.write("more", 32))))
                .isNotEmpty(); // and the limit holds as before
    }

    @Test
    void what_they_take_is_known_and_a_copy_that_does_not_fit_is_not_made() throws IOException {
        people.run(made.place(), QuotaContract.write("big", 40));
        var first = take(0, 20 * MIB);
        assertThat(first).isEqualTo(copies() ? Taken.NO_ROOM : Taken.TAKEN);
        if (!walks()) {
            assertThatThrownBy(() -> pool.keeper().snapshotBytes()).isInstanceOf(IOException.class);
            return;
        }
        assertThat(pool.keeper().snapshotBytes()).isLessThan(2 * MIB);
        people.run(made.place(), "echo small > small");
        take(1, SHARE);
        assertThat(pool.keeper().snapshotBytes())
                .isBetween(copies() ? 40 * MIB : 0, copies() ? 42 * MIB : 2 * MIB);

        people.run(made.place(), "rm big");
        assertThat(take(2, SHARE)).isEqualTo(Taken.TAKEN);
        assertThat(pool.keeper().snapshotBytes()).isBetween(40 * MIB, 42 * MIB);
        pool.keeper().dropSnapshot(folder, at(0));
        pool.keeper().dropSnapshot(folder, at(1));
        awaitLessThan(2 * MIB);
        assertThat(pool.keeper().usages()).containsOnlyKeys(made.mark());
    }

    /** XFS gives blocks of removed files back when it gets to it. */
    private void awaitLessThan(long bytes) throws IOException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (pool.keeper().snapshotBytes() >= bytes) {
            assertThat(System.nanoTime()).as("waiting for blocks to be free").isLessThan(end);
            pool.flush();
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        }
    }

    @Test
    void they_are_there_after_the_machine_was_off_and_go_with_their_folder() throws IOException {
        people.run(made.place(), "echo 42 > answer");
        take(0, SHARE);
        pool.reboot();

        assertThat(pool.keeper().snapshots(folder).times()).containsExactly(at(0));
        assertThat(tree(0).resolve("answer")).hasContent("42");
        assertThat(take(1, SHARE)).isEqualTo(Taken.UNCHANGED);

        pool.keeper().remove(folder);
        assertThat(pool.keeper().snapshots(folder).times()).isEmpty();
        pool.keeper().make(folder, new Limits(64 * MIB, 0));
    }
}
