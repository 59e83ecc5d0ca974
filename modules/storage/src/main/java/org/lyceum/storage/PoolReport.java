package org.lyceum.storage;

import java.util.List;

/**
 * Where folders lie and what is enforced there.
 *
 * @param place the directory with the folders
 * @param image whether the pool is a file system in a file, which can grow
 * @param totalBytes of the pool's file system
 * @param availableBytes that can still be written there
 * @param tried what was tried when the pool was made, in order
 */
public record PoolReport(
        PoolKind kind,
        String place,
        boolean image,
        long totalBytes,
        long availableBytes,
        List<Tried> tried) {

    public PoolReport {
        tried = List.copyOf(tried);
    }

    /**
     * One candidate.
     *
     * @param what such as "btrfs in a pool image"
     * @param words what happened, for people
     */
    public record Tried(String what, boolean worked, String words) {}
}
