package org.lyceum.catalog;

import org.lyceum.community.CommunityModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.CommunityId;

import java.util.List;

/** Wires the catalog module. */
public final class CatalogModule implements Module {

    private final CommunityModule communities;
    private final String imageReference;
    private final CatalogService catalog;
    private final ProfileResolver profiles;

    /**
     * @param imageReference what the first environment of every community runs
     */
    public CatalogModule(
            Database db,
            ContainerEngine engine,
            CommunityModule communities,
            String imageReference) {
        var repository = new CatalogRepository(db);
        this.communities = communities;
        this.imageReference = imageReference;
        this.catalog = new CatalogService(repository, engine);
        this.profiles = new ProfileResolver(repository, engine);
    }

    /** What every community begins with, those that are made later included. */
    @Override
    public void start() {
        var all = communities.communities();
        all.present().forEach(community -> ensureDefaults(community.id()));
        all.onChanged(change -> ensureDefaults(change.id()));
    }

    private void ensureDefaults(CommunityId community) {
        catalog.ensureDefaults(community, imageReference);
    }

    public CatalogService catalog() {
        return catalog;
    }

    public ProfileResolver profiles() {
        return profiles;
    }

    /** Nothing yet: what an environment runs changes only at the start, or by an administrator. */
    public List<Job> jobs() {
        return List.of();
    }
}
