package org.lyceum.storage;

/**
 * What the kernel enforces for a folder.
 *
 * @param bytes all it may hold; 0: no limit
 * @param inodes files, directories and links together; 0: no limit
 */
public record Limits(long bytes, long inodes) {

    public static final Limits NONE = new Limits(0, 0);

    public Limits {
        if (bytes < 0 || inodes < 0) {
            throw new IllegalArgumentException("a limit must not be negative");
        }
    }
}
