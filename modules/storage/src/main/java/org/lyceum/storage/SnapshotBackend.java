package org.lyceum.storage;

import org.lyceum.platform.linux.Directory;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * One way to keep one folder as it was. Needs root's rights; blocking; doing anything twice is
 * safe, also after an end in the middle of the first time: a snapshot is there whole or not at all.
 */
public interface SnapshotBackend {

    /** When there were any taken, from the oldest on. */
    List<Instant> list() throws IOException;

    /**
     * Takes one, unless the folder is as the latest has it.
     *
     * @param roomBytes that it may take at once, beyond what it shares
     */
    Keeper.Taken take(Directory folder, Instant at, long roomBytes) throws IOException;

    /** Removes one; one that is not there is fine. */
    void drop(Instant at) throws IOException;
}
