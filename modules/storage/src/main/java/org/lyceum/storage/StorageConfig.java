package org.lyceum.storage;

import java.nio.file.Path;
import org.lyceum.platform.kernel.Bytes;

/**
 * {@code storage.*} of the configuration, and where the platform keeps its files.
 *
 * @param data the platform's data directory; homes are made below it
 * @param reserve free space below which no server starts, so that the database and running servers
 *     can still save
 * @param uid owner of every home: the user all containers run as
 */
public record StorageConfig(Path data, Bytes reserve, int uid, int gid) {

    public static final Bytes DEFAULT_RESERVE = Bytes.gib(1);

    /** What every image of ours runs as. */
    public static final int DEFAULT_UID = 1000;

    public StorageConfig {
        if (!data.isAbsolute()) {
            throw new IllegalArgumentException("the data directory must be an absolute path");
        }
        if (uid < 1 || gid < 1) {
            throw new IllegalArgumentException("homes never belong to root");
        }
    }

    public static StorageConfig defaults(Path data) {
        return new StorageConfig(data, DEFAULT_RESERVE, DEFAULT_UID, DEFAULT_UID);
    }
}
