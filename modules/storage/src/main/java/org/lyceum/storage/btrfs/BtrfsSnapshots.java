package org.lyceum.storage.btrfs;

import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.KernelException;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Snapshots of one folder: read-only subvolumes in a directory of the folder's own, each called by
 * the second it was taken in. One costs what has changed since, and nothing of its owner's limit.
 */
public final class BtrfsSnapshots {

    private final Directory place;

    /**
     * @param place where the folder's snapshots lie; root's alone to change
     */
    public BtrfsSnapshots(Directory place) {
        this.place = place;
    }

    /** From the oldest on. */
    public List<Instant> list() throws IOException {
        var times = new ArrayList<Instant>();
        try (var entries = Files.newDirectoryStream(place.path())) {
            for (var entry : entries) {
                time(entry.getFileName().toString()).ifPresent(times::add);
            }
        }
        times.sort(null);
        return times;
    }

    private static Optional<Instant> time(String name) {
        return name.matches("[0-9]{1,11}")
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(name)))
                : Optional.empty();
    }

    /** The name of a snapshot's directory. */
    public static String name(Instant at) {
        return Long.toString(at.getEpochSecond());
    }

    /**
     * Takes one, unless the folder is as the latest has it.
     *
     * @return whether one was taken
     */
    public boolean take(Directory folder, Instant at) throws IOException {
        var times = list();
        if (!times.isEmpty() && !changedSince(folder, times.getLast())) {
            return false;
        }
        try {
            BtrfsCalls.snapshot(folder, place, name(at));
            return true;
        } catch (KernelException e) {
            if (e.is(KernelException.EEXIST)) { // asked twice in the same second
                return false;
            }
            throw e;
        }
    }

    private boolean changedSince(Directory folder, Instant latest) throws IOException {
        try (var snapshot = place.below(name(latest))) {
            return BtrfsCalls.version(folder) > BtrfsCalls.madeAt(snapshot);
        }
    }

    /** Removes one; one that is not there is fine. */
    public void drop(Instant at) throws IOException {
        long number;
        try (var snapshot = place.below(name(at))) {
            number = BtrfsCalls.subvolumeOf(snapshot);
        } catch (KernelException e) {
            if (e.is(KernelException.ENOENT)) {
                return;
            }
            throw e;
        }
        BtrfsCalls.destroySubvolume(place, name(at));
        BtrfsCalls.forgetQuota(place, number);
    }
}
