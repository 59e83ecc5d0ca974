package org.lyceum.files;

import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.storage.FolderKey;

import java.util.concurrent.ConcurrentHashMap;

/** Who has how many of something that takes long, so that nobody takes all there are. */
final class Turns {

    private final int each;
    private final int all;
    private final ConcurrentHashMap<Taker, Integer> taken = new ConcurrentHashMap<>();

    /**
     * @param each at once for one person in one folder
     * @param all people that have any at once
     */
    Turns(int each, int all) {
        this.each = each;
        this.all = all;
    }

    /** A class that reads one folder is many people. */
    private record Taker(FolderKey folder, UserId reader) {}

    /** Given back when it is closed; closing twice gives back once. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @throws Problem BUSY {@code files.busy}
     */
    Turn take(Place place) {
        var taker = new Taker(place.key(), place.reader());
        if (taken.size() >= all && !taken.containsKey(taker)) {
            throw FilesProblems.crowded();
        }
        taken.compute(
                taker,
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
                taken.computeIfPresent(taker, (key, count) -> count == 1 ? null : count - 1);
            }
        };
    }
}
