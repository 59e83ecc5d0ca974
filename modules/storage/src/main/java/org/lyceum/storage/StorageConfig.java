package org.lyceum.storage;

import org.lyceum.platform.config.ConfigSection;
import org.lyceum.platform.kernel.Bytes;

/**
 * {@code storage.*} of the configuration. Every default is written here and nowhere else.
 *
 * @param reserve free space below which no server starts, so that the database and running servers
 *     can still save
 */
public record StorageConfig(Bytes reserve) {

    /** Owner of every home, and whom all containers run as; images of ours know the same number. */
    public static final int UID = 1000;

    public static final int GID = 1000;

    /** Where containers have the home; what it is called outside is nobody's business. */
    public static final String INSIDE = "/home/jovyan";

    public static StorageConfig from(ConfigSection storage) {
        return new StorageConfig(storage.bytes("reserve", defaults().reserve()));
    }

    public static StorageConfig defaults() {
        return new StorageConfig(Bytes.gib(1));
    }
}
