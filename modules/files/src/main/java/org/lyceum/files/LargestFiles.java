package org.lyceum.files;

import org.lyceum.platform.linux.FileStat;

import java.util.List;

/**
 * Where the room in a folder goes.
 *
 * @param files the largest, by what they take on the disk
 * @param parts of the folder: what lies directly in it, with all that is below, the largest first
 * @param bytes on the disk, of all that was looked at
 * @param count of things that were looked at
 * @param whole whether everything was looked at before the time was up
 */
public record LargestFiles(
        List<Found> files, List<Part> parts, long bytes, long count, boolean whole) {

    public LargestFiles {
        files = List.copyOf(files);
        parts = List.copyOf(parts);
    }

    /** A file. */
    public record Found(FilePath path, FileStat stat) {}

    /**
     * @param bytes on the disk, of it and of all that is below it
     * @param trash whether it is the trash, which is counted apart wherever it lies
     */
    public record Part(FilePath path, boolean folder, long bytes, boolean trash) {}
}
