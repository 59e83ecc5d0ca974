package org.lyceum.catalog;

import org.lyceum.audit.AuditLog;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.PlatformId;

import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Wires the catalog module. */
public final class CatalogModule implements Module {

    private final CommunityModule communities;
    private final String imageReference;
    private final CatalogService catalog;
    private final ProfileResolver profiles;
    private final Runtimes runtimes;
    private final ProfileService profileEdits;
    private final EnvironmentService environments;
    private final TrialService trials;
    private final TryImages tryImages;
    private final FreezeImages freezeImages;

    /**
     * @param config what the first environment of every community runs, and devices
     */
    public CatalogModule(
            Database db,
            AuditLog audit,
            ContainerEngine engine,
            IdentityModule identity,
            CommunityModule communities,
            CatalogConfig config,
            PlatformId platform,
            Clock clock) {
        this.runtimes = new Runtimes(config.runtimes(), engine);
        var repository = new CatalogRepository(db);
        this.communities = communities;
        this.imageReference = config.defaultImage();
        this.catalog = new CatalogService(repository);
        var belongings = new Belongings(identity.users(), identity.groups(), identity.roles());
        this.profiles =
                new ProfileResolver(
                        repository, belongings, engine, config.devices(), this.runtimes);
        var trials = new TrialRepository(db, audit, clock);
        this.tryImages = new TryImages(trials, repository, new ContainerTrial(engine, platform));
        this.trials = new TrialService(repository, trials, engine, tryImages);
        this.freezeImages = new FreezeImages(repository, engine, imageReference, trials, tryImages);
        this.profileEdits =
                new ProfileService(
                        repository,
                        new ProfileRepository(db, audit),
                        config.devices(),
                        this.runtimes);
        this.environments =
                new EnvironmentService(
                        repository, new EnvironmentRepository(db, audit), freezeImages::run);
    }

    /** What every community begins with, those that are made later included. */
    @Override
    public void start() {
        var all = communities.communities();
        ensureDefaults(all.present().stream().map(Community::id).toList());
        all.onChanged(
                change -> {
                    ensureDefaults(List.of(change.id()));
                    freezeImages.run();
                });
    }

    private void ensureDefaults(List<CommunityId> communities) {
        catalog.ensureDefaults(Set.copyOf(communities), imageReference);
    }

    public CatalogService catalog() {
        return catalog;
    }

    public ProfileResolver profiles() {
        return profiles;
    }

    public Runtimes runtimes() {
        return runtimes;
    }

    public ProfileService profileEdits() {
        return profileEdits;
    }

    public TrialService trials() {
        return trials;
    }

    public EnvironmentService environments() {
        return environments;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return List.of(freezeImages, tryImages);
    }
}
