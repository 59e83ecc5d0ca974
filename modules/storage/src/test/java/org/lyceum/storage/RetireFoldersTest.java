package org.lyceum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.TempDatabase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Goal: files of somebody who has gone are closed, kept, given back or removed, each at its time.
 * Method: real directories, a clock that is moved, people who leave and return.
 */
class RetireFoldersTest {

    private static final Actor SETUP = new Actor.Platform();
    private static final CommunityId ONE = new CommunityId(1);

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    @TempDir Path data;

    private IdentityModule identity;
    private StorageModule storage;
    private User ada;
    private Path thesis;

    @BeforeEach
    void wire() throws IOException {
        open();
        ada = identity.users().create(SETUP, "ada", false);
        join(ada.id());
        thesis = storage.homes().ensure(ONE, ada.id()).hostPath().resolve("thesis");
        Files.writeString(thesis, "all of it");
    }

    private void join(UserId user) {
        temp.database()
                .write(
                        sql ->
                                sql.execute(
                                        "insert into community_member values (1, ?, 0)",
                                        user.value()));
    }

    private void leave(UserId user) {
        temp.database()
                .write(
                        sql ->
                                sql.execute(
                                        "delete from community_member where user_id = ?",
                                        user.value()));
    }

    /** As after a restart of the process. */
    private void open() {
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
    }

    private Job.Report retire() {
        return storage.jobs().stream()
                .filter(job -> job.name().equals("storage.retire-folders"))
                .findFirst()
                .orElseThrow()
                .run();
    }

    private Object owner() throws IOException {
        return Files.getAttribute(thesis.getParent(), "unix:uid");
    }

    private List<Leaving> leaving() {
        return storage.leaving().of(ONE, 0, 10);
    }

    private void goneAndClosed() {
        leave(ada.id());
        retire();
        temp.clock().advance(Duration.ofMinutes(2));
        retire();
    }

    @Test
    void whoever_is_a_member_keeps_their_folders_as_they_are() throws IOException {
        for (int day = 0; day < 3; day++) {
            assertThat(retire()).isEqualTo(Job.Report.NOTHING);
            temp.clock().advance(Duration.ofDays(100));
        }
        assertThat(owner()).isEqualTo(StorageConfig.UID);
    }

    @Test
    void files_of_who_leaves_are_closed_after_a_minute_and_removed_on_the_day_that_was_said()
            throws IOException {
        var left = temp.clock().instant();
        leave(ada.id());
        retire();
        retire();
        assertThat(owner()).as("a server still has time to end").isEqualTo(StorageConfig.UID);
        var line = leaving().getFirst();
        assertThat(line.ownerName()).isEqualTo("ada");
        assertThat(line.reason()).isEqualTo(Leaving.Reason.MEMBER_LEFT);
        assertThat(line.until()).isEqualTo(left.plus(Duration.ofDays(90)));

        temp.clock().advance(Duration.ofMinutes(2));
        retire();
        assertThat(owner()).isEqualTo(0);
        assertThat(thesis).hasContent("all of it");
        assertThatThrownBy(() -> storage.homes().ensure(ONE, ada.id()))
                .isInstanceOfSatisfying(
                        Problem.class,
                        refused -> assertThat(refused.code()).isEqualTo("folder.leaving"));

        temp.clock().advance(Duration.ofDays(89));
        retire();
        assertThat(thesis).hasContent("all of it");
        temp.clock().advance(Duration.ofDays(1));
        retire();
        assertThat(thesis.getParent()).doesNotExist();
        assertThat(leaving()).isEmpty();
        assertThat(storage.folders().usage(FolderKey.home(ONE, ada.id()))).isEmpty();
    }

    @Test
    void who_comes_back_has_everything_back_at_the_first_start_or_within_a_minute()
            throws IOException {
        goneAndClosed();
        join(ada.id());

        assertThat(storage.homes().ensure(ONE, ada.id()).hostPath()).isEqualTo(thesis.getParent());
        assertThat(owner()).isEqualTo(StorageConfig.UID);
        assertThat(leaving()).isEmpty();

        goneAndClosed();
        join(ada.id());
        assertThat(retire().changed()).isEqualTo(1);
        assertThat(owner()).isEqualTo(StorageConfig.UID);
        assertThat(thesis).hasContent("all of it");
    }

    @Test
    void a_deleted_user_is_known_by_the_last_name_and_comes_back_under_the_same_number()
            throws IOException {
        identity.users().change(SETUP, ada.id(), "ada.lovelace", null);
        identity.users().delete(SETUP, ada.id());
        retire();
        assertThat(leaving().getFirst().ownerName()).isEqualTo("ada.lovelace");
        assertThat(leaving().getFirst().reason()).isEqualTo(Leaving.Reason.USER_DELETED);

        var other = identity.users().create(SETUP, "ada.lovelace", false);
        join(other.id());
        assertThat(storage.homes().ensure(ONE, other.id()).hostPath())
                .as("a name that is given again opens nobody's files")
                .isEmptyDirectory();

        var back = identity.users().restore(SETUP, ada.id(), "ada");
        assertThat(back.id()).isEqualTo(ada.id());
        join(back.id());
        retire();
        assertThat(leaving()).isEmpty();
        assertThat(thesis).hasContent("all of it");
        assertThatThrownBy(() -> identity.users().restore(SETUP, new UserId(4711), "x"))
                .isInstanceOf(Problem.class);
    }

    @Test
    void the_day_can_be_moved_and_a_folder_of_a_deleted_group_follows_the_same_way()
            throws IOException {
        var lab = identity.groups().create(SETUP, ONE, "lab", List.of("ada"));
        var notes =
                Files.writeString(
                        storage.folders().ensure(FolderKey.group(ONE, lab.id())).resolve("notes"),
                        "1");
        identity.groups().delete(SETUP, ONE, "lab");
        retire();
        var line = leaving().getFirst();
        assertThat(line.reason()).isEqualTo(Leaving.Reason.GROUP_DELETED);
        assertThat(line.ownerName()).isEqualTo("lab");

        var later = temp.clock().instant().plus(Duration.ofDays(1_000));
        storage.leaving().keepUntil(SETUP, line, later);
        temp.clock().advance(Duration.ofDays(999));
        retire();
        assertThat(notes).exists();

        identity.groups().restore(SETUP, ONE, lab.id(), "lab");
        retire();
        assertThat(leaving()).isEmpty();
        assertThat(identity.groups().find(ONE, "lab").orElseThrow().id()).isEqualTo(lab.id());

        identity.groups().delete(SETUP, ONE, "lab");
        retire();
        storage.leaving().keepUntil(SETUP, leaving().getFirst(), temp.clock().instant());
        retire();
        assertThat(notes).doesNotExist();
    }

    @Test
    void what_a_kill_left_half_done_is_finished_by_the_next_run() throws IOException {
        leave(ada.id());
        retire();
        var folder = leaving().getFirst().folder();
        storage.keeper().seal(folder); // and killed before it was written down
        open();
        temp.clock().advance(Duration.ofMinutes(2));
        retire();
        assertThat(owner()).isEqualTo(0);

        join(ada.id());
        storage.keeper().release(folder); // and killed before it was written down
        open();
        retire();
        assertThat(leaving()).isEmpty();
        assertThat(owner()).isEqualTo(StorageConfig.UID);

        leave(ada.id());
        retire();
        storage.keeper().remove(folder); // and killed before it was written down
        storage.leaving().keepUntil(SETUP, leaving().getFirst(), temp.clock().instant());
        open();
        retire();
        assertThat(leaving()).isEmpty();
        assertThat(thesis.getParent()).doesNotExist();
    }
}
