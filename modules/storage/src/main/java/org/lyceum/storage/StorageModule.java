package org.lyceum.storage;

import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.storage.keeper.KeeperService;
import org.lyceum.storage.keeper.LocalKeeper;
import org.lyceum.storage.keeper.RemoteKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Wires the storage module. */
public final class StorageModule implements Module {

    private static final Logger log = LoggerFactory.getLogger(StorageModule.class);

    private final Keeper keeper;
    private final FolderService folders;
    private final HomeService homes;
    private final MountService mounts;
    private final LimitService limits;
    private final PoolService pool;
    private final DiskGuard disks;
    private final OpenPool open;
    private final AnnounceDisks announce;
    private final ReconcileFolders reconcile;
    private final LeavingService leaving;
    private final RetireFolders retire;
    private final SweepScratch sweep;
    private final SnapshotService snapshots;
    private final TakeSnapshots take;

    public StorageModule(StorageConfig config, Database db, IdentityModule identity, Clock clock) {
        this.keeper =
                switch (config.keeper()) {
                    case INSIDE -> new LocalKeeper(config);
                    case APART -> new RemoteKeeper(config.keeperSocket());
                };
        var rows = new FolderRepository(db);
        var audit = new AuditLog(db, clock);
        this.disks = new DiskGuard(config, keeper);
        this.open = new OpenPool(keeper);
        this.announce = new AnnounceDisks(disks, audit);
        this.pool = new PoolService(config, keeper, audit, clock);
        this.limits =
                new LimitService(
                        new LimitRepository(db, audit), identity.groups(), community -> apply());
        var leavingRows = new LeavingRepository(db, audit);
        this.leaving = new LeavingService(leavingRows, keeper, config.leavingAge(), clock);
        this.retire = new RetireFolders(leavingRows, leaving, keeper, clock);
        this.folders = new FolderService(disks, rows, leaving, limits, keeper, clock);
        this.homes = new HomeService(folders);
        this.mounts = new MountService(folders, rows, identity.groups(), identity.roles());
        this.reconcile = new ReconcileFolders(rows, limits, keeper, clock);
        this.snapshots = new SnapshotService(rows, keeper, config.snapshots());
        this.take = new TakeSnapshots(rows, keeper, config.snapshots(), audit, snapshots, clock);
        this.sweep = new SweepScratch(rows, keeper, config.scratchAge(), clock);
    }

    /** The pool as its operator sees it, without a platform round it. Needs root's rights. */
    public static LocalKeeper pool(StorageConfig config) {
        return new LocalKeeper(config);
    }

    /**
     * The keeper for platforms that are not root's; {@link KeeperService#serve} does its work.
     *
     * @throws IOException when the pool's directory is not safe, or another keeper has it
     */
    public static KeeperService keeper(StorageConfig config) throws IOException {
        return KeeperService.listen(config, new LocalKeeper(config));
    }

    private void apply() {
        try {
            reconcile.run();
        } catch (Problem later) { // the job tries again within a minute
            log.warn("limit.not-applied-yet", later);
        }
    }

    public HomeService homes() {
        return homes;
    }

    public MountService mounts() {
        return mounts;
    }

    public FolderService folders() {
        return folders;
    }

    public LimitService limits() {
        return limits;
    }

    public PoolService poolService() {
        return pool;
    }

    public DiskGuard disks() {
        return disks;
    }

    public SnapshotService snapshots() {
        return snapshots;
    }

    public LeavingService leaving() {
        return leaving;
    }

    public Keeper keeper() {
        return keeper;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return List.of(open, reconcile, retire, sweep, announce, take);
    }

    @Override
    public void close() {
        keeper.close();
    }
}
