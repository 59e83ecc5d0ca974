package org.lyceum.storage;

/**
 * How full the file system is that has the room for a purpose.
 *
 * @param place a directory on it
 * @param availableBytes that can still be written
 */
public record DiskUse(DiskPurpose purpose, String place, long totalBytes, long availableBytes) {

    /** How full it is, and so what is stopped; each includes what comes before. */
    public enum Level {
        FINE(0),
        /** Nothing is prepared ahead any more. */
        HIGH(0.90),
        /** No server starts any more, unless the room is people's own. */
        NEARLY_FULL(0.95),
        /** Nothing else is left to stop: what runs and the database go on while there is room. */
        FULL(0.99);

        private final double from;

        Level(double from) {
            this.from = from;
        }
    }

    public Level level() {
        double used = totalBytes <= 0 ? 0 : 1 - (double) availableBytes / totalBytes;
        var level = Level.FINE;
        for (var each : Level.values()) {
            level = used >= each.from ? each : level;
        }
        return level;
    }
}
