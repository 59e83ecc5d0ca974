package org.lyceum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.TempDatabase;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goal: where a version is a copy, folders are looked at once an hour, and what does not fit makes
 * room without taking anybody's last version. Method: a keeper that counts in memory, as pools of
 * ext4 need another kernel than this one's; what a real one does is {@code SnapshotContract}'s.
 */
class TakeSnapshotsTest {

    private static final FolderKey HOME = FolderKey.home(new CommunityId(1), new UserId(7));
    private static final FolderKey OTHER = FolderKey.home(new CommunityId(1), new UserId(8));
    private static final long TOTAL = 1_000_000;

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private final Copies keeper = new Copies();
    private SnapshotService service;
    private TakeSnapshots job;
    private Folder home;
    private Folder other;

    @BeforeEach
    void make() {
        var db = temp.database();
        var rows = new FolderRepository(db);
        home = claim(rows, HOME);
        other = claim(rows, OTHER);
        service = new SnapshotService(rows, keeper, SnapshotRule.DEFAULT);
        var audit = new AuditLog(db, temp.clock());
        job = new TakeSnapshots(rows, keeper, SnapshotRule.DEFAULT, audit, service, temp.clock());
    }

    private Folder claim(FolderRepository rows, FolderKey key) {
        var folder = rows.claim(key, temp.clock().instant()).folder();
        rows.mark(folder, folder.number());
        return folder;
    }

    private void after(Duration time) {
        temp.clock().advance(time);
        assertThat(job.run().failed()).isZero();
    }

    private long said() {
        return temp.database()
                .read(
                        sql ->
                                sql.fetchOne(
                                                "select count(*) from audit_entry where"
                                                        + " lower(action) like 'snapshots_changed'")
                                        .get(0, Long.class));
    }

    @Test
    void a_folder_that_did_not_change_is_walked_once_an_hour() {
        keeper.changed.put(home, false);
        keeper.changed.put(other, false);
        for (int i = 0; i < 12; i++) {
            after(Duration.ofMinutes(10));
        }
        assertThat(keeper.walks).isBetween(2 * 2, 2 * 3);
        assertThat(service.list(HOME)).isEmpty();
    }

    @Test
    void what_does_not_fit_lets_the_oldest_go_and_never_a_folders_last() {
        for (int hour = 0; hour < 6; hour++) {
            after(Duration.ofHours(1));
        }
        assertThat(service.list(HOME)).hasSize(6);
        assertThat(service.use().orElseThrow().without()).isZero();
        keeper.changed.put(other, false);
        var latest = service.list(HOME).getFirst();
        keeper.full = true;

        after(Duration.ofHours(1));
        assertThat(service.use().orElseThrow().without()).isEqualTo(1);
        assertThat(service.list(HOME).size()).isBetween(1, 5);
        for (int i = 0; i < 30; i++) {
            after(Duration.ofMinutes(10)); // which tries again each time
        }
        assertThat(service.list(HOME)).containsExactly(latest);
        assertThat(service.list(OTHER)).hasSize(1);
        assertThat(said()).isEqualTo(1);

        keeper.full = false;
        after(Duration.ofMinutes(10));
        assertThat(service.list(HOME)).hasSize(2);
        assertThat(service.use().orElseThrow().without()).isZero();
        assertThat(said()).isEqualTo(2);
    }

    @Test
    void above_their_share_the_oldest_go_until_none_is_left() {
        for (int hour = 0; hour < 6; hour++) {
            after(Duration.ofHours(1));
        }
        keeper.held = TOTAL / 4; // a fifth is theirs
        after(Duration.ofMinutes(10));
        assertThat(service.list(HOME).size()).isBetween(1, 5);
        assertThat(service.use().orElseThrow())
                .extracting(SnapshotUse::bytes, SnapshotUse::shareBytes)
                .containsExactly(TOTAL / 4, TOTAL / 5);
    }

    /** Keeps times, and what it is told of room and changes. */
    private static final class Copies implements Keeper {

        private final Map<Folder, List<Instant>> times = new HashMap<>();
        private final Map<Folder, Boolean> changed = new HashMap<>();
        private boolean full;
        private long held;
        private int walks;

        @Override
        public PoolReport open() {
            return new PoolReport(PoolKind.EXT4, "/pool", true, TOTAL, TOTAL / 2, List.of());
        }

        @Override
        public Taken snapshot(Folder folder, Instant at, long shareBytes) {
            walks++;
            assertThat(shareBytes).isEqualTo(TOTAL / 5);
            if (!changed.getOrDefault(folder, true)) {
                return Taken.UNCHANGED;
            }
            if (full) {
                return Taken.NO_ROOM;
            }
            times.computeIfAbsent(folder, none -> new ArrayList<>())
                    .add(Instant.ofEpochSecond(at.getEpochSecond()));
            return Taken.TAKEN;
        }

        @Override
        public Snapshots snapshots(Folder folder) {
            return new Snapshots(Path.of("/pool"), times.getOrDefault(folder, List.of()));
        }

        @Override
        public void dropSnapshot(Folder folder, Instant at) {
            times.getOrDefault(folder, new ArrayList<>()).remove(at);
        }

        @Override
        public long snapshotBytes() {
            return held;
        }

        @Override
        public Made make(Folder folder, Limits limits) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void limit(Folder folder, long mark, Limits limits) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Usage usage(Folder folder, long mark) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<Long, Usage> usages() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path seal(Folder folder) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release(Folder folder) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(Folder folder) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int sweep(Folder folder, Instant untouchedSince) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void mount(
                Folder folder, ContainerProcess container, String place, boolean readOnly) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PoolReport grow(long bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
