package org.lyceum.slots;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Questions about slots, for administrators. Blocking. */
public final class SlotQueries {

    private final SlotsConfig config;
    private final SlotRepository slots;
    private final LessonRepository lessons;
    private final Wants wants;
    private final FillSlots fill;
    private final Clock clock;

    SlotQueries(
            SlotsConfig config,
            SlotRepository slots,
            LessonRepository lessons,
            Wants wants,
            FillSlots fill,
            Clock clock) {
        this.config = config;
        this.slots = slots;
        this.lessons = lessons;
        this.wants = wants;
        this.fill = fill;
        this.clock = clock;
    }

    /**
     * Slots of one kind.
     *
     * @param filling being made, or learned from
     * @param each what one uses while it waits
     * @param failure why the last one could not be made; null when it could
     */
    public record Standing(
            SlotKind kind,
            int ready,
            int filling,
            int wanted,
            Bytes each,
            @Nullable String failure) {}

    /** Every kind of which there are some or should be some. */
    public List<Standing> standings() {
        var rows = slots.all();
        var shares = wants.shares(rows, clock.instant());
        var making = fill.making();
        var kinds = new LinkedHashSet<>(shares.keySet());
        rows.stream().filter(SlotQueries::waits).map(Slot::kind).forEach(kinds::add);
        var all = new ArrayList<Standing>();
        for (var kind : kinds) {
            var lesson = lessons.of(kind);
            var share = shares.get(kind);
            int ready = (int) rows.stream().filter(r -> waits(r) && r.kind().equals(kind)).count();
            all.add(
                    new Standing(
                            kind,
                            ready,
                            making.getOrDefault(kind, 0),
                            share == null ? 0 : share.count(),
                            lesson.memory(),
                            lesson.failure()));
        }
        return all;
    }

    /** What all that wait use together. */
    public Bytes memory() {
        long sum = 0;
        for (var row : slots.all()) {
            if (waits(row)) {
                sum += lessons.of(row.kind()).memory().value();
            }
        }
        return new Bytes(sum);
    }

    /** What they may use together. */
    public Bytes budget() {
        return config.enabled() ? config.memory() : new Bytes(0);
    }

    private static boolean waits(Slot slot) {
        return slot.state() == Slot.State.READY;
    }
}
