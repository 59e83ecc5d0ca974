package org.lyceum.storage;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows how full the machine's disks are, by purpose, and says no in time. Asks the file systems
 * themselves, at each look; walks nothing. Any thread.
 */
public final class DiskGuard {

    private final StorageConfig config;
    private final Keeper keeper;

    DiskGuard(StorageConfig config, Keeper keeper) {
        this.config = config;
        this.keeper = keeper;
    }

    /** What can be looked at now: a pool or an engine that is not there is left out. */
    public List<DiskUse> look() {
        var uses = new ArrayList<DiskUse>();
        try {
            var pool = keeper.open();
            uses.add(
                    new DiskUse(
                            DiskPurpose.FILES,
                            pool.place(),
                            pool.totalBytes(),
                            pool.availableBytes()));
        } catch (IOException notThere) {
            // which is told by whoever needs a folder, and by the panel's card of the pool
        }
        add(uses, DiskPurpose.IMAGES, config.engineDirectory());
        add(uses, DiskPurpose.RECORDS, config.data());
        return uses;
    }

    private static void add(List<DiskUse> uses, DiskPurpose purpose, Path place) {
        if (!Files.isDirectory(place)) {
            return;
        }
        try {
            var store = Files.getFileStore(place);
            uses.add(
                    new DiskUse(
                            purpose,
                            place.toString(),
                            store.getTotalSpace(),
                            store.getUsableSpace()));
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    /**
     * Refuses what would fill the disk of the database or of the engine further. A pool that is
     * full refuses nobody: servers start, and people make room in them.
     *
     * @throws Problem UNAVAILABLE {@code storage.disk-full}
     */
    void requireRoomToStart() {
        for (var use : othersThanFiles()) {
            boolean reserved =
                    use.purpose() == DiskPurpose.RECORDS
                            && use.availableBytes() < config.reserve().value();
            if (reserved || use.level().compareTo(DiskUse.Level.NEARLY_FULL) >= 0) {
                throw full(use);
            }
        }
    }

    /** Whether anything may be prepared that nobody has asked for yet. */
    public boolean roomAhead() {
        return othersThanFiles().stream().allMatch(use -> use.level() == DiskUse.Level.FINE);
    }

    private List<DiskUse> othersThanFiles() {
        var uses = new ArrayList<DiskUse>();
        add(uses, DiskPurpose.IMAGES, config.engineDirectory());
        add(uses, DiskPurpose.RECORDS, config.data());
        return uses;
    }

    private static Problem full(DiskUse use) {
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "storage.disk-full",
                "The machine's disk is nearly full ("
                        + new Bytes(Math.max(0, use.availableBytes()))
                        + " left where "
                        + (use.purpose() == DiskPurpose.IMAGES
                                ? "environments"
                                : "the platform's records")
                        + " are kept), so no server can start now. Servers that run go on. An"
                        + " administrator must make room; the panel's page Storage says where.");
    }
}
