package org.lyceum.admin;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.Meaning;
import org.lyceum.storage.Bounds;
import org.lyceum.storage.DiskPurpose;
import org.lyceum.storage.DiskUse;
import org.lyceum.storage.EffectiveLimits;
import org.lyceum.storage.EffectiveLimits.Origin;
import org.lyceum.storage.FolderKind;
import org.lyceum.storage.FolderUsage;
import org.lyceum.storage.Leaving;
import org.lyceum.storage.LimitRule;
import org.lyceum.storage.LimitScope;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.PoolReport;
import org.lyceum.storage.PoolService;
import org.lyceum.storage.SnapshotUse;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the panel's API answers about folders, their limits and the pool. */
final class StorageJson {

    private StorageJson() {}

    /** Where people's files lie. */
    record Pool(
            PoolKind kind,
            @Meaning("Whether a write past a limit fails.") boolean enforced,
            String place,
            @Meaning("Whether it is a file system in a file, which can grow.") boolean image,
            long totalBytes,
            long availableBytes,
            @Meaning("How large it can be made now.") long largestBytes,
            @Meaning("What was tried when it was made, in order.") List<TriedLine> tried,
            @Meaning("The latest since the platform started; null without one.")
                    @Nullable GrowthLine growth,
            @Meaning("The machine's disks by what their room is for.") List<DiskUseLine> disks,
            @Meaning("Null where none are kept, and until somebody has looked.")
                    @Nullable SnapshotLine snapshots) {

        static Pool of(
                PoolReport report,
                long largest,
                Optional<PoolService.Growth> growth,
                List<DiskUse> disks,
                Optional<SnapshotUse> snapshots) {
            return new Pool(
                    report.kind(),
                    report.kind().abilities().bytes(),
                    report.place(),
                    report.image(),
                    report.totalBytes(),
                    report.availableBytes(),
                    largest,
                    report.tried().stream()
                            .map(
                                    tried ->
                                            new TriedLine(
                                                    tried.what(), tried.worked(), tried.words()))
                            .toList(),
                    growth.map(GrowthLine::of).orElse(null),
                    disks.stream().map(DiskUseLine::of).toList(),
                    snapshots.map(SnapshotLine::of).orElse(null));
        }
    }

    /** Earlier versions of all files. */
    record SnapshotLine(
            @Meaning("What they take on the disk and no folder has.") long bytes,
            @Meaning("What they may take.") long shareBytes,
            @Meaning("Folders whose changes did not fit when it was looked.") int without,
            @Meaning("When it was looked.") Instant at) {

        static SnapshotLine of(SnapshotUse use) {
            return new SnapshotLine(use.bytes(), use.shareBytes(), use.without(), use.at());
        }
    }

    record DiskUseLine(
            DiskPurpose purpose,
            String place,
            long totalBytes,
            long availableBytes,
            @Meaning("What is stopped: HIGH from 90 %, NEARLY_FULL from 95 %, FULL from 99 %.")
                    DiskUse.Level level) {

        static DiskUseLine of(DiskUse use) {
            return new DiskUseLine(
                    use.purpose(),
                    use.place(),
                    use.totalBytes(),
                    use.availableBytes(),
                    use.level());
        }
    }

    record LeavingLine(
            long id,
            FolderKind kind,
            @Meaning("As the owner is or was called; empty for the community's.") String owner,
            Leaving.Reason reason,
            long bytes,
            Instant since,
            @Meaning("When they are removed.") Instant until) {

        static LeavingLine of(Leaving leaving) {
            return new LeavingLine(
                    leaving.folder().number(),
                    leaving.folder().key().kind(),
                    leaving.ownerName(),
                    leaving.reason(),
                    leaving.usedBytes(),
                    leaving.since(),
                    leaving.until());
        }
    }

    /** Files whose owners have gone. */
    record LeavingPage(
            @Meaning("How long files are kept unless somebody says otherwise.") long keptDays,
            @Meaning("Those that go first before all others.") List<LeavingLine> items,
            @Meaning("Offset of the following page; null on the last one.")
                    @Nullable Integer next) {}

    record TriedLine(String what, boolean worked, String words) {}

    record GrowthLine(
            @Meaning("What it is to have.") long bytes,
            Instant startedAt,
            @Meaning("Null while it goes on.") @Nullable Instant endedAt,
            @Meaning("Null unless it failed.") @Nullable String failure) {

        static GrowthLine of(PoolService.Growth growth) {
            return new GrowthLine(
                    growth.bytes(), growth.startedAt(), growth.endedAt(), growth.failure());
        }
    }

    /** A limit as somebody decided it. */
    record BoundsLine(
            @Meaning("What is enforced; 0 is no limit.") long hard,
            @Meaning("Where people are warned.") long warning) {

        static @Nullable BoundsLine of(@Nullable Bounds bounds) {
            return bounds == null ? null : new BoundsLine(bounds.hard(), bounds.soft());
        }
    }

    record RuleLine(
            LimitScope scope,
            @Meaning("Number of the group, the user or the folder; 0 for the community.")
                    long subject,
            @Meaning("Of the user or the group; null when they are no more.") @Nullable String name,
            @Meaning("Null: says nothing about bytes.") @Nullable BoundsLine bytes,
            @Meaning("Null: says nothing about files.") @Nullable BoundsLine inodes,
            @Meaning("To be sent with a change; -1 once there is no rule.") long version) {

        static RuleLine of(LimitRule rule, @Nullable String name, long version) {
            return new RuleLine(
                    rule.scope(),
                    rule.subject(),
                    name,
                    BoundsLine.of(rule.bytes()),
                    BoundsLine.of(rule.inodes()),
                    version);
        }
    }

    /** A limit that counts, and who decided it. */
    record LimitLine(
            @Meaning("What is enforced; 0 is no limit.") long hard,
            @Meaning("Where people are warned.") long warning,
            @Meaning("Whom the rule is for that decided.") LimitScope from,
            @Meaning("Name of that user or group.") @Nullable String fromName) {

        static LimitLine of(Bounds bounds, Origin from, Map<Origin, String> names) {
            return new LimitLine(bounds.hard(), bounds.soft(), from.scope(), names.get(from));
        }
    }

    record FolderLine(
            long id,
            @Meaning("Null when they are no more, or when it is the community's.")
                    @Nullable String owner,
            @Meaning("Number of the user or the group; 0 for the community.") long ownerId,
            long bytes,
            @Meaning("Files, directories and links; null where nobody counts them.")
                    @Nullable Long inodes,
            @Nullable Instant measuredAt,
            LimitLine bytesLimit,
            LimitLine inodesLimit,
            FolderUsage.Level level) {

        static FolderLine of(
                StorageListRepository.FolderRow row,
                EffectiveLimits limits,
                boolean enforced,
                Map<Origin, String> names) {
            var usage = new FolderUsage(row.folder(), row.bytes(), row.inodes(), limits, enforced);
            return new FolderLine(
                    row.folder().number(),
                    row.owner(),
                    row.folder().key().owner(),
                    row.bytes(),
                    row.inodes(),
                    row.measuredAt(),
                    LimitLine.of(limits.bytes(), limits.bytesFrom(), names),
                    LimitLine.of(limits.inodes(), limits.inodesFrom(), names),
                    usage.level());
        }
    }

    /** Folders of one kind in a community. */
    record FolderPage(
            @Meaning("Whether a write past a limit fails.") boolean enforced,
            @Meaning("Whether making a file past a limit fails.") boolean inodesEnforced,
            @Meaning("What all folders of the community hold, of every kind.") long heldBytes,
            @Meaning("What counts where no group, user or folder has a rule of its own.")
                    LimitLine standardBytes,
            LimitLine standardInodes,
            List<RuleLine> rules,
            @Meaning("The largest first.") List<FolderLine> items,
            @Meaning("Offset of the following page; null on the last one.")
                    @Nullable Integer next) {}
}
