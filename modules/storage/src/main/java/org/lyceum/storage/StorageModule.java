package org.lyceum.storage;

import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;

import java.nio.file.Path;
import java.time.Clock;

/** Wires the storage module. */
public final class StorageModule implements Module {

    private final HomeService homes;
    private final HomeMounts mounts;

    /**
     * @param data the platform's data directory; homes are made below it
     */
    public StorageModule(StorageConfig config, Path data, Database db, Clock clock) {
        this.homes = new HomeService(config, data, new HomeRepository(db), clock);
        this.mounts = new HomeMounts(data);
    }

    public HomeService homes() {
        return homes;
    }

    public HomeMounts mounts() {
        return mounts;
    }
}
