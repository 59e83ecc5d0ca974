package org.lyceum.files;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.UserThreads;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.FolderService;
import org.lyceum.storage.SnapshotService;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;

/**
 * Acts in folders with their owner's rights. Only the top of a folder is opened with ours; from
 * there on names are walked by threads that have no others, each step below what is open. Blocking.
 */
final class OwnerAccess implements Rights, AutoCloseable {

    /** Calls of the kernel's at once; what waits for a client takes none. */
    private static final int THREADS = 8;

    private final FolderService folders;
    private final SnapshotService snapshots;
    private final UserThreads threads =
            new UserThreads("files", StorageConfig.UID, StorageConfig.GID, THREADS);

    OwnerAccess(FolderService folders, SnapshotService snapshots) {
        this.folders = folders;
        this.snapshots = snapshots;
    }

    /** What is done below the top of a folder. */
    @FunctionalInterface
    interface Work<T> {
        T in(Directory top) throws IOException;
    }

    /**
     * Does it on a thread of the owner's; the top is closed afterwards.
     *
     * @throws Problem as {@link FilesProblems} says, and of the pool
     */
    <T> T in(FolderKey folder, Work<T> work) {
        return in(folder, null, work);
    }

    /**
     * The same in the folder as it was.
     *
     * @param time of a snapshot; null: now
     */
    <T> T in(FolderKey folder, @Nullable Instant time, Work<T> work) {
        var now = folders.open(folder); // who may not have the folder may not have what it was
        var place = time == null ? now : snapshots.place(folder, time);
        try (var top = Directory.open(place)) {
            return threads.call(() -> work.in(top));
        } catch (IOException e) {
            throw FilesProblems.of(e);
        }
    }

    @Override
    public <T> T call(Callable<T> work) throws IOException {
        return threads.call(work);
    }

    @Override
    public void close() {
        threads.close();
    }
}
