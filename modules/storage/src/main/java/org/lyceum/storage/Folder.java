package org.lyceum.storage;

/**
 * A directory with limits of its own, as the platform knows it.
 *
 * @param number of its row, at most {@value #MAX_NUMBER}; file systems that count by project count
 *     it under this number
 */
public record Folder(long number, FolderKey key) {

    /** What fits into one installation's share of the 32-bit project numbers. */
    public static final long MAX_NUMBER = 1L << 20;

    public Folder {
        if (number < 1 || number >= MAX_NUMBER) {
            throw new IllegalArgumentException("no folder has the number " + number);
        }
    }
}
