package org.lyceum.health;

import org.lyceum.catalog.CatalogModule;
import org.lyceum.certificates.CertificateService;
import org.lyceum.community.CommunityModule;
import org.lyceum.health.MachineChecks.Door;
import org.lyceum.login.ProviderService;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.EngineProcess;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.jobs.JobStatus;
import org.lyceum.storage.StorageModule;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Wires the health module. */
public final class HealthModule implements Module {

    /** With all checks of a round; whoever waits for an answer is a person. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HealthService service;
    private final Job check;

    /** The parts it looks at. */
    public record Parts(
            Database db,
            ContainerEngine engine,
            CommunityModule communities,
            CatalogModule catalog,
            ProviderService providers,
            StorageModule storage,
            CertificateService certificates,
            Supplier<List<JobStatus>> jobs) {}

    /**
     * The machine round it.
     *
     * @param kernel where the kernel tells of itself, {@code /proc}
     * @param keys directory with the platform's keys
     * @param address the platform listens on
     */
    public record Surroundings(Path kernel, Path keys, String address) {}

    public HealthModule(Parts parts, Surroundings surroundings, Clock clock) {
        var engine = parts.engine();
        var checks = new ArrayList<Check>();
        checks.addAll(
                new MachineChecks(
                                new KernelFiles(surroundings.kernel()),
                                new Door(
                                        surroundings.address(),
                                        parts.certificates().wanted(),
                                        parts.communities().hosts().platform()))
                        .all());
        checks.addAll(new EngineChecks(engine, new EngineProcess(surroundings.kernel())).all());
        checks.addAll(new RuntimeChecks(engine, parts.catalog().runtimes()::all).all());
        checks.addAll(new StorageChecks(parts.storage(), parts.db(), surroundings.keys()).all());
        checks.addAll(new CertificateChecks(parts.certificates(), clock).all());
        checks.addAll(new SignInChecks(parts.providers(), clock).all());
        checks.addAll(
                new WorkChecks(
                                parts.jobs(),
                                parts.communities().communities(),
                                parts.catalog().catalog(),
                                engine,
                                clock)
                        .all());
        this.service = new HealthService(checks, PATIENCE, clock);
        this.check = new CheckHealth(service);
    }

    public HealthService health() {
        return service;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return List.of(check);
    }

    @Override
    public void close() {
        service.close();
    }
}
