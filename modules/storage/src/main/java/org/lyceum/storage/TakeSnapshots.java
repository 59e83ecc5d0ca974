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
import java.util.List;
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
    private boolean tight;

    TakeSnapshots(
            FolderRepository folders,
            Keeper keeper,
            SnapshotRule rule,
            AuditLog audit,
            Clock clock) {
        this.folders = folders;
        this.keeper = keeper;
        this.rule = rule;
        this.audit = audit;
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
            var why = tight(pool);
            tell(why);
            if (why.isEmpty()) {
                return each(this::goOn);
            }
            var oldest = oldest();
            var cutoff = oldest.plus(Duration.between(oldest, clock.instant()).dividedBy(PART));
            return each(folder -> drop(folder, times(folder), t -> !t.isAfter(cutoff)));
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    /** Why the oldest must go; empty when there is room. */
    private String tight(PoolReport pool) throws IOException {
        var use =
                new DiskUse(
                        DiskPurpose.FILES, pool.place(), pool.totalBytes(), pool.availableBytes());
        if (use.level() != DiskUse.Level.FINE) {
            return "the pool is nearly full";
        }
        long held = held(pool);
        long share = pool.totalBytes() / 100 * rule.share();
        return held <= share
                ? ""
                : "snapshots have " + new Bytes(held) + " of " + new Bytes(share) + " for them";
    }

    /**
     * What is used and no folder has: snapshots, and the file system's own records. Nothing less
     * would count what two snapshots share and the folder has no longer.
     */
    private long held(PoolReport pool) throws IOException {
        var usages = keeper.usages();
        long inFolders = 0;
        long after = 0;
        while (true) {
            var page = folders.after(after, PAGE);
            if (page.isEmpty()) {
                return Math.max(0, pool.totalBytes() - pool.availableBytes() - inFolders);
            }
            after = page.getLast().folder().number();
            for (var line : page) {
                var mark = line.mark();
                var usage = mark == null ? null : usages.get(mark);
                inFolders += usage == null ? 0 : usage.bytes();
            }
        }
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

    private Instant oldest() throws IOException {
        Instant[] oldest = {clock.instant()};
        each(
                folder -> {
                    var times = times(folder);
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
    private boolean goOn(Folder folder) throws IOException {
        var now = clock.instant();
        var times = new ArrayList<>(times(folder));
        var hour = now.truncatedTo(ChronoUnit.HOURS); // the rule keeps the first of each
        boolean taken =
                rule.hourly() > 0
                        && (times.isEmpty() || times.getLast().isBefore(hour))
                        && keeper.snapshot(folder, now);
        if (taken) {
            times.add(Instant.ofEpochSecond(now.getEpochSecond()));
        }
        var superfluous = rule.superfluous(times);
        return drop(folder, times, superfluous::contains) || taken;
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
