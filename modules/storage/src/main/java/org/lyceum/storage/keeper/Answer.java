package org.lyceum.storage.keeper;

import org.lyceum.storage.Keeper;
import org.lyceum.storage.PoolReport;
import org.lyceum.storage.Usage;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a keeper says. */
sealed interface Answer {

    /** It is done, and there is nothing to tell. */
    record Done() implements Answer {}

    record Pool(PoolReport report) implements Answer {}

    record Made(long mark, String place) implements Answer {}

    record Sealed(String place) implements Answer {}

    record Held(Usage usage) implements Answer {}

    /** Some of all folders, by mark; more follow until one has none. */
    record HeldByAll(Map<Long, Usage> usages) implements Answer {

        /** So many fit into a frame. */
        static final int MOST = 1_000;
    }

    record Swept(int count) implements Answer {}

    record Snapshots(String place, List<Instant> times) implements Answer {

        /** Of one folder; settings ask for a tenth of it. */
        static final int MOST = 1_000;
    }

    record Taken(Keeper.Taken how) implements Answer {}

    record SnapshotBytes(long bytes) implements Answer {}

    record Failed(Reason reason, String words) implements Answer {}

    enum Reason {
        /** The disk or the kernel is in the way. */
        IN_THE_WAY,
        /** Something that is not ours stands where a folder should be. */
        UNSAFE,
        /** What was asked is no command, or nobody may ask for it. */
        REFUSED
    }
}
