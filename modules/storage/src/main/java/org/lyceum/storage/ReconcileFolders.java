package org.lyceum.storage;

import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.CommunityId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compares what the kernel counts and enforces with what should be: writes down usage, sets limits
 * that differ, makes folders that a crash left unmade. One look at the kernel's count is all it
 * takes; where the kernel does not count, the folders measured longest ago are measured.
 */
final class ReconcileFolders implements Job {

    private static final Logger log = LoggerFactory.getLogger(ReconcileFolders.class);

    /** Folders handled at once; memory, not a limit on how many there are. */
    private static final int PAGE = 2_000;

    /** Measuring walks a folder, which takes seconds. */
    private static final int WALKED = 20;

    /** Where limits are kept in blocks or by a ballast, this much is the same. */
    private static final double SAME = 0.01;

    private final FolderRepository folders;
    private final LimitService limits;
    private final Keeper keeper;
    private final Clock clock;

    ReconcileFolders(FolderRepository folders, LimitService limits, Keeper keeper, Clock clock) {
        this.folders = folders;
        this.limits = limits;
        this.keeper = keeper;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "storage.reconcile-folders";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public synchronized Report run() {
        try {
            var report = keeper.open();
            if (!report.kind().abilities().bytes()) {
                return measure();
            }
            return compare(keeper.usages());
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    private Report measure() {
        var seen = new HashMap<Long, Usage>();
        int failed = 0;
        for (var line : folders.measuredLongestAgo(WALKED)) {
            var mark = line.mark();
            try {
                if (mark != null) {
                    seen.put(line.folder().number(), keeper.usage(line.folder(), mark));
                }
            } catch (IOException e) { // one folder must not keep the rest from being measured
                failed++;
                log.warn("folder.not-measured folder={}", line.key(), e);
            }
        }
        folders.measured(seen, clock.instant());
        return new Report(seen.size() + failed, seen.size(), failed);
    }

    private Report compare(Map<Long, Usage> kernel) {
        var total = Report.NOTHING;
        long after = 0;
        while (true) {
            var page = folders.after(after, PAGE);
            if (page.isEmpty()) {
                return total;
            }
            total = sum(total, compare(page, kernel));
            after = page.getLast().folder().number();
        }
    }

    private Report compare(List<FolderRepository.Line> page, Map<Long, Usage> kernel) {
        var pass = new Pass(kernel);
        var groups =
                page.stream()
                        .collect(
                                Collectors.groupingBy(
                                        line ->
                                                new Group(
                                                        line.key().community(),
                                                        line.key().kind())));
        groups.forEach(
                (group, lines) -> {
                    var ofGroup = lines.stream().map(FolderRepository.Line::folder).toList();
                    var wanted = limits.of(group.community(), group.kind(), ofGroup);
                    lines.forEach(line -> pass.look(line, wanted.apply(line.folder()).enforced()));
                });
        folders.measured(pass.measured, clock.instant());
        return new Report(page.size(), pass.changed, pass.failed);
    }

    /** What one page of folders came to. */
    private final class Pass {

        private final Map<Long, Usage> kernel;
        private final Map<Long, Usage> measured = new HashMap<>();
        private int changed;
        private int failed;

        Pass(Map<Long, Usage> kernel) {
            this.kernel = kernel;
        }

        void look(FolderRepository.Line line, Limits wanted) {
            var mark = line.mark();
            var now = mark == null ? null : kernel.get(mark);
            if (now != null && differs(line, now)) {
                measured.put(line.folder().number(), now);
            }
            try {
                if (mark == null) {
                    folders.mark(line.folder(), keeper.make(line.folder(), wanted).mark());
                    changed++;
                } else if (now != null && !same(now, wanted)) {
                    keeper.limit(line.folder(), mark, wanted);
                    changed++;
                }
            } catch (IOException e) { // one folder must not keep the rest from being looked at
                failed++;
                log.warn("folder.not-reconciled folder={}", line.key(), e);
            }
        }
    }

    private record Group(CommunityId community, FolderKind kind) {}

    private static boolean differs(FolderRepository.Line line, Usage now) {
        long inodes = line.usedInodes() == null ? Usage.UNCOUNTED : line.usedInodes();
        return line.usedBytes() != now.bytes() || inodes != now.inodes();
    }

    /** Files are compared where the kernel counts them. */
    private static boolean same(Usage now, Limits wanted) {
        return near(now.limits().bytes(), wanted.bytes())
                && (now.inodes() == Usage.UNCOUNTED
                        || near(now.limits().inodes(), wanted.inodes()));
    }

    private static boolean near(long now, long wanted) {
        return Math.abs(now - wanted) <= wanted * SAME;
    }

    private static Report sum(Report one, Report other) {
        return new Report(
                one.looked() + other.looked(),
                one.changed() + other.changed(),
                one.failed() + other.failed());
    }
}
