package org.lyceum.storage;

import org.lyceum.platform.config.ConfigSection;
import org.lyceum.platform.kernel.Bytes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * {@code storage.*} of the configuration. Every default is written here and nowhere else.
 *
 * @param directory where the pool lies; absolute
 * @param kind how limits are to be enforced; {@code auto} takes the best that works here
 * @param poolSize of a pool image when it is made; 0: half of what is free
 * @param reserve free space below which no server starts, so that the database and running servers
 *     can still save
 * @param scratchAge after which files in /scratch go that nobody has touched
 */
public record StorageConfig(
        Path directory, Kind kind, Bytes poolSize, Bytes reserve, Duration scratchAge) {

    /**
     * Owner of every folder, and whom all containers run as; images of ours know the same number.
     */
    public static final int UID = 1000;

    public static final int GID = 1000;

    /** Where containers have the home; what it is called outside is nobody's business. */
    public static final String INSIDE = "/home/jovyan";

    /** What may be asked for. */
    public enum Kind {
        AUTO,
        XFS,
        EXT4,
        BTRFS,
        IMAGES,
        MEASURED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind parse(String text) {
            for (var kind : values()) {
                if (kind.toString().equals(text)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("write auto, xfs, ext4, btrfs, images or measured");
        }
    }

    public StorageConfig {
        require(directory.isAbsolute(), "storage.directory must be absolute");
        require(
                !scratchAge.isNegative() && !scratchAge.isZero(),
                "storage.scratch-age is too short");
        require(
                poolSize.value() == 0 || poolSize.compareTo(Bytes.mib(512)) >= 0,
                "storage.pool-size must be at least 512MiB, or 0B");
    }

    /** Where the folders lie, in or below the pool. */
    public Path root() {
        return directory.resolve("root");
    }

    /**
     * @param data the platform's data directory
     */
    public static StorageConfig from(ConfigSection storage, Path data) {
        var otherwise = defaults(data);
        return new StorageConfig(
                storage.path("directory", otherwise.directory),
                storage.choice("kind", otherwise.kind, Kind::parse),
                storage.bytes("pool-size", otherwise.poolSize),
                storage.bytes("reserve", otherwise.reserve),
                storage.duration("scratch-age", otherwise.scratchAge));
    }

    public static StorageConfig defaults(Path data) {
        return new StorageConfig(
                data.resolve("storage"),
                Kind.AUTO,
                new Bytes(0),
                Bytes.gib(1),
                Duration.ofDays(30));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
