package org.lyceum.storage.keeper;

import org.lyceum.platform.linux.Background;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.MountTable;
import org.lyceum.platform.linux.Mounts;
import org.lyceum.storage.Folder;
import org.lyceum.storage.Keeper.Snapshots;
import org.lyceum.storage.Keeper.Taken;
import org.lyceum.storage.SnapshotBackend;
import org.lyceum.storage.btrfs.BtrfsSnapshots;
import org.lyceum.storage.project.ProjectQuota;
import org.lyceum.storage.tree.TreeSnapshots;
import org.lyceum.storage.tree.Way;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * The keeper's work on earlier versions. They lie below the pool's root, each folder's in a
 * directory of its own. Trees of files are walked one at a time on a thread that comes last, and
 * never while a lock of {@link LocalKeeper}'s is held: a server of the same person starts
 * meanwhile. People get to see trees through a mount that is read-only.
 */
final class SnapshotWork {

    private static final String SNAPSHOTS = "snapshots/";

    /** Where trees lie; all folders' keys begin with it. */
    private static final String TREES = "communities";

    /** As many as the keeper has for folders. */
    private static final int LOCKS = 64;

    /** Of the pool; beyond, no copy is made. The same share as {@code DiskUse.Level.HIGH}. */
    private static final int LEFT_FREE = 10;

    private final Checkpoint checkpoint;
    private final ReentrantLock walking = new ReentrantLock();
    private final ReentrantLock preparing = new ReentrantLock();
    private final ReentrantLock[] locks =
            IntStream.range(0, LOCKS)
                    .mapToObj(i -> new ReentrantLock())
                    .toArray(ReentrantLock[]::new);

    SnapshotWork(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    Taken take(Pool pool, Folder folder, Instant at, long shareBytes) throws IOException {
        if (!pool.kind().abilities().snapshots()) {
            throw new IOException("this pool has no snapshots");
        }
        return inPlace(
                pool,
                folder,
                place -> {
                    checkpoint.at("snapshot");
                    var taken = alone(pool, folder, place, at, shareBytes);
                    checkpoint.at("snapshot.taken");
                    return taken;
                });
    }

    /** Whoever comes second waits: one walk is all that a disk should have to bear. */
    private Taken alone(Pool pool, Folder folder, Directory place, Instant at, long shareBytes)
            throws IOException {
        walking.lock();
        try (var files = LocalKeeper.files(pool, folder)) {
            long room = pool.kind().walks() ? room(pool, shareBytes) : 0;
            return backend(pool, place).take(files, at, room);
        } finally {
            walking.unlock();
        }
    }

    /** Of the share, and of what the pool has before it is nearly full. */
    private static long room(Pool pool, long shareBytes) throws IOException {
        var report = pool.report();
        long left = report.availableBytes() - report.totalBytes() / LEFT_FREE;
        return Math.min(left, shareBytes - quota(pool).apartBytes());
    }

    Snapshots list(Pool pool, Folder folder) throws IOException {
        var shown =
                pool.kind().walks()
                        ? pool.versions().resolve(below(folder))
                        : pool.root().resolve(SNAPSHOTS + folder.key());
        if (!pool.kind().abilities().snapshots()) {
            return new Snapshots(shown, List.of());
        }
        prepare(pool);
        try (var place = LocalKeeper.path(pool, SNAPSHOTS + folder.key())) {
            return new Snapshots(shown, backend(pool, place).list());
        }
    }

    /** From the directory of all trees on: {@code 1/homes/7}. */
    private static String below(Folder folder) {
        return folder.key().toString().substring(TREES.length() + 1);
    }

    void drop(Pool pool, Folder folder, Instant at) throws IOException {
        if (!pool.kind().abilities().snapshots()) {
            return;
        }
        inPlace(
                pool,
                folder,
                place -> {
                    checkpoint.at("drop-snapshot");
                    backend(pool, place).drop(at);
                    return true;
                });
    }

    /** Before the folder goes: an end in the middle leaves a folder that is removed again. */
    void dropAll(Pool pool, Folder folder) throws IOException {
        for (var time : list(pool, folder).times()) {
            drop(pool, folder, time);
        }
    }

    /** What trees have and no folder has. */
    long bytes(Pool pool) throws IOException {
        if (!pool.kind().walks()) {
            throw new IOException("this pool's snapshots are no trees of files");
        }
        prepare(pool);
        long all = quota(pool).apartBytes();
        try (var trees = LocalKeeper.path(pool, SNAPSHOTS + TREES)) {
            if (pool.way() == Way.COPY) {
                return all;
            }
            return Math.max(0, all - shared(trees, 0));
        }
    }

    /** What the latest of each folder refers to, and so mostly the folder itself. */
    private static long shared(Directory at, int depth) throws IOException {
        if (depth == 3) { // community, kind, folder
            return new TreeSnapshots(at, Way.SHARE, step -> {}).latestBytes();
        }
        var names = new ArrayList<String>();
        Entries.each(
                at,
                (name, directory) -> {
                    names.add(name.shown());
                    return true;
                });
        long shared = 0;
        for (var name : names) {
            try (var inside = at.below(name)) {
                shared += shared(inside, depth + 1);
            }
        }
        return shared;
    }

    private SnapshotBackend backend(Pool pool, Directory place) {
        var way = pool.way();
        return way == null
                ? new BtrfsSnapshots(place)
                : new TreeSnapshots(place, way, checkpoint::at);
    }

    @FunctionalInterface
    private interface Work<T> {
        T in(Directory place) throws IOException;
    }

    @FunctionalInterface
    private interface Locked<T> {
        T in() throws IOException;
    }

    /** One at a time for each folder, in the directory that holds its snapshots. */
    private <T> T inPlace(Pool pool, Folder folder, Work<T> work) throws IOException {
        prepare(pool);
        var lock = locks[Math.floorMod(folder.key().hashCode(), LOCKS)];
        Locked<T> locked =
                () -> {
                    lock.lock();
                    try (var place = LocalKeeper.path(pool, SNAPSHOTS + folder.key())) {
                        return work.in(place);
                    } finally {
                        lock.unlock();
                    }
                };
        return pool.kind().walks() ? Background.call("snapshots", locked::in) : locked.in();
    }

    /** Has trees counted apart from folders, and shown where nobody can write. */
    private void prepare(Pool pool) throws IOException {
        if (!pool.kind().walks() || pool.way() != null) {
            return;
        }
        preparing.lock();
        try (var trees = LocalKeeper.path(pool, SNAPSHOTS + TREES)) {
            quota(pool).countApart(trees);
            Path shown = pool.versions();
            Files.createDirectories(shown);
            if (MountTable.at(shown).isEmpty()) {
                Mounts.showReadOnly(trees, shown);
            }
            pool.prepared(Way.of(trees));
        } finally {
            preparing.unlock();
        }
    }

    private static ProjectQuota quota(Pool pool) throws IOException {
        if (pool.backend() instanceof ProjectQuota quota) {
            return quota;
        }
        throw new IOException("this pool does not count trees of files");
    }
}
