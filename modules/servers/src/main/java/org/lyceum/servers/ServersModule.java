package org.lyceum.servers;

import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.CatalogModule;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.FormerAddress;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.linux.CoreTime;
import org.lyceum.platform.linux.Machine;
import org.lyceum.platform.linux.Pressure;
import org.lyceum.proxy.Activity;
import org.lyceum.proxy.Routes;
import org.lyceum.slots.SlotsModule;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Wires the servers module. Its constructor is the list of everything the module needs. */
public final class ServersModule implements Module {

    private static final Logger log = LoggerFactory.getLogger(ServersModule.class);

    private final SpawnService spawns;
    private final StopService stops;
    private final ServerQueries queries;
    private final ProgressFeed progress;
    private final ActivityService activity;
    private final KeepService keeping;
    private final EndsService ends;
    private final AnnouncementService announcements;
    private final NamedLimitService namedLimits;
    private final SpawnRunner runner;
    private final SpawnSteps steps;
    private final Doors doors;
    private final Bytes capacity;
    private final ReconcileServers reconcile;
    private final List<Job> jobs;

    /**
     * The parts this one stands on.
     *
     * @param hubApi lets containers reach the hub
     */
    public record Parts(
            Database db,
            IdentityModule identity,
            CommunityModule community,
            CatalogModule catalog,
            StorageModule storage,
            SlotsModule slots,
            ContainerEngine engine,
            Machine machine,
            Routes routes,
            Activity activity,
            HubApiAddress hubApi) {}

    /**
     * Constructors only assign.
     *
     * @param labelKey signs labels; whoever has it can make containers that are taken for ours
     * @param data the platform's data directory; {@code run/servers} below it, which must lie below
     *     one of the engine's bind roots, holds what containers are given on their way
     */
    public ServersModule(
            ServersConfig config,
            Parts parts,
            PlatformId platform,
            Secret labelKey,
            Path data,
            Clock clock) {
        var audit = new AuditLog(parts.db(), clock);
        var servers = new ServerRepository(parts.db(), audit);
        var claims = new ClaimRepository(parts.db(), audit);
        var counts = new StopCounts();
        var labels = new ServerLabels(platform, labelKey);
        this.doors = new Doors(parts.engine(), parts.hubApi(), labels);
        var tools =
                new ServerTools(
                        labels,
                        new SecretFiles(
                                data.resolve("run").resolve("servers"),
                                StorageConfig.UID,
                                StorageConfig.GID),
                        new GuestTools(guestDirectory(data)),
                        doors,
                        new ServerCredentials(parts.identity()),
                        new ProgressFeed(),
                        counts);
        var slots = parts.slots().slots();
        var remains = new ServerRemains(parts, tools);
        this.steps = new SpawnSteps(config, servers, parts, remains, tools);
        var communities = parts.community().communities();
        var calming = new Calming(config.freezing(), () -> Pressure.in(Pressure.DIRECTORY), clock);
        var freezer = new Freezer(parts.engine(), parts.routes(), servers, clock);
        var devices = new DeviceRoom(parts.catalog().profiles().devices(), servers);
        var room =
                new MachineRoom(
                        config,
                        parts.machine(),
                        parts.slots().budget(),
                        servers,
                        communities,
                        calming,
                        devices);
        this.capacity = room.capacity();
        this.runner =
                new SpawnRunner(
                        steps,
                        servers,
                        remains,
                        tools,
                        config,
                        room,
                        parts.catalog().trials(),
                        clock);
        this.stops = new StopService(config, servers, remains, runner, counts, clock);
        var autopsy = new Autopsy(parts.engine(), parts.machine());
        var health = new ServerHealth(parts.engine(), slots, stops, labels, autopsy);
        this.progress = tools.feed();
        this.namedLimits =
                new NamedLimitService(
                        config,
                        new NamedLimitRepository(parts.db(), audit),
                        parts.identity().groups());
        var announced = new AnnouncementRepository(parts.db(), audit);
        this.announcements = new AnnouncementService(announced, clock);
        this.spawns =
                new SpawnService(
                        servers,
                        claims,
                        parts,
                        namedLimits,
                        announcements,
                        runner,
                        health,
                        tools.feed(),
                        clock);
        this.queries =
                new ServerQueries(
                        servers,
                        new MemberRepository(parts.db()),
                        counts,
                        freezer,
                        calming,
                        devices);
        this.activity = new ActivityService(servers, parts.identity().users());
        this.reconcile =
                new ReconcileServers(
                        servers, parts, remains, health, runner, steps, stops, tools, freezer);
        var keeps = new KeepRepository(parts.db(), audit);
        var planned = new PlannedEnds();
        this.ends =
                new EndsService(
                        config.ends(),
                        new EndsRepository(parts.db(), audit),
                        keeps,
                        servers,
                        parts.catalog().catalog(),
                        clock);
        this.keeping = new KeepService(ends, servers, keeps, planned, clock);
        var watch =
                new UseWatch(
                        parts.activity()::uses,
                        new WorkProbe(tools.credentials(), parts.identity().users()),
                        freezer::frozen,
                        clock);
        var closed = new StopClosedCommunities(communities, servers, stops);
        this.jobs =
                List.of(
                        reconcile,
                        closed,
                        new MergeActivity(parts.activity(), servers, activity),
                        new EndDueServers(
                                ends, servers, keeps, announced, planned, stops, watch, clock),
                        new FreezeIdleServers(
                                ends,
                                servers,
                                keeps,
                                watch,
                                new CoreTimes(CoreTime::nanosOf),
                                freezer,
                                calming,
                                clock),
                        calming,
                        new TellServers(
                                servers,
                                announcements,
                                planned,
                                parts.storage().folders(),
                                slots,
                                tools.secrets(),
                                freezer::tell));
        parts.identity()
                .users()
                .onDeleted(gone -> Threads.start("user-deleted", () -> sweep(reconcile::run)));
        communities.onChanged(change -> closed.run());
        communities.keepWhile(
                address -> servers.active().stream().anyMatch(row -> needs(row, address)));
        communities.keepHostWhile(
                community ->
                        servers.active().stream()
                                .anyMatch(row -> row.key().community().equals(community)));
    }

    /** What a server of nobody finds, for the run from which an image is learned. */
    public static Map<String, String> rehearsal() {
        return SingleUserEnvironment.rehearsal();
    }

    /**
     * What every container is given, one that waits as well.
     *
     * @param data as for the constructor
     */
    public static Supplier<List<ContainerSpec.Bind>> guestTools(Path data) {
        return new GuestTools(guestDirectory(data))::binds;
    }

    private static Path guestDirectory(Path data) {
        return data.resolve("run").resolve("guest");
    }

    /** A server is served below the address, or calls the hub's API there. */
    private static boolean needs(Server row, FormerAddress address) {
        var started = row.startedAt();
        boolean calls =
                row.key().community().equals(address.community())
                        && !row.host().isEmpty()
                        && started != null
                        && started.isBefore(address.leftAt());
        return calls || ServerPaths.path(row.prefix()).startsWith(address.baseUrl());
    }

    /**
     * Recovery: takes up what an earlier process left running, before the first request. Where it
     * left nothing, nobody waits for the engine: what lies about is found by the job's first run.
     */
    @Override
    public void start() {
        sweep(reconcile::takeUp);
    }

    @Override
    public void close() {
        runner.close();
        doors.close();
    }

    /** An engine that is down must not keep the platform down; the next sweep makes up for it. */
    private void sweep(Supplier<Job.Report> sweep) {
        try {
            var report = sweep.get();
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

    public AnnouncementService announcements() {
        return announcements;
    }

    public KeepService keeping() {
        return keeping;
    }

    /** Has every start from now on do something in the home first. */
    public void prepareHomes(HomePreparation preparation) {
        steps.prepareHomes(preparation);
    }

    public EndsService ends() {
        return ends;
    }

    public NamedLimitService namedLimits() {
        return namedLimits;
    }

    /** How much memory all servers together may be promised. */
    public Bytes capacity() {
        return capacity;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return jobs;
    }
}
