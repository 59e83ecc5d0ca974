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
 * @param leavingAge how long files are kept of people, groups and communities that have gone
 * @param snapshots which earlier versions of people's files are kept
 * @param keeper whether root's work is done in this process or asked of another
 * @param keeperUser name or number of the user who may ask the keeper that runs apart
 * @param data the platform's data directory, with database and logs
 * @param engineDirectory where the engine keeps images; looked at, never touched
 */
public record StorageConfig(
        Path directory,
        Kind kind,
        Bytes poolSize,
        Bytes reserve,
        Duration scratchAge,
        Duration leavingAge,
        SnapshotRule snapshots,
        Keeping keeper,
        String keeperUser,
        Path data,
        Path engineDirectory) {

    private static final Path ENGINE = Path.of("/var/lib/docker");

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

    /** Who does what needs root's rights. */
    public enum Keeping {
        /** The platform's own process, which is root's then. */
        INSIDE,
        /** {@code lyceum keeper}, a process of its own. */
        APART;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Keeping parse(String text) {
            for (var keeping : values()) {
                if (keeping.toString().equals(text)) {
                    return keeping;
                }
            }
            throw new IllegalArgumentException("write inside or apart");
        }
    }

    public StorageConfig {
        require(directory.isAbsolute(), "storage.directory must be absolute");
        require(
                !scratchAge.isNegative() && !scratchAge.isZero(),
                "storage.scratch-age is too short");
        require(!leavingAge.isNegative(), "storage.leaving-age is negative");
        require(!keeperUser.isBlank(), "storage.keeper-user must be a user's name or number");
        require(
                poolSize.value() == 0 || poolSize.compareTo(Bytes.mib(512)) >= 0,
                "storage.pool-size must be at least 512MiB, or 0B");
    }

    /** Where the folders lie, in or below the pool. */
    public Path root() {
        return directory.resolve("root");
    }

    /** Where a keeper that runs apart is asked; in the pool's directory, which is root's. */
    public Path keeperSocket() {
        return directory.resolve("keeper.sock");
    }

    /** The same, but for how the keeper is reached. */
    public StorageConfig kept(Keeping keeping, String user) {
        return new StorageConfig(
                directory,
                kind,
                poolSize,
                reserve,
                scratchAge,
                leavingAge,
                snapshots,
                keeping,
                user,
                data,
                engineDirectory);
    }

    /** The same pool, beside other things on the machine. */
    public StorageConfig besides(Path records, Path engine) {
        return new StorageConfig(
                directory,
                kind,
                poolSize,
                reserve,
                scratchAge,
                leavingAge,
                snapshots,
                keeper,
                keeperUser,
                records,
                engine);
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
                storage.duration("scratch-age", otherwise.scratchAge),
                storage.duration("leaving-age", otherwise.leavingAge),
                SnapshotRule.from(storage),
                storage.choice("keeper", otherwise.keeper, Keeping::parse),
                storage.text("keeper-user", otherwise.keeperUser),
                data,
                storage.path("engine-directory", otherwise.engineDirectory));
    }

    public static StorageConfig defaults(Path data) {
        return of(data.resolve("storage"), Kind.AUTO, new Bytes(0), Bytes.gib(1))
                .besides(data, ENGINE);
    }

    /** The defaults, but for the pool itself. */
    public static StorageConfig of(Path directory, Kind kind, Bytes poolSize, Bytes reserve) {
        return new StorageConfig(
                directory,
                kind,
                poolSize,
                reserve,
                Duration.ofDays(30),
                Duration.ofDays(90),
                SnapshotRule.DEFAULT,
                Keeping.INSIDE,
                "root",
                directory,
                ENGINE);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
