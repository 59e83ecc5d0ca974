package org.lyceum.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;

/**
 * Goal: what was overwritten comes back, nobody can change what was, and a full pool loses earlier
 * versions before anything else. Method: a real pool of btrfs, the job by hand, the clock moved.
 */
@RequiresDocker // loop devices and mounts, as containers need
class EarlierVersionsIT {

    private static final Place HOME = Place.home(new CommunityId(1), new UserId(7));

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private Path directory;
    private StorageConfig config;
    private StorageModule storage;
    private FilesModule module;
    private Job job;
    private Path home;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createTempDirectory("lyceum-pool").toRealPath();
        config =
                StorageConfig.of(directory, StorageConfig.Kind.BTRFS, Bytes.mib(600), new Bytes(1));
        StorageModule.pool(config).setUp();
        var db = temp.database();
        var identity = new IdentityModule(db, new AuditLog(db, temp.clock()), temp.clock());
        storage = new StorageModule(config, db, identity, temp.clock());
        job =
                storage.jobs().stream()
                        .filter(each -> each.name().equals("storage.take-snapshots"))
                        .findFirst()
                        .orElseThrow();
        home = storage.folders().ensure(HOME.key());
        module = Wiring.of(temp, identity, storage, temp.directory().resolve("lists"));
    }

    @AfterEach
    void remove() throws IOException {
        for (var time : module.versions().times(HOME)) {
            storage.keeper().dropSnapshot(storage.folders().find(1).orElseThrow(), time);
        }
        module.close();
        StorageModule.pool(config).unmount();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** In the home, as its owner; then the kernel writes it down. */
    private String shell(String script) {
        return Shell.run(
                home,
                "setpriv",
                "--reuid=1000",
                "--regid=1000",
                "--clear-groups",
                "bash",
                "-c",
                script + "; sync -f .");
    }

    private void anHourLater() {
        temp.clock().advance(Duration.ofHours(1));
        assertThat(job.run().failed()).isZero();
    }

    @Test
    void what_was_overwritten_comes_back_and_the_present_goes_to_the_trash() throws IOException {
        shell("mkdir -p work/deep; echo one > work/deep/paper; ln -s /etc/passwd work/link");
        anHourLater();
        shell("echo two > work/deep/paper; rm work/link");
        var time = module.versions().times(HOME).getFirst();

        module.versions().restore(HOME, time, FilePath.parse("work/deep/paper"));
        assertThat(home.resolve("work/deep/paper")).hasContent("one");
        module.trash().restore(HOME, FileName.of("paper"));
        assertThat(home.resolve("work/deep/paper.1")).hasContent("two");

        module.versions().restore(HOME, time, FilePath.parse("work"));
        assertThat(home.resolve("work/deep/paper")).hasContent("one");
        assertThat(Files.readSymbolicLink(home.resolve("work/link")))
                .isEqualTo(Path.of("/etc/passwd"));
        assertThat(shell("stat -c %u work work/deep work/deep/paper; ls -A"))
                .doesNotContain("0\n0")
                .doesNotContain(".restoring");
        assertThatThrownBy(
                        () ->
                                module.versions()
                                        .restore(HOME, time.plusSeconds(1), FilePath.parse("work")))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.code()).isEqualTo("storage.no-snapshot"));
    }

    @Test
    void a_member_of_a_group_brings_back_what_another_overwrote() {
        var key = FolderKey.group(new CommunityId(1), 3);
        var lab = new Place(key, new UserId(8), "lab", false);
        var folder = storage.folders().ensure(key);
        Shell.run(folder, "bash", "-c", "echo one > paper; chown 1000:1000 paper; sync -f .");
        anHourLater();
        Shell.run(folder, "bash", "-c", "echo two > paper; sync -f .");

        var time = module.versions().times(lab).getFirst();
        module.versions().restore(lab, time, FilePath.parse("paper"));

        assertThat(folder.resolve("paper")).hasContent("one");
        assertThat(folder.resolve(".Trash-1000/files/paper")).hasContent("two");
        var copied = module.copies().copy(lab, FilePath.parse("paper"), HOME);
        assertThat(home.resolve(copied.name().shown())).hasContent("one");
        var reading = new Place(key, new UserId(9), "lab", true);
        assertThatThrownBy(() -> module.versions().times(reading))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.code()).isEqualTo("files.read-only"));
    }

    @Test
    void a_link_in_the_way_is_refused_and_what_it_leads_to_stays() throws IOException {
        shell("mkdir work; echo one > work/paper");
        anHourLater();
        var outside = Files.createDirectory(temp.directory().resolve("outside"));
        Files.writeString(outside.resolve("paper"), "not theirs");
        shell("rm -r work; ln -s " + outside + " work");
        var time = module.versions().times(HOME).getFirst();

        assertThatThrownBy(
                        () -> module.versions().restore(HOME, time, FilePath.parse("work/paper")))
                .isInstanceOf(Problem.class);
        assertThat(outside.resolve("paper")).hasContent("not theirs");
    }

    @Test
    void unchanged_homes_get_no_other_and_nobody_can_write_into_one() throws IOException {
        shell("echo one > paper");
        anHourLater();
        anHourLater();
        assertThat(module.versions().times(HOME)).hasSize(1);
        shell("echo two > paper");
        anHourLater();
        assertThat(module.versions().times(HOME)).hasSize(2);

        var place = storage.snapshots().place(HOME.key(), module.versions().times(HOME).getFirst());
        assertThatThrownBy(() -> Files.writeString(place.resolve("paper"), "root's"))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("Read-only file system");
    }

    @Test
    void a_sparse_file_comes_back_with_its_hole_and_costs_nothing() throws IOException {
        shell("truncate -s 1T hole; echo end >> hole");
        anHourLater();
        shell("rm hole");
        module.versions()
                .restore(HOME, module.versions().times(HOME).getFirst(), FilePath.parse("hole"));

        assertThat(Files.size(home.resolve("hole"))).isGreaterThan(1L << 40);
        assertThat(Long.parseLong(shell("du -k hole | cut -f1").strip())).isLessThan(1_000);
    }

    @Test
    void earlier_versions_cost_their_owner_nothing_and_go_before_the_pool_is_full() {
        shell("head -c 100M /dev/urandom > big");
        anHourLater();
        shell("rm big");
        long held = storage.folders().usage(HOME.key()).orElseThrow().bytes();
        assertThat(held).isLessThan(10 << 20); // though the version has 100 MiB

        shell("head -c 100M /dev/urandom > other");
        anHourLater(); // more than a fifth of the pool by now, or soon
        shell("rm other; head -c 50M /dev/urandom > third");
        for (int i = 0; i < 20 && module.versions().times(HOME).size() > 0; i++) {
            anHourLater();
        }
        shell("echo still > works");
        assertThat(module.versions().times(HOME).size()).isLessThan(2);
        assertThat(home.resolve("third")).hasSize(50 << 20);
    }
}
