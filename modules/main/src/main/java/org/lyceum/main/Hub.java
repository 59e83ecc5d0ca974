package org.lyceum.main;

import org.lyceum.admin.AdminModule;
import org.lyceum.audit.AuditLog;
import org.lyceum.builds.BuildsModule;
import org.lyceum.catalog.CatalogConfig;
import org.lyceum.catalog.CatalogModule;
import org.lyceum.catalog.ProfileResolver;
import org.lyceum.certificates.CertificatesModule;
import org.lyceum.community.CommunityModule;
import org.lyceum.content.ContentModule;
import org.lyceum.files.FilesModule;
import org.lyceum.health.HealthModule;
import org.lyceum.hub.HubModule;
import org.lyceum.hub.HubServices;
import org.lyceum.identity.IdentityModule;
import org.lyceum.login.LoginModule;
import org.lyceum.platform.app.Lifecycle;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.db.Migrations;
import org.lyceum.platform.http.Surfaces;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.jobs.JobDriver;
import org.lyceum.platform.jobs.JobStatus;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Vault;
import org.lyceum.platform.linux.Machine;
import org.lyceum.platform.observe.Metrics;
import org.lyceum.proxy.Activity;
import org.lyceum.proxy.Routes;
import org.lyceum.servers.ServersModule;
import org.lyceum.services.ServicesModule;
import org.lyceum.slots.SlotsModule;
import org.lyceum.storage.MountService;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The composition root: calls constructors in dependency order, and nothing else. A test builds
 * this same class with other {@link Adapters}.
 */
final class Hub implements AutoCloseable {

    private final DataDirectory data;
    private final Surfaces surfaces = new Surfaces();
    private final Edge edge;
    private final Lifecycle lifecycle;
    private final JobDriver jobs;
    private final IdentityModule identity;
    private final CommunityModule communities;
    private final LoginModule login;
    private final ServicesModule services;
    private final CatalogModule catalog;
    private final BuildsModule builds;
    private final ContentModule content;
    private final StorageModule storage;
    private final FilesModule files;
    private final ServersModule servers;
    private final CertificatesModule certificates;
    private final HealthModule health;

    private Hub(PlatformConfig config, Adapters adapters, DataDirectory data) {
        this.data = data;
        var clock = adapters.clock();
        var engine = adapters.engine();
        var db = Database.open(data.database(), Migrations.from(Hub.class.getClassLoader(), clock));
        var audit = new AuditLog(db, clock);
        this.identity = new IdentityModule(db, audit, clock);
        this.communities = new CommunityModule(config.hosts(), db, audit, identity, clock);
        var vault = new Vault(data.key("vault.key"));
        this.login = new LoginModule(db, audit, identity, communities, vault, clock);
        var platform = new PlatformId(data.platformId());
        this.catalog =
                new CatalogModule(
                        db,
                        audit,
                        engine,
                        identity,
                        communities,
                        new CatalogConfig(config.image(), config.devices(), config.runtimes()),
                        platform,
                        clock);
        this.storage = new StorageModule(config.storage(), db, identity, clock);
        this.builds =
                new BuildsModule(
                        config.builds().on(config.image()),
                        new BuildsModule.Parts(
                                db, audit, catalog, engine, vault, storage.disks()::roomAhead),
                        platform,
                        PlatformConfig.builds(config.data()),
                        clock);
        this.content =
                new ContentModule(
                        config.content().in(config.image()),
                        new ContentModule.Parts(
                                db,
                                audit,
                                catalog,
                                storage,
                                engine,
                                new Vault(data.key("vault.key"))),
                        platform,
                        PlatformConfig.content(config.data()),
                        PlatformConfig.builds(config.data()).resolve("settings"),
                        clock);
        this.files =
                new FilesModule(
                        config.files(),
                        db,
                        audit,
                        identity,
                        communities,
                        storage,
                        data.root().resolve("run/lists"),
                        clock);
        var routes = new Routes();
        routes.keepApart(communities.hosts()::apart);
        var activity = new Activity(routes, clock);
        this.certificates =
                new CertificatesModule(config.https(), data.root().resolve("keys"), clock);
        this.edge = new Edge(config, surfaces);
        var labelKey = data.key("labels.key");
        var slots =
                new SlotsModule(
                        config.slots(),
                        new SlotsModule.Parts(
                                db,
                                audit,
                                communities.communities(),
                                catalog.profiles(),
                                engine,
                                config.servers().scratch(),
                                ZoneId.systemDefault()),
                        new SlotsModule.Inside(
                                MountService.POINTS,
                                StorageConfig.UID,
                                StorageConfig.GID,
                                ServersModule::rehearsal,
                                ServersModule.guestTools(config.data()),
                                storage.disks()::roomAhead),
                        platform,
                        labelKey,
                        config.data(),
                        clock);
        this.servers =
                new ServersModule(
                        config.servers(),
                        new ServersModule.Parts(
                                db,
                                identity,
                                communities,
                                catalog,
                                storage,
                                slots,
                                engine,
                                Machine.here(),
                                routes,
                                activity,
                                edge::listenForContainers),
                        platform,
                        labelKey,
                        config.data(),
                        clock);
        servers.prepareHomes(content.pulls()::atStart);
        this.services =
                new ServicesModule(
                        config.services(),
                        identity,
                        communities,
                        routes,
                        edge::localOrigin,
                        edge::ports);
        var hub = new HubModule(hubServices(catalog.profiles(), storage, routes, clock), surfaces);
        var door =
                new PublicDoor(
                        edge, routes, activity, config.proxy(), certificates, hub.errorPage());
        this.health =
                new HealthModule(
                        new HealthModule.Parts(
                                db,
                                engine,
                                communities,
                                catalog,
                                login.providers(),
                                storage,
                                certificates.certificates(),
                                this::jobStatuses),
                        new HealthModule.Surroundings(
                                Path.of("/proc"),
                                data.root().resolve("keys"),
                                config.http().address()),
                        clock);
        var setupLink = new SetupLinkFile(identity.setup(), data.setupLink(), edge::origin, clock);
        this.jobs = new JobDriver(allJobs(catalog, storage, slots, hub, setupLink), clock);
        var admin =
                new AdminModule(
                        new AdminModule.Parts(
                                db,
                                identity,
                                communities,
                                login,
                                catalog,
                                builds,
                                content,
                                storage,
                                files,
                                servers,
                                services,
                                health.health(),
                                audit,
                                jobs,
                                engine,
                                config.data(),
                                Main.version(),
                                clock),
                        surfaces);
        this.lifecycle =
                new Lifecycle(
                        List.of(
                                db,
                                identity,
                                communities,
                                login,
                                catalog,
                                storage,
                                builds,
                                content,
                                files,
                                edge,
                                services,
                                slots,
                                servers,
                                certificates,
                                health,
                                hub,
                                admin,
                                door,
                                jobs));
    }

    private HubServices hubServices(
            ProfileResolver profiles, StorageModule storage, Routes routes, Clock clock) {
        var metrics = new ConcurrentHashMap<CommunityId, Metrics>();
        return new HubServices(
                identity,
                communities,
                login,
                profiles,
                new HubServices.Servers(
                        servers.spawns(),
                        servers.stops(),
                        servers.queries(),
                        servers.progress(),
                        servers.activity(),
                        servers.namedLimits(),
                        servers.keeping(),
                        servers.announcements()),
                services.registrations(),
                storage,
                files,
                content.pulls(),
                routes,
                id -> metrics.computeIfAbsent(id, i -> new Metrics()),
                clock);
    }

    /** Of the driver, which is made after those who ask it. */
    private List<JobStatus> jobStatuses() {
        return jobs.statuses();
    }

    private List<Job> allJobs(
            CatalogModule catalog,
            StorageModule storage,
            SlotsModule slots,
            HubModule hub,
            Job setupLink) {
        var all = new ArrayList<Job>();
        all.add(setupLink);
        all.addAll(identity.jobs());
        all.addAll(login.jobs());
        all.addAll(catalog.jobs());
        all.addAll(builds.jobs());
        all.addAll(content.jobs());
        all.addAll(services.jobs());
        all.addAll(storage.jobs());
        all.addAll(files.jobs());
        all.addAll(servers.jobs());
        all.addAll(certificates.jobs());
        all.addAll(health.jobs());
        all.addAll(slots.jobs());
        all.addAll(hub.jobs());
        return all;
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

    /**
     * @throws org.lyceum.platform.kernel.Problem when something outside is in the way
     */
    void start() {
        lifecycle.start();
    }

    /** Where people reach it, without a slash at the end. */
    String origin() {
        return edge.origin();
    }

    /** For tests, which look at what the platform did from behind. */
    IdentityModule identity() {
        return identity;
    }

    CommunityModule communities() {
        return communities;
    }

    LoginModule login() {
        return login;
    }

    CatalogModule catalog() {
        return catalog;
    }

    BuildsModule builds() {
        return builds;
    }

    ContentModule content() {
        return content;
    }

    StorageModule storage() {
        return storage;
    }

    FilesModule files() {
        return files;
    }

    ServersModule servers() {
        return servers;
    }

    ServicesModule services() {
        return services;
    }

    CertificatesModule certificates() {
        return certificates;
    }

    JobDriver jobs() {
        return jobs;
    }

    Surfaces surfaces() {
        return surfaces;
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
