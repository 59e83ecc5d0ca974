package org.lyceum.storage;

import org.lyceum.platform.config.ConfigSection;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which snapshots are kept: of each of the last hours, days and weeks that have any, the first.
 *
 * @param hourly 0: none is taken at all
 * @param share of the pool that all snapshots together may take, in percent
 */
public record SnapshotRule(int hourly, int daily, int weekly, int share) {

    public static final SnapshotRule DEFAULT = new SnapshotRule(24, 7, 4, 20);

    /** Of each; more would be a list that nobody reads, and slows the pool down. */
    private static final int MOST = 100;

    public SnapshotRule {
        require(hourly >= 0 && hourly <= MOST, "storage.snapshots-hourly must be 0 to 100");
        require(daily >= 0 && daily <= MOST, "storage.snapshots-daily must be 0 to 100");
        require(weekly >= 0 && weekly <= MOST, "storage.snapshots-weekly must be 0 to 100");
        require(share >= 1 && share <= 90, "storage.snapshots-share must be 1 to 90");
    }

    static SnapshotRule from(ConfigSection storage) {
        return new SnapshotRule(
                storage.integer("snapshots-hourly", DEFAULT.hourly),
                storage.integer("snapshots-daily", DEFAULT.daily),
                storage.integer("snapshots-weekly", DEFAULT.weekly),
                storage.integer("snapshots-share", DEFAULT.share));
    }

    /**
     * What is to go.
     *
     * @param times from the oldest on
     */
    List<Instant> superfluous(List<Instant> times) {
        var kept = new HashSet<Instant>();
        keep(kept, times, hourly, time -> time.truncatedTo(ChronoUnit.HOURS));
        keep(kept, times, daily, time -> time.truncatedTo(ChronoUnit.DAYS));
        keep(kept, times, weekly, SnapshotRule::week);
        return times.stream().filter(time -> !kept.contains(time)).toList();
    }

    private static Instant week(Instant time) {
        return time.atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .toInstant();
    }

    /** The first of each period, as long as there are periods left; the latest period first. */
    private static void keep(
            Set<Instant> kept, List<Instant> times, int periods, UnaryOperator<Instant> period) {
        int left = periods;
        for (int i = times.size() - 1; i >= 0 && left > 0; i--) {
            boolean first =
                    i == 0 || !period.apply(times.get(i - 1)).equals(period.apply(times.get(i)));
            if (first) {
                kept.add(times.get(i));
                left--;
            }
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
