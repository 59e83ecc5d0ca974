package org.lyceum.storage.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.LoopDevices;
import org.lyceum.platform.linux.Mounts;
import org.lyceum.platform.linux.Program;
import org.lyceum.storage.Keeper.Taken;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Goal: a tree is the folder as it was, to the byte, costs what changed, and is whole or not there.
 * Method: real file systems of both kinds in a file each, which this kernel can mount, though not
 * limit; a shell does what people do.
 */
class TreeSnapshotsIT {

    private static final Instant FIRST = Instant.ofEpochSecond(1_700_000_000);
    private static final long MIB = 1 << 20;

    /** What a tree shows of itself: everything that is to be kept. */
    private static final String LISTING =
            "find . -mindepth 1 ! -type p ! -type d -printf '%p %y %m %U:%G %s %T@ %l\\n' | sort;"
                    + " find . -mindepth 1 -type d -printf '%p %m %U:%G %T@\\n' | sort;"
                    + " find . -type f -print0 | sort -z | xargs -0 sha256sum";

    private Path directory;
    private Path folder;
    private Path place;

    @BeforeEach
    void needs_root() throws IOException {
        assumeThat(System.getProperty("user.name")).as("mounting needs root").isEqualTo("root");
        directory = Files.createTempDirectory("lyceum-trees").toRealPath();
    }

    private void mount(String fileSystem) throws IOException {
        var image = directory.resolve("image");
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(600 * MIB);
        }
        Program.run(Duration.ofMinutes(1), List.of("mkfs." + fileSystem, "-q", image.toString()));
        var root = Files.createDirectory(directory.resolve("root"));
        try (var attached = LoopDevices.attach(image)) {
            Mounts.mount(attached.device(), root, fileSystem, "");
        }
        folder = Files.createDirectory(root.resolve("folder"));
        place = Files.createDirectory(root.resolve("place"));
        shell(folder, "chown 1000:1000 .; chmod 750 .");
    }

    @AfterEach
    void remove() throws IOException {
        if (folder != null) {
            Mounts.unmount(directory.resolve("root"));
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String shell(Path where, String script) throws IOException {
        return Program.run(
                Duration.ofMinutes(2),
                List.of("bash", "-c", "cd " + where + " && { " + script.strip() + "; } 2>&1"));
    }

    private Taken take(int hour, long room) throws IOException {
        try (var live = Directory.open(folder);
                var into = Directory.open(place)) {
            var at = FIRST.plus(Duration.ofHours(hour));
            return new TreeSnapshots(into, Way.of(into), step -> {}).take(live, at, room);
        }
    }

    private Taken take(int hour) throws IOException {
        return take(hour, Long.MAX_VALUE);
    }

    private Path tree(int hour) {
        return place.resolve(Long.toString(FIRST.plus(Duration.ofHours(hour)).getEpochSecond()));
    }

    private static long inode(Path file) throws IOException {
        return (Long) Files.getAttribute(file, "unix:ino");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xfs", "ext4"})
    void a_tree_has_all_that_was_there_to_the_byte_and_the_nanosecond(String fileSystem)
            throws IOException {
        mount(fileSystem);
        shell(
                folder,
                """
                mkdir -p a/b ro; echo one > a/b/paper; chmod 640 a/b/paper; chown 1000:1000 a/b/paper
                touch -d '2001-02-03 04:05:06.123456789' a/b/paper
                ln -s /etc/passwd link; ln -s nowhere a/dangling; ln a/b/paper a/twin; mkfifo pipe
                printf x > $'name\\xff\\n'; printf y > ' -rf *'; : > empty
                truncate -s 1G hole; printf end >> hole; printf middle | dd of=hole bs=1 seek=5000000 conv=notrunc status=none
                chmod 4711 empty; chmod 500 ro; touch -d '1999-01-01' a/b ro
                p=.; for i in $(seq 60); do p=$p/deep-directory-with-a-name; mkdir $p; done; echo deep > $p/file
                for i in $(seq 3000); do echo $i > a/many-$i; done
                """);
        var before = shell(folder, LISTING);

        assertThat(take(0)).isEqualTo(Taken.TAKEN);

        assertThat(shell(tree(0), LISTING)).isEqualTo(before).contains("paper", "many-3000");
        assertThat(tree(0).resolve("pipe")).doesNotExist();
        assertThat(inode(tree(0).resolve("a/twin"))).isEqualTo(inode(tree(0).resolve("a/b/paper")));
        assertThat(shell(tree(0), "stat -c '%a %u' .").strip()).isEqualTo("750 1000");
        assertThat(Long.parseLong(shell(tree(0), "du -k hole | cut -f1").strip()))
                .isLessThan(1_000);
        assertThat(shell(place, "ls -A").strip()).isEqualTo(tree(0).getFileName().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xfs", "ext4"})
    void what_is_unchanged_is_stored_once_and_never_is_the_folders_own_file(String fileSystem)
            throws IOException {
        mount(fileSystem);
        shell(
                folder,
                "mkdir d; echo same > d/same; head -c 20M /dev/urandom > big; echo 1 > d/other");
        take(0);
        assertThat(take(1)).isEqualTo(Taken.UNCHANGED);
        assertThat(tree(1)).doesNotExist();

        // Written in place, as long as before, and with its old time: what rsync would not see.
        shell(
                folder,
                "touch -r d/other t; printf 2 | dd of=d/other conv=notrunc status=none; touch -r t"
                        + " d/other");
        assertThat(take(2)).isEqualTo(Taken.TAKEN);

        assertThat(tree(0).resolve("d/other")).hasContent("1");
        assertThat(tree(2).resolve("d/other")).hasContent("2");
        assertThat(inode(tree(0).resolve("big"))).isEqualTo(inode(tree(2).resolve("big")));
        assertThat(inode(tree(0).resolve("big"))).isNotEqualTo(inode(folder.resolve("big")));
        shell(folder, "printf changed | dd of=big conv=notrunc status=none");
        assertThat(Files.readString(tree(2).resolve("d/same"))).isEqualTo("same\n");
        assertThat(shell(tree(2), "head -c 7 big | od -An -c")).doesNotContain("c   h   a   n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xfs", "ext4"})
    void each_kind_of_change_is_seen_and_none_means_no_other_snapshot(String fileSystem)
            throws IOException {
        mount(fileSystem);
        shell(folder, "mkdir -p d/e; echo 1 > d/e/f; echo 2 > d/e/g; ln -s f d/e/l; echo 3 > h");
        int hour = 0;
        take(hour);
        for (var change :
                List.of(
                        "echo 1 >> d/e/f",
                        "chmod 600 d/e/f",
                        "rm d/e/g",
                        "ln -sfn g d/e/l",
                        "mv d/e d/x",
                        "mkdir d/x/new",
                        "rmdir d/x/new",
                        "chown 1000 h",
                        "touch -d 1980-01-01 h",
                        "truncate -s 1M h",
                        "cp h k; mv k h",
                        "python3 -c \"import"
                                + " mmap;f=open('h','r+b');m=mmap.mmap(f.fileno(),0);m[0]=65\"")) {
            shell(folder, change);
            assertThat(take(++hour)).as(change).isEqualTo(Taken.TAKEN);
            assertThat(shell(tree(hour), LISTING)).as(change).isEqualTo(shell(folder, LISTING));
            assertThat(take(++hour)).as("after " + change).isEqualTo(Taken.UNCHANGED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xfs", "ext4"})
    void a_folder_that_is_written_to_all_the_time_does_not_break_it(String fileSystem)
            throws Exception {
        mount(fileSystem);
        shell(folder, "mkdir calm; for i in $(seq 500); do echo $i > calm/$i; done");
        var script =
                "cd "
                        + folder
                        + "; while [ ! -e stop ]; do for i in 1 2 3; do echo $RANDOM >> log; mkdir"
                        + " -p x/y; head -c 300000 /dev/urandom > x/y/$i; mv x z; ln -sfn / x; rm"
                        + " x; mv z x; rm -rf x/y; ln -sfn /etc/passwd swap; rm swap; echo f >"
                        + " swap; done; done";
        var writer = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
        try {
            for (int hour = 0; hour < 12; hour++) {
                assertThat(take(hour)).isEqualTo(Taken.TAKEN);
                assertThat(shell(tree(hour), "cat calm/* | wc -l").strip()).isEqualTo("500");
                assertThat(
                                shell(
                                                tree(hour),
                                                "[ -L swap ] || cat swap log 2>/dev/null | grep -c"
                                                        + " root: || true")
                                        .strip())
                        .isIn("", "0");
            }
        } finally {
            Files.createFile(folder.resolve("stop"));
            writer.getInputStream().readAllBytes();
            assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        shell(folder, "rm -f stop");
        take(12);
        assertThat(shell(tree(12), LISTING)).isEqualTo(shell(folder, LISTING));
    }

    @ParameterizedTest
    @CsvSource({
        "xfs, snapshot.begun", "xfs, snapshot.copied", "xfs, snapshot.named",
        "ext4, snapshot.begun", "ext4, snapshot.copied", "ext4, snapshot.named"
    })
    void a_process_that_is_killed_leaves_a_whole_tree_or_none_and_the_next_clears_up(
            String fileSystem, String step) throws Exception {
        mount(fileSystem);
        shell(folder, "mkdir d; echo 42 > d/answer; ln d/answer d/twin");

        assertThat(die("take", step)).isEqualTo(137);
        boolean whole = step.equals("snapshot.named");
        assertThat(Files.exists(tree(0))).isEqualTo(whole);
        assertThat(take(0)).isEqualTo(whole ? Taken.UNCHANGED : Taken.TAKEN);
        assertThat(tree(0).resolve("d/answer")).hasContent("42");
        assertThat(shell(place, "ls -A").strip()).isEqualTo(tree(0).getFileName().toString());

        assertThat(die("drop", "drop-snapshot.going")).isEqualTo(137);
        assertThat(tree(0)).doesNotExist();
        assertThat(take(1)).isEqualTo(Taken.TAKEN);
        assertThat(shell(place, "ls -A").strip()).isEqualTo(tree(1).getFileName().toString());
    }

    private int die(String what, String step) throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TreeThatDies.class.getName(),
                                folder.toString(),
                                place.toString(),
                                what,
                                Long.toString(FIRST.getEpochSecond()),
                                step)
                        .redirectErrorStream(true)
                        .start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xfs", "ext4"})
    void a_copy_that_does_not_fit_is_not_begun_and_sharing_takes_no_room(String fileSystem)
            throws IOException {
        mount(fileSystem);
        shell(folder, "head -c 300M /dev/urandom > big; echo small > small; sync -f .");
        boolean shares = fileSystem.equals("xfs");

        assertThat(take(0, 200 * MIB)).isEqualTo(shares ? Taken.TAKEN : Taken.NO_ROOM);
        assertThat(take(1)).isEqualTo(shares ? Taken.UNCHANGED : Taken.NO_ROOM); // a full disk
        assertThat(shell(place, "ls -A").strip())
                .isEqualTo(shares ? tree(0).getFileName().toString() : "");
        shell(folder, "head -c 100M big > b; mv b big; sync -f .");
        assertThat(take(2, 200 * MIB)).isEqualTo(Taken.TAKEN);
        assertThat(tree(2).resolve("big")).hasSize(100 * MIB);
        shell(folder, "echo more > small");
        assertThat(take(3, MIB)).isEqualTo(Taken.TAKEN); // the large one is there already
    }
}
