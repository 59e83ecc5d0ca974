package org.lyceum.storage;

import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Keeps earlier versions of all folders but scratch: takes one each hour where something changed,
 * and removes what the rule does not keep. When the pool is nearly full, or snapshots have more
 * than their share, none is taken and the oldest of all go, a quarter of the time they reach back
 * at a time; folders themselves are never touched.
 */
final class TakeSnapshots implements Job {

    private static final Logger log = LoggerFactory.getLogger(TakeSnapshots.class);

    /** Folders handled at once; memory, not a limit on how many there are. */
    private static final int PAGE = 500;

    /** Of the time that snapshots reach back, what goes at once. */
    private static final int PART = 4;

    private final FolderRepository folders;
    private final Keeper keeper;
    private final SnapshotRule rule;
    private final AuditLog audit;
    private final Clock clock;
    private final SnapshotService service;

    /** Folders looked at in this hour; at most as many as there are. */
    private final Set<Long> looked = new HashSet<>();

    private Instant lookedIn = Instant.EPOCH;
    private int without;
    private boolean someWithout;
    private boolean tight;

    TakeSnapshots(
            FolderRepository folders,
            Keeper keeper,
            SnapshotRule rule,
            AuditLog audit,
            SnapshotService service,
            Clock clock) {
        this.folders = folders;
        this.keeper = keeper;
        this.rule = rule;
        this.audit = audit;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "storage.take-snapshots";
    }

    /** A pool that fills up has this long before the oldest go. */
    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public synchronized Report run() {
        try {
            var pool = keeper.open();
            if (!pool.kind().abilities().snapshots()) {
                return Report.NOTHING;
            }
            var use = SnapshotUse.measure(pool, keeper, folders, rule, clock.instant());
            var why = tight(pool, use);
            tell(why);
            without = 0;
            var report =
                    why.isEmpty() ? each(folder -> goOn(folder, pool, use)) : dropOldest(false);
            service.found(use.withoutRoom(without));
            tellWithout();
            return without == 0 ? report : plus(report, dropOldest(true));
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    private static Report plus(Report one, Report other) {
        return new Report(
                one.looked(), one.changed() + other.changed(), one.failed() + other.failed());
    }

    /** Why the oldest must go; empty when there is room. */
    private static String tight(PoolReport pool, SnapshotUse use) {
        var disk =
                new DiskUse(
                        DiskPurpose.FILES, pool.place(), pool.totalBytes(), pool.availableBytes());
        if (disk.level() != DiskUse.Level.FINE) {
            return "the pool is nearly full";
        }
        return use.bytes() <= use.shareBytes()
                ? ""
                : "snapshots have "
                        + new Bytes(use.bytes())
                        + " of "
                        + new Bytes(use.shareBytes())
                        + " for them";
    }

    private void tellWithout() {
        if (someWithout == without > 0) {
            return;
        }
        someWithout = without > 0;
        var words =
                someWithout
                        ? "not of " + without + " folders, whose changes do not fit into the share"
                        : "of all folders again";
        log.warn("snapshots.changed {}", words);
        audit.record(null, new Actor.Platform(), AuditAction.SNAPSHOTS_CHANGED, words);
    }

    /**
     * @param keepLatest of each folder: without it the next would be a copy of everything
     */
    private Report dropOldest(boolean keepLatest) throws IOException {
        var oldest = oldest(keepLatest);
        var cutoff = oldest.plus(Duration.between(oldest, clock.instant()).dividedBy(PART));
        return each(folder -> drop(folder, some(folder, keepLatest), t -> !t.isAfter(cutoff)));
    }

    private List<Instant> some(Folder folder, boolean butLatest) throws IOException {
        var times = times(folder);
        return butLatest && !times.isEmpty() ? times.subList(0, times.size() - 1) : times;
    }

    private void tell(String why) {
        if (tight == !why.isEmpty()) {
            return;
        }
        tight = !why.isEmpty();
        var words = tight ? "the oldest go because " + why : "taken again";
        log.warn("snapshots.changed {}", words);
        audit.record(null, new Actor.Platform(), AuditAction.SNAPSHOTS_CHANGED, words);
    }

    private Instant oldest(boolean butLatest) throws IOException {
        Instant[] oldest = {clock.instant()};
        each(
                folder -> {
                    var times = some(folder, butLatest);
                    if (!times.isEmpty() && times.getFirst().isBefore(oldest[0])) {
                        oldest[0] = times.getFirst();
                    }
                    return false;
                });
        return oldest[0];
    }

    private List<Instant> times(Folder folder) throws IOException {
        return keeper.snapshots(folder).times();
    }

    /** Takes one if it is time, and removes what is too much. */
    private boolean goOn(Folder folder, PoolReport pool, SnapshotUse use) throws IOException {
        var now = clock.instant();
        var times = new ArrayList<>(times(folder));
        boolean taken = isTime(folder, times, now, pool.kind()) && taken(folder, now, use);
        if (taken) {
            times.add(Instant.ofEpochSecond(now.getEpochSecond()));
        }
        var superfluous = rule.superfluous(times);
        return drop(folder, times, superfluous::contains) || taken;
    }

    /** The rule keeps the first of each hour. Where looking is a walk, one look is enough. */
    private boolean isTime(Folder folder, List<Instant> times, Instant now, PoolKind kind) {
        var hour = now.truncatedTo(ChronoUnit.HOURS);
        if (rule.hourly() == 0 || (!times.isEmpty() && !times.getLast().isBefore(hour))) {
            return false;
        }
        if (!hour.equals(lookedIn)) {
            lookedIn = hour;
            looked.clear();
        }
        return !kind.walks() || looked.add(folder.number());
    }

    private boolean taken(Folder folder, Instant now, SnapshotUse use) throws IOException {
        var taken = keeper.snapshot(folder, now, use.shareBytes());
        if (taken == Keeper.Taken.NO_ROOM) {
            without++;
            looked.remove(folder.number()); // older ones go now; then there may be room
        }
        return taken == Keeper.Taken.TAKEN;
    }

    private boolean drop(Folder folder, List<Instant> times, Function<Instant, Boolean> which)
            throws IOException {
        boolean dropped = false;
        for (var time : times) {
            if (which.apply(time)) {
                keeper.dropSnapshot(folder, time);
                dropped = true;
            }
        }
        return dropped;
    }

    @FunctionalInterface
    private interface Work {
        /** Whether anything changed. */
        boolean on(Folder folder) throws IOException;
    }

    private Report each(Work work) {
        int looked = 0;
        int changed = 0;
        int failed = 0;
        long after = 0;
        while (true) {
            var page = folders.after(after, PAGE);
            if (page.isEmpty()) {
                return new Report(looked, changed, failed);
            }
            after = page.getLast().folder().number();
            for (var line : page) {
                if (line.key().kind() == FolderKind.SCRATCH || line.mark() == null) {
                    continue;
                }
                looked++;
                try {
                    changed += work.on(line.folder()) ? 1 : 0;
                } catch (IOException e) { // one folder must not keep the rest from being kept
                    failed++;
                    log.warn("snapshots.not-kept folder={}", line.key(), e);
                }
            }
        }
    }
}
