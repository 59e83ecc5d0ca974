package org.lyceum.files;

import org.lyceum.platform.kernel.Problem;
import org.lyceum.storage.FolderKey;

import java.util.concurrent.ConcurrentHashMap;

/** Who has how many of something that takes long, so that nobody takes all there are. */
final class Turns {

    private final int each;
    private final int all;
    private final ConcurrentHashMap<FolderKey, Integer> taken = new ConcurrentHashMap<>();

    /**
     * @param each at once for one folder
     * @param all folders that have any at once
     */
    Turns(int each, int all) {
        this.each = each;
        this.all = all;
    }

    /** Given back when it is closed; closing twice gives back once. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @throws Problem BUSY {@code files.busy}
     */
    Turn take(FolderKey folder) {
        if (taken.size() >= all && !taken.containsKey(folder)) {
            throw FilesProblems.busy();
        }
        taken.compute(
                folder,
                (key, count) -> {
                    int now = count == null ? 0 : count;
                    if (now >= each) {
                        throw FilesProblems.busy();
                    }
                    return now + 1;
                });
        var open = new java.util.concurrent.atomic.AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                taken.computeIfPresent(folder, (key, count) -> count == 1 ? null : count - 1);
            }
        };
    }
}
