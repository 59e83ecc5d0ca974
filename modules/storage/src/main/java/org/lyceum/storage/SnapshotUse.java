package org.lyceum.storage;

import java.io.IOException;
import java.time.Instant;

/**
 * What all earlier versions together take.
 *
 * @param bytes on the disk that no folder has
 * @param shareBytes that they may have
 * @param without folders that have changed and got no version, because a copy did not fit
 * @param at when that was found out
 */
public record SnapshotUse(long bytes, long shareBytes, int without, Instant at) {

    /** Rows read at once. */
    private static final int PAGE = 500;

    /** Nobody was without so far. */
    static SnapshotUse measure(
            PoolReport pool,
            Keeper keeper,
            FolderRepository folders,
            SnapshotRule rule,
            Instant now)
            throws IOException {
        long bytes =
                pool.kind().walks() ? keeper.snapshotBytes() : fromAbove(pool, keeper, folders);
        return new SnapshotUse(bytes, pool.totalBytes() / 100 * rule.share(), 0, now);
    }

    SnapshotUse withoutRoom(int folders) {
        return new SnapshotUse(bytes, shareBytes, folders, at);
    }

    /**
     * What is used and no folder has: snapshots, and the file system's own records. Nothing less
     * would count what two snapshots share and the folder has no longer.
     */
    private static long fromAbove(PoolReport pool, Keeper keeper, FolderRepository folders)
            throws IOException {
        var usages = keeper.usages();
        long inFolders = 0;
        long after = 0;
        while (true) {
            var page = folders.after(after, PAGE);
            if (page.isEmpty()) {
                return Math.max(0, pool.totalBytes() - pool.availableBytes() - inFolders);
            }
            after = page.getLast().folder().number();
            for (var line : page) {
                var mark = line.mark();
                var usage = mark == null ? null : usages.get(mark);
                inFolders += usage == null ? 0 : usage.bytes();
            }
        }
    }
}
