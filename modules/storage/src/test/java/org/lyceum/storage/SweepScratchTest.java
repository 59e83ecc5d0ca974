package org.lyceum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.User;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.testing.TempDatabase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Goal: scratch loses what is old and nothing else does; a server has the folders of its user. */
class SweepScratchTest {

    private static final Actor SETUP = new Actor.Platform();
    private static final CommunityId ONE = new CommunityId(1);

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    @TempDir Path data;

    private IdentityModule identity;
    private StorageModule storage;
    private User ada;

    @BeforeEach
    void wire() {
        var db = temp.database();
        var clock = temp.clock();
        identity = new IdentityModule(db, new AuditLog(db, clock), clock);
        storage =
                new StorageModule(
                        StorageConfig.of(
                                data, StorageConfig.Kind.MEASURED, new Bytes(0), new Bytes(1)),
                        db,
                        identity,
                        clock);
        ada = identity.users().create(SETUP, "ada", false);
    }

    private Path of(String place) {
        return storage.mounts().of(ONE, ada).stream()
                .filter(mount -> mount.place().equals(place))
                .findFirst()
                .orElseThrow()
                .hostPath();
    }

    private Job.Report sweep() {
        return storage.jobs().stream()
                .filter(job -> job.name().equals("storage.sweep-scratch"))
                .findFirst()
                .orElseThrow()
                .run();
    }

    @Test
    void what_nobody_touched_for_the_age_goes_from_scratch_and_from_nowhere_else()
            throws IOException {
        var scratch = of("/scratch");
        Files.createDirectories(scratch.resolve("run/1"));
        var result = Files.writeString(scratch.resolve("run/1/result"), "42");
        var made = Files.getLastModifiedTime(result).toInstant(); // the kernel's clock, not ours
        temp.clock().advance(Duration.between(temp.clock().instant(), made));
        Files.writeString(of(MountService.HOME).resolve("thesis"), "all of it");

        temp.clock().advance(Duration.ofDays(29));
        assertThat(sweep().changed()).isZero();
        temp.clock().advance(Duration.ofDays(2));
        assertThat(sweep().changed()).isEqualTo(1);

        assertThat(result).doesNotExist();
        assertThat(scratch).isDirectory();
        assertThat(of(MountService.HOME).resolve("thesis")).hasContent("all of it");
    }

    @Test
    void a_member_reads_what_is_shared_and_a_manager_writes_it() {
        assertThat(places(ada))
                .containsExactly("/home/jovyan", "/scratch", "/folders/shared read-only");

        var root = identity.users().create(SETUP, "root", true);
        assertThat(places(root)).contains("/folders/shared-readwrite");
    }

    @Test
    void a_group_s_folder_is_its_members_once_it_was_made_and_its_name_is_one_directory_s() {
        var lab = identity.groups().create(SETUP, ONE, "lab", List.of("ada"));
        var odd = identity.groups().create(SETUP, ONE, "..a:b", List.of("ada"));
        identity.groups().create(SETUP, ONE, "others", List.of());
        assertThat(places(ada)).hasSize(3);

        storage.folders().ensure(FolderKey.group(ONE, lab.id()));
        storage.folders().ensure(FolderKey.group(ONE, odd.id()));

        assertThat(places(ada))
                .contains("/folders/groups/lab", "/folders/groups/_..a_b")
                .hasSize(5);
        assertThat(MountService.links(storage.mounts().of(ONE, ada)))
                .isEqualTo("/scratch /folders/shared /folders/groups");
    }

    private List<String> places(User user) {
        return storage.mounts().of(ONE, user).stream()
                .map(mount -> mount.place() + (mount.readOnly() ? " read-only" : ""))
                .toList();
    }
}
