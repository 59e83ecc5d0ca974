package org.lyceum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.linux.Mounts;
import org.lyceum.platform.testing.TempDatabase;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Goal: a disk that fills up stops new work in steps, says so at each, and lets go when there is
 * room again. Method: a small file system of its own in memory for the platform's records, another
 * for people's files; both are really filled.
 */
class DiskGuardIT {

    private static final CommunityId ONE = new CommunityId(1);
    private static final int MIB = 1 << 20;

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    @TempDir Path directory;

    private Path records;
    private Path files;
    private StorageModule storage;
    private AuditLog audit;

    @BeforeEach
    void mount() throws IOException {
        assumeThat(System.getProperty("user.name")).as("mounting needs root").isEqualTo("root");
        records = Files.createDirectory(directory.resolve("records"));
        files = Files.createDirectory(directory.resolve("files"));
        Mounts.mount(Path.of("tmpfs"), records, "tmpfs", "size=100m");
        Mounts.mount(Path.of("tmpfs"), files, "tmpfs", "size=100m");
        var db = temp.database();
        audit = new AuditLog(db, temp.clock());
        storage =
                new StorageModule(
                        StorageConfig.of(
                                        files,
                                        StorageConfig.Kind.MEASURED,
                                        Bytes.mib(0),
                                        new Bytes(1))
                                .besides(records, directory.resolve("no-engine")),
                        db,
                        new IdentityModule(db, audit, temp.clock()),
                        temp.clock());
    }

    @AfterEach
    void unmount() throws IOException {
        if (storage != null) {
            storage.close();
            Mounts.unmount(records);
            Mounts.unmount(files);
        }
    }

    private static void fill(Path disk, int mib) throws IOException {
        try (var file = new RandomAccessFile(disk.resolve("filler").toFile(), "rw")) {
            file.setLength(0);
            for (int i = 0; i < mib; i++) {
                file.write(new byte[MIB]);
            }
        }
    }

    private DiskUse.Level level(DiskPurpose purpose) {
        return storage.disks().look().stream()
                .filter(use -> use.purpose() == purpose)
                .findFirst()
                .orElseThrow()
                .level();
    }

    private int announce() {
        return storage.jobs().stream()
                .filter(job -> job.name().equals("storage.announce-disks"))
                .findFirst()
                .map(Job::run)
                .orElseThrow()
                .changed();
    }

    private void start(long user) {
        storage.homes().ensure(ONE, new UserId(user));
    }

    @Test
    void the_disk_of_the_records_stops_starts_at_95_percent_and_lets_go_again() throws IOException {
        assertThat(level(DiskPurpose.RECORDS)).isEqualTo(DiskUse.Level.FINE);
        fill(records, 91);
        assertThat(level(DiskPurpose.RECORDS)).isEqualTo(DiskUse.Level.HIGH);
        assertThat(storage.disks().roomAhead()).isFalse();
        start(1);

        fill(records, 96);
        assertThat(level(DiskPurpose.RECORDS)).isEqualTo(DiskUse.Level.NEARLY_FULL);
        assertThatThrownBy(() -> start(1))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> {
                            assertThat(problem.code()).isEqualTo("storage.disk-full");
                            assertThat(problem.detail())
                                    .contains("4 MiB left", "Servers that run go on");
                        });
        fill(records, 100);
        assertThat(level(DiskPurpose.RECORDS)).isEqualTo(DiskUse.Level.FULL);

        Files.delete(records.resolve("filler"));
        start(1);
    }

    @Test
    void full_files_stop_writers_and_no_start() throws IOException {
        start(1);
        fill(files, 99);
        assertThat(level(DiskPurpose.FILES)).isEqualTo(DiskUse.Level.FULL);
        start(1);
    }

    @Test
    void each_step_is_told_once_up_and_down() throws IOException {
        assertThat(announce()).isZero();
        fill(records, 91);
        assertThat(announce()).isEqualTo(1);
        assertThat(announce()).isZero();
        fill(records, 100);
        fill(files, 96);
        assertThat(announce()).isEqualTo(2);
        Files.delete(records.resolve("filler"));
        assertThat(announce()).isEqualTo(1);

        assertThat(audit.latest(10))
                .filteredOn(entry -> entry.action().equals(AuditAction.DISK_LEVEL_CHANGED.name()))
                .extracting(entry -> entry.thing().replaceAll(" free=.*", ""))
                .containsExactlyInAnyOrder(
                        "purpose=RECORDS level=FINE",
                        "purpose=FILES level=NEARLY_FULL",
                        "purpose=RECORDS level=FULL",
                        "purpose=RECORDS level=HIGH");
    }
}
