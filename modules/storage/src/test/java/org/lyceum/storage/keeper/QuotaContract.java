package org.lyceum.storage.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.storage.Folder;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.Limits;
import org.lyceum.storage.PoolKind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Goal: limits hold, for one person at a time, whatever enforces them. Method: the same scenarios
 * on every kind of pool, with real files written by real processes without privileges: in hardened
 * containers where there is an engine, as user 1000 without capabilities in the virtual machine
 * that has the file systems this kernel lacks. What differs between kinds is in {@link #refusal()}
 * and {@link PoolKind.Abilities}, and nowhere else.
 */
abstract class QuotaContract {

    static final long MIB = 1L << 20;

    /** Rounding to blocks, and what a directory or a tree of its own costs. */
    static final long TOLERANCE = MIB / 2;

    private static final AtomicLong NUMBERS = new AtomicLong();

    abstract Keeper keeper();

    abstract People people();

    abstract PoolKind kind();

    /** What a program is told: "Disk quota exceeded" or "No space left on device". */
    abstract String refusal();

    /**
     * Whether a limit can be raised while the folder is in use, also beyond what it was made with.
     */
    boolean grows() {
        return true;
    }

    /** By so much a limit on files may be more than what was asked for. */
    int roundedFiles() {
        return 0;
    }

    static Folder folder() {
        long number = NUMBERS.incrementAndGet();
        return new Folder(number, FolderKey.home(new CommunityId(1), new UserId(number)));
    }

    Keeper.Made made(Folder folder, long mebibytes, long inodes) throws IOException {
        return keeper().make(folder, new Limits(mebibytes * MIB, inodes));
    }

    /** Writes so many MiB and says how it went, in the words of the C library. */
    static String write(String file, int mebibytes) {
        return "dd if=/dev/zero of=%s bs=64k count=%d conv=fsync 2>&1 | grep -v records | grep -v copied"
                .formatted(file, mebibytes * 16);
    }

    @Test
    @SecurityStatement(14)
    void writing_past_the_limit_stops_that_person_only() throws IOException {
        var ada = folder();
        var eve = folder();
        var adas = made(ada, 24, 0);
        var eves = made(eve, 24, 0);

        var said = people().run(eves.place(), write("big", 64) + "; echo end");
        assertThat(String.join("\n", said)).contains(refusal()).contains("end");
        assertThat(held(eves)).isBetween(20 * MIB, 24 * MIB + TOLERANCE);

        said = people().run(adas.place(), write("notes", 4) + "; echo end");
        assertThat(said).containsExactly("end");
        assertThat(keeper().usage(ada, adas.mark()).bytes()).isBetween(4 * MIB, 5 * MIB);
    }

    @Test
    @SecurityStatement(14)
    void two_people_fill_up_at_once_and_each_gets_their_own() throws IOException {
        var first = made(folder(), 20, 0);
        var second = made(folder(), 30, 0);

        var one = people().start(first.place(), write("a", 64));
        var two = people().start(second.place(), write("b", 64));

        assertThat(String.join("\n", one.lines())).contains(refusal());
        assertThat(String.join("\n", two.lines())).contains(refusal());
        assertThat(held(first)).isBetween(16 * MIB, 20 * MIB + TOLERANCE);
        assertThat(held(second)).isBetween(26 * MIB, 30 * MIB + TOLERANCE);
    }

    @Test
    void a_limit_lowered_below_what_is_held_stops_growth_at_once_and_loses_nothing()
            throws IOException {
        var folder = folder();
        var made = made(folder, 40, 0);
        people().run(made.place(), write("kept", 24));

        keeper().limit(folder, made.mark(), new Limits(16 * MIB, 0));
        var said =
                people().run(
                                made.place(),
                                write("more", 4) + "; wc -c < kept; rm kept more; sync; echo gone");
        assertThat(String.join("\n", said)).contains(refusal(), "25165824", "gone");

        settle(folder, made);
        said = people().run(made.place(), write("less", 8) + "; echo written");
        assertThat(said).containsExactly("written");
    }

    @Test
    void a_raised_limit_is_there_at_once_for_a_program_that_runs() throws IOException {
        var folder = folder();
        var made = made(folder, 16, 0);
        var script =
                write("first", 32)
                        + "; rm first; sync; touch waiting; until [ -e go ]; do sleep 0.1; done; "
                        + write("second", 20)
                        + "; echo end";
        var running = people().start(made.place(), script);
        awaitFile(made.place().resolve("waiting"));

        if (!grows()) {
            Files.createFile(made.place().resolve("go"));
            assertThat(String.join("\n", running.lines())).contains("end");
            return;
        }
        keeper().limit(folder, made.mark(), new Limits(48 * MIB, 0));
        Files.createFile(made.place().resolve("go"));

        var said = running.lines();
        assertThat(said.getFirst()).contains(refusal());
        assertThat(said).hasSize(2).endsWith("end");
    }

    @Test
    @SecurityStatement(15)
    void files_without_a_byte_in_them_end_at_the_limit_too() throws IOException {
        var folder = folder();
        // Where files are not counted each still costs bytes, so the limit on bytes ends them.
        var made = made(folder, kind().abilities().inodes() ? 64 : 4, 2_000);
        var script =
                "i=0; while [ $i -lt 40000 ] && true > file-with-a-name-$i; do"
                        + " i=$((i+1)); done; echo made $i; ls | wc -l";

        var said = people().run(made.place(), "( " + script + " ) 2>/dev/null");

        long files = Long.parseLong(said.getLast().strip());
        assertThat(files).isGreaterThan(1_000);
        assertThat(files).isLessThan(kind().abilities().inodes() ? 2_001 + roundedFiles() : 25_000);
        assertThat(people().run(made.place(), "rm -f file-*; sync; echo removed"))
                .containsExactly("removed");
        settle(folder, made);
        assertThat(people().run(made.place(), write("after", 1) + "; echo written"))
                .containsExactly("written");
    }

    @Test
    void all_folders_are_read_at_once_as_the_kernel_counts_them() throws IOException {
        var folders = List.of(folder(), folder(), folder());
        var mades = new java.util.ArrayList<Keeper.Made>();
        for (var folder : folders) {
            var made = made(folder, 32, 5_000);
            mades.add(made);
            people().run(made.place(), write("data", (int) folder.number() % 5 + 2));
        }
        flush();

        var usages = keeper().usages();

        for (int i = 0; i < folders.size(); i++) {
            var usage = usages.get(mades.get(i).mark());
            long written = (folders.get(i).number() % 5 + 2) * MIB;
            assertThat(usage.bytes()).isBetween(written, written + TOLERANCE);
            assertThat(usage.limits().bytes())
                    .isBetween(32 * MIB - TOLERANCE, 32 * MIB + TOLERANCE);
            assertThat(keeper().usage(folders.get(i), mades.get(i).mark()).bytes())
                    .isBetween(written, written + TOLERANCE);
            if (kind().abilities().inodes()) {
                assertThat(usage.inodes()).isBetween(1L, 3L);
                assertThat(usage.limits().inodes()).isBetween(5_000L, 6_000L);
            }
        }
    }

    @Test
    void limits_and_files_are_there_after_the_machine_was_off() throws IOException {
        var folder = folder();
        var made = made(folder, 20, 0);
        people().run(made.place(), write("kept", 6));

        reboot();
        var again = made(folder, 20, 0);

        assertThat(again).isEqualTo(made);
        assertThat(keeper().usage(folder, made.mark()).bytes()).isBetween(6 * MIB, 7 * MIB);
        var said = people().run(made.place(), write("more", 64) + "; wc -c < kept");
        assertThat(String.join("\n", said)).contains(refusal(), "6291456");
    }

    @Test
    void making_a_folder_twice_changes_nothing_in_it() throws IOException {
        var folder = folder();
        var made = made(folder, 20, 0);
        people().run(made.place(), "echo 42 > answer; chmod 750 .");

        assertThat(made(folder, 20, 0)).isEqualTo(made);
        assertThat(people().run(made.place(), "cat answer; stat -c '%u:%g %a' ."))
                .containsExactly("42", "1000:1000 750");
    }

    @Test
    void a_removed_folder_leaves_neither_files_nor_a_limit() throws IOException {
        var folder = folder();
        var made = made(folder, 20, 0);
        people().run(
                        made.place(),
                        "mkdir -p a/b/c; echo x > a/b/c/d; ln -s /etc link; touch ' \n'");

        keeper().remove(folder);
        keeper().remove(folder);

        assertThat(made.place()).doesNotExist();
        assertThat(Path.of("/etc/passwd")).exists();
        var again = made(folder, 20, 0);
        assertThat(again.place()).isEmptyDirectory();
    }

    @Test
    void df_shows_the_folders_own_limit_where_the_kind_says_so() throws IOException {
        var made = made(folder(), 40, 0);

        var said = people().run(made.place(), "/usr/bin/df -Pk . | tail -n 1 | awk '{ print $2 }'");

        long size = Long.parseLong(said.getFirst().strip()) * 1024;
        if (kind().abilities().df()) {
            assertThat(size).isBetween(38 * MIB, 48 * MIB);
        } else {
            assertThat(size).isGreaterThan(400 * MIB);
        }
    }

    /** Gives what was freed back to the count: at the next transaction, or to the ballast. */
    void settle(Folder folder, Keeper.Made made) throws IOException {
        flush();
        var usage = keeper().usage(folder, made.mark());
        assertThat(usage.bytes()).isLessThan(2 * MIB);
    }

    void flush() throws IOException {
        try (var root =
                org.lyceum.platform.linux.Directory.open(Path.of(keeper().open().place()))) {
            root.flushFileSystem();
        }
    }

    /** Unmounts everything and forgets everything, as a restart of the machine does. */
    abstract void reboot() throws IOException;

    private long held(Keeper.Made made) throws IOException {
        flush();
        return keeper().usages().get(made.mark()).bytes();
    }

    static void awaitFile(Path file) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).as("waiting for " + file).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}
