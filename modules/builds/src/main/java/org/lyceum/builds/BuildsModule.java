package org.lyceum.builds;

import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.CatalogModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Vault;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Wires the builds module. */
public final class BuildsModule implements Module {

    private final BuildPlaces places;
    private final BuildRepository builds;
    private final BuildService service;
    private final RunBuilds run;
    private final ImageStock images;
    private final CleanImages clean;

    /**
     * The parts this one stands on.
     *
     * @param room whether the disks have any for what is not a person's start
     */
    public record Parts(
            Database db,
            AuditLog audit,
            CatalogModule catalog,
            ContainerEngine engine,
            Vault vault,
            BooleanSupplier room) {}

    /**
     * @param directory one of the engine's bind roots
     */
    public BuildsModule(
            BuildsConfig config, Parts parts, PlatformId platform, Path directory, Clock clock) {
        this.places = new BuildPlaces(directory);
        this.builds = new BuildRepository(parts.db(), parts.audit(), clock);
        var sources = new SourceRepository(parts.db(), parts.audit());
        var logs = new BuildLogs(places);
        var containers = new StepContainers(parts.engine(), platform, config);
        var fetch = new Fetch(containers, places, sources, parts.vault());
        var pulled = new PulledRepository(parts.db(), clock);
        var run = new BuildRun(parts.engine(), containers, places, builds, fetch, config, pulled);
        var catalog = parts.catalog();
        this.images =
                new ImageStock(parts.engine(), pulled, catalog.trials(), platform, config.images());
        this.run =
                new RunBuilds(
                        builds,
                        run,
                        containers,
                        places,
                        logs,
                        catalog.trials(),
                        config,
                        parts.room());
        this.clean = new CleanImages(images, this.run, parts.room());
        this.service =
                new BuildService(
                        catalog.catalog(),
                        sources,
                        builds,
                        logs,
                        this.run,
                        parts.vault(),
                        parts.room());
    }

    /** Makes its directories; logs of builds that are forgotten go. */
    @Override
    public void start() {
        places.make();
        for (long build : places.logs()) {
            if (builds.find(build).isEmpty()) {
                places.deleteLog(build);
            }
        }
    }

    @Override
    public void close() {
        run.end();
    }

    public BuildService builds() {
        return service;
    }

    public ImageStock images() {
        return images;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return List.of(run, clean);
    }
}
