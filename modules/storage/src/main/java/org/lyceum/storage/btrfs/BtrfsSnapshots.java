package org.lyceum.storage.btrfs;

import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.storage.Keeper.Taken;
import org.lyceum.storage.SnapshotBackend;
import org.lyceum.storage.SnapshotPlace;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Snapshots of one folder: read-only subvolumes in a directory of the folder's own, each called by
 * the second it was taken in. One costs what has changed since, and nothing of its owner's limit.
 */
public final class BtrfsSnapshots implements SnapshotBackend {

    private final Directory place;

    /**
     * @param place where the folder's snapshots lie; root's alone to change
     */
    public BtrfsSnapshots(Directory place) {
        this.place = place;
    }

    @Override
    public List<Instant> list() throws IOException {
        return SnapshotPlace.times(place);
    }

    /** One takes no room of its own at first. */
    @Override
    public Taken take(Directory folder, Instant at, long roomBytes) throws IOException {
        var times = list();
        if (!times.isEmpty() && !changedSince(folder, times.getLast())) {
            return Taken.UNCHANGED;
        }
        try {
            BtrfsCalls.snapshot(folder, place, SnapshotPlace.name(at));
            return Taken.TAKEN;
        } catch (KernelException e) {
            if (e.is(KernelException.EEXIST)) { // asked twice in the same second
                return Taken.UNCHANGED;
            }
            throw e;
        }
    }

    private boolean changedSince(Directory folder, Instant latest) throws IOException {
        try (var snapshot = place.below(SnapshotPlace.name(latest))) {
            return BtrfsCalls.version(folder) > BtrfsCalls.madeAt(snapshot);
        }
    }

    @Override
    public void drop(Instant at) throws IOException {
        long number;
        try (var snapshot = place.below(SnapshotPlace.name(at))) {
            number = BtrfsCalls.subvolumeOf(snapshot);
        } catch (KernelException e) {
            if (e.is(KernelException.ENOENT)) {
                return;
            }
            throw e;
        }
        BtrfsCalls.destroySubvolume(place, SnapshotPlace.name(at));
        BtrfsCalls.forgetQuota(place, number);
    }
}
