package org.lyceum.catalog;

import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerEngine;

/** Wires the catalog module. */
public final class CatalogModule implements Module {

    private final CatalogService catalog;
    private final ProfileResolver profiles;

    public CatalogModule(Database db, ContainerEngine engine) {
        var repository = new CatalogRepository(db);
        this.catalog = new CatalogService(repository, engine);
        this.profiles = new ProfileResolver(repository, engine);
    }

    public CatalogService catalog() {
        return catalog;
    }

    public ProfileResolver profiles() {
        return profiles;
    }
}
