package org.lyceum.main;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.lyceum.admin.AdminModule;
import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.CatalogModule;
import org.lyceum.community.CommunityModule;
import org.lyceum.hub.HubModule;
import org.lyceum.hub.HubServices;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.app.Lifecycle;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.db.Migrations;
import org.lyceum.platform.http.Surfaces;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.jobs.JobDriver;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.observe.Metrics;
import org.lyceum.proxy.Activity;
import org.lyceum.proxy.Routes;
import org.lyceum.servers.PlatformId;
import org.lyceum.servers.ServersModule;
import org.lyceum.storage.StorageModule;

/**
 * The composition root: calls constructors in dependency order, and nothing else. A test builds this
 * same class with other {@link Adapters}.
 */
final class Hub implements AutoCloseable {

    /** How long requests that are under way may still take when the process ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DataDirectory data;
    private final Edge edge;
    private final Lifecycle lifecycle;
    private final JobDriver jobs;
    private final IdentityModule identity;
    private final CommunityModule communities;
    private final ServersModule servers;

    private Hub(PlatformConfig config, Adapters adapters, DataDirectory data) {
        this.data = data;
        var clock = adapters.clock();
        var db = Database.open(data.database(), Migrations.from(Hub.class.getClassLoader(), clock));
        var audit = new AuditLog(db, clock);
        this.identity = new IdentityModule(db, audit, clock);
        this.communities = new CommunityModule(db, audit, identity, clock);
        var catalog = new CatalogModule(db, adapters.engine(), communities, config.image());
        var storage = new StorageModule(config.storage(), config.data(), db, clock);
        var routes = new Routes();
        var activity = new Activity(routes, clock);
        var surfaces = new Surfaces();
        this.edge = new Edge(config, surfaces, routes, activity);
        var metrics = new ConcurrentHashMap<CommunityId, Metrics>();
        var platform = new PlatformId(data.platformId());
        this.servers =
                new ServersModule(
                        config.servers(),
                        new ServersModule.Parts(
                                db, identity, communities, catalog, storage, adapters.engine(), routes, activity, edge::listenForContainers),
                        platform,
                        data.key("labels.key"),
                        config.data(),
                        clock);
        var setupLink = new SetupLinkFile(identity.setup(), data.setupLink(), edge::url, clock);
        this.jobs = new JobDriver(jobs(List.of(identity.jobs(), catalog.jobs(), servers.jobs(), List.of(setupLink))), clock);
        var hub =
                new HubModule(
                        new HubServices(
                                identity,
                                communities,
                                new HubServices.Servers(
                                        servers.spawns(), servers.stops(), servers.queries(), servers.progress(), servers.activity()),
                                routes,
                                id -> metrics.computeIfAbsent(id, i -> new Metrics()),
                                clock),
                        surfaces);
        var admin =
                new AdminModule(
                        new AdminModule.Parts(
                                db, identity, communities, catalog.catalog(), servers, audit, jobs, adapters.engine(), config.data(), Main.version(), clock),
                        surfaces);
        this.lifecycle = new Lifecycle(List.of(db, identity, communities, catalog, storage, servers, hub, admin, edge, jobs));
    }

    /** Opens the data directory and the database; starts nothing. */
    static Hub open(PlatformConfig config, Adapters adapters) {
        var data = DataDirectory.open(config.data());
        try {
            return new Hub(config, adapters, data);
        } catch (RuntimeException failure) {
            data.close();
            throw failure;
        }
    }

    /** @throws org.lyceum.platform.kernel.Problem when something outside is in the way */
    void start() {
        lifecycle.start();
    }

    /** Where people reach it, with a slash at the end. */
    String url() {
        return edge.url();
    }

    @Override
    public void close() {
        try {
            lifecycle.close();
        } finally {
            data.close();
        }
    }
}
