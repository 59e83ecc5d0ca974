package org.lyceum.storage;

import org.jspecify.annotations.Nullable;

/**
 * What a folder holds and may hold.
 *
 * @param inodes null where nobody counts them
 * @param enforced whether the kernel keeps the limit on bytes; else it is only shown
 */
public record FolderUsage(
        Folder folder,
        long bytes,
        @Nullable Long inodes,
        EffectiveLimits limits,
        boolean enforced) {

    private static final double NEARLY_FULL = 0.95;
    private static final double FULL = 0.995;

    /** How near the limit is. */
    public enum Level {
        FINE(""),
        /** Past the soft limit. */
        HIGH(
                "Your home is getting full. Delete what you no longer need, or ask for more before"
                        + " you need it."),
        /** At 95 %. */
        NEARLY_FULL(
                "Your home is nearly full: soon nothing more can be saved. Delete files now, or ask"
                        + " for more."),
        /** Hardly anything more fits. */
        FULL(
                "Your home is full: nothing more can be saved. Delete files, or ask for more."
                        + " Nothing of yours is lost.");

        private final String ofHome;

        Level(String ofHome) {
            this.ofHome = ofHome;
        }

        /** What a home's owner is told, at most 140 characters; empty when all is well. */
        public String ofHome() {
            return ofHome;
        }
    }

    /** The worse of bytes and files. */
    public Level level() {
        var ofBytes = level(bytes, limits.bytes());
        var ofInodes = inodes == null ? Level.FINE : level(inodes, limits.inodes());
        return ofBytes.compareTo(ofInodes) >= 0 ? ofBytes : ofInodes;
    }

    private static Level level(long held, Bounds bounds) {
        if (bounds.hard() > 0 && held >= bounds.hard() * FULL) {
            return Level.FULL;
        }
        if (bounds.hard() > 0 && held >= bounds.hard() * NEARLY_FULL) {
            return Level.NEARLY_FULL;
        }
        return bounds.soft() > 0 && held >= bounds.soft() ? Level.HIGH : Level.FINE;
    }
}
