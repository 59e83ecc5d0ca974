package org.lyceum.storage;

import java.time.Clock;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;

/** Wires the storage module. */
public final class StorageModule implements Module {

    private final HomeService homes;

    public StorageModule(StorageConfig config, Database db, Clock clock) {
        this.homes = new HomeService(config, new HomeRepository(db), clock);
    }

    public HomeService homes() {
        return homes;
    }
}
