package org.lyceum.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that needs root's rights: a closed set of commands. Where a folder lies is worked out here,
 * from numbers; no caller can name a path. Runs in this process, or in one of its own that is asked
 * over a socket (ADR 0024). Blocking; safe for any number of threads; doing anything twice is safe.
 *
 * <p>Every method throws {@link IOException} when the disk or the kernel is in the way, and {@link
 * UnsafeFolderException} when something that is not ours stands where a folder should be.
 */
public interface Keeper extends AutoCloseable {

    /** Mounts the pool if it is not, and says how it is. */
    PoolReport open() throws IOException;

    /**
     * Makes the folder or finds it, finishes what an end in the middle left, and sets its limits.
     *
     * @return where its files are on this machine
     */
    Made make(Folder folder, Limits limits) throws IOException;

    /**
     * @param mark what {@link #usages()} counts it under
     */
    record Made(long mark, Path place) {}

    /** Changes the limits of a folder that was made, at once. */
    void limit(Folder folder, long mark, Limits limits) throws IOException;

    /** What a folder that was made holds right now. */
    Usage usage(Folder folder, long mark) throws IOException;

    /** What all folders hold, by mark, from one look at the kernel's own count. */
    Map<Long, Usage> usages() throws IOException;

    /**
     * Puts a folder that was made out of everybody's reach, with all that is in it: it belongs to
     * root and is closed, and {@link #make} refuses to give it away again.
     *
     * @return where its files are on this machine
     */
    Path seal(Folder folder) throws IOException;

    /** Gives a sealed folder back to the containers' user, as it was. */
    void release(Folder folder) throws IOException;

    /** Removes the folder with all that is in it. */
    void remove(Folder folder) throws IOException;

    /**
     * Removes from the folder what nobody has read, changed or made since, oldest directories last.
     *
     * @return how many files and directories went
     */
    int sweep(Folder folder, Instant untouchedSince) throws IOException;

    /**
     * Takes a read-only snapshot of the folder, unless nothing has changed since the latest. Where
     * the file system has none of its own this walks the folder, which can take hours.
     *
     * @param shareBytes that all snapshots together may take; kept to where one is a copy
     * @throws IOException also where the pool has no snapshots
     */
    Taken snapshot(Folder folder, Instant at, long shareBytes) throws IOException;

    /** How it went. */
    enum Taken {
        TAKEN,
        /** The latest is as the folder is. */
        UNCHANGED,
        /** A copy of what has changed would not fit. */
        NO_ROOM
    }

    /** The folder's snapshots; none where the pool has no snapshots. */
    Snapshots snapshots(Folder folder) throws IOException;

    /**
     * Where they are and when they were taken, from the oldest on; a snapshot's directory is called
     * by the second of its time.
     */
    record Snapshots(Path place, List<Instant> times) {

        public Snapshots {
            times = List.copyOf(times);
        }

        /** The directory with the files as they were. */
        public Path at(Instant time) {
            return place.resolve(Long.toString(time.getEpochSecond()));
        }
    }

    /**
     * What all snapshots have on the disk and no folder has, where they are trees of files.
     *
     * @throws IOException also where they are none: what they take is only known from outside
     */
    long snapshotBytes() throws IOException;

    /** Removes a snapshot; one that is not there is fine. */
    void dropSnapshot(Folder folder, Instant at) throws IOException;

    /**
     * Mounts the folder in a container that runs already.
     *
     * @param place as the container sees it: the home, scratch, or a name below {@code /folders}
     */
    void mount(Folder folder, ContainerProcess container, String place, boolean readOnly)
            throws IOException;

    /**
     * A container by the engine's id, and its first process.
     *
     * @param containerId 64 hexadecimal digits
     */
    record ContainerProcess(String containerId, long pid) {

        public ContainerProcess {
            if (!containerId.matches("[0-9a-f]{64}") || pid <= 1) {
                throw new IllegalArgumentException("not a container: " + containerId);
            }
        }
    }

    /**
     * Makes the pool's image this large and the pool's file system with it, while both are in use.
     *
     * @throws IOException when the pool is no image, is larger already, or the disk has no room
     */
    PoolReport grow(long bytes) throws IOException;

    @Override
    void close();
}
