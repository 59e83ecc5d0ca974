package org.lyceum.storage;

/**
 * What the kernel counts for a folder at one moment, with the limits it enforces.
 *
 * @param bytes held
 * @param inodes files, directories and links; {@link #UNCOUNTED} where the file system has no count
 * @param limits as the kernel knows them, not as they should be
 */
public record Usage(long bytes, long inodes, Limits limits) {

    public static final long UNCOUNTED = -1;
}
