package org.lyceum.content;

import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.CatalogModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Vault;
import org.lyceum.storage.StorageModule;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Wires the content module. */
public final class ContentModule implements Module {

    private final Mirrors mirrors;
    private final ContentService content;
    private final PullService pulls;
    private final SweepMirrors sweep;

    /** The parts this one stands on. */
    public record Parts(
            Database db,
            AuditLog audit,
            CatalogModule catalog,
            StorageModule storage,
            ContainerEngine engine,
            Vault vault) {}

    /**
     * @param directory one of the engine's bind roots
     * @param settings the operator's, as for builds: certificates and the way to the world
     */
    public ContentModule(
            ContentConfig config,
            Parts parts,
            PlatformId platform,
            Path directory,
            Path settings,
            Clock clock) {
        this.mirrors = new Mirrors(directory);
        var containers = new PullContainers(parts.engine(), platform, config);
        var sources = new ContentRepository(parts.db(), parts.audit());
        this.content = new ContentService(sources, parts.catalog().catalog(), parts.vault());
        this.pulls =
                new PullService(
                        sources,
                        parts.catalog().profiles(),
                        parts.storage().mounts(),
                        new PullRun(
                                containers,
                                mirrors,
                                sources,
                                config,
                                parts.vault(),
                                settings,
                                clock),
                        config,
                        clock);
        this.sweep = new SweepMirrors(mirrors, containers, clock);
    }

    /** Makes its directories. */
    @Override
    public void start() {
        mirrors.make();
    }

    @Override
    public void close() {
        pulls.end();
    }

    public ContentService content() {
        return content;
    }

    public PullService pulls() {
        return pulls;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return List.of(sweep);
    }
}
