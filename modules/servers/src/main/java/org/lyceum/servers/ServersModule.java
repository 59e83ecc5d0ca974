package org.lyceum.servers;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.CatalogModule;
import org.lyceum.community.CommunityModule;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.proxy.Activity;
import org.lyceum.proxy.Routes;
import org.lyceum.storage.StorageModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the servers module. Its constructor is the list of everything the module needs. */
public final class ServersModule implements Module {

    private static final Logger log = LoggerFactory.getLogger(ServersModule.class);

    private final SpawnService spawns;
    private final StopService stops;
    private final ServerQueries queries;
    private final ProgressFeed progress;
    private final ActivityService activity;
    private final ReconcileServers reconcile;
    private final List<Job> jobs;

    /** The modules this one stands on. */
    public record Below(
            IdentityModule identity,
            CommunityModule community,
            CatalogModule catalog,
            StorageModule storage,
            AuditLog audit) {}

    /**
     * What surrounds the platform.
     *
     * @param hubApi lets containers reach the hub
     */
    public record Outside(
            ContainerEngine engine, Routes routes, Activity activity, HubApiAddress hubApi) {}

    /**
     * What tells this installation from others.
     *
     * @param labelKey signs labels; whoever has it can make containers that are taken for ours
     * @param secretFiles directory for what containers are given on their way: one of the engine's bind
     *     roots, on this machine only
     * @param uid whom containers run as; homes belong to the same
     */
    public record Identity(PlatformId platform, Secret labelKey, Path secretFiles, int uid, int gid) {}

    public ServersModule(
            ServersConfig config,
            Database db,
            Below below,
            Outside outside,
            Identity identity,
            Clock clock) {
        var servers = new ServerRepository(db, below.audit());
        var tools =
                new ServerTools(
                        new ServerLabels(identity.platform(), identity.labelKey()),
                        new SecretFiles(identity.secretFiles(), identity.uid(), identity.gid()),
                        new ProgressFeed());
        var remains =
                new ServerRemains(
                        outside.engine(),
                        outside.routes(),
                        below.identity().tokens(),
                        tools.secrets(),
                        tools.labels());
        var steps =
                new SpawnSteps(
                        config,
                        servers,
                        below.storage().homes(),
                        below.identity(),
                        outside,
                        remains,
                        tools);
        var runner = new SpawnRunner(steps, servers, remains, tools.feed(), config, clock);
        var health =
                new ServerHealth(outside.engine(), servers, remains, tools.labels(), clock);
        this.progress = tools.feed();
        this.spawns =
                new SpawnService(config, servers, below, runner, health, tools.feed(), clock);
        this.stops = new StopService(config, servers, remains, runner, clock);
        this.queries = new ServerQueries(servers, new MemberRepository(db));
        this.activity = new ActivityService(servers, below.identity().users());
        this.reconcile =
                new ReconcileServers(
                        servers, outside, remains, health, runner, steps, stops, tools);
        this.jobs =
                List.of(reconcile, new MergeActivity(outside.activity(), servers, activity));
        below.identity().users().onDeleted(gone -> Threads.start("user-deleted", this::sweep));
    }

    /** Recovery: takes up what an earlier process left running, before the first request. */
    @Override
    public void start() {
        sweep();
    }

    /** An engine that is down must not keep the platform down; the next sweep makes up for it. */
    private void sweep() {
        try {
            var report = reconcile.run();
            log.info(
                    "servers.reconciled looked={} changed={} failed={}",
                    report.looked(),
                    report.changed(),
                    report.failed());
        } catch (Problem problem) {
            log.warn("servers.not-reconciled code={}", problem.code(), problem);
        }
    }

    public SpawnService spawns() {
        return spawns;
    }

    public StopService stops() {
        return stops;
    }

    public ServerQueries queries() {
        return queries;
    }

    public ProgressFeed progress() {
        return progress;
    }

    public ActivityService activity() {
        return activity;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return jobs;
    }
}
