package org.lyceum.catalog;

import org.lyceum.platform.kernel.Bytes;

import java.util.ArrayList;
import java.util.List;

/** Sizes that divide this machine well. Pure. */
public final class SizeTable {

    /** The smallest worth offering: a notebook that imports a data frame needs that much. */
    private static final Bytes SMALLEST = Bytes.mib(512);

    /** Halved so often, from half of the machine on; more sizes are a riddle. */
    private static final int STEPS = 5;

    private static final int WHOLE_CORE = 1000;

    private SizeTable() {}

    /**
     * One size.
     *
     * @param fits how many servers of it there can be at once
     */
    public record Row(Size size, long fits) {}

    /**
     * Smallest first; each about twice the one before. Empty on a machine that has no room.
     *
     * @param capacity what all servers together may be promised
     * @param cores of the machine
     */
    public static List<Row> of(Bytes capacity, int cores) {
        var rows = new ArrayList<Row>();
        for (int step = STEPS; step >= 1; step--) {
            var memory = round(new Bytes(capacity.value() >> step));
            boolean larger = rows.isEmpty() || memory.compareTo(rows.getLast().size().memory()) > 0;
            if (memory.compareTo(SMALLEST) >= 0 && larger) {
                rows.add(
                        new Row(
                                new Size(memory, milliCpus(cores, step)),
                                capacity.value() / memory.value()));
            }
        }
        if (rows.isEmpty() && capacity.compareTo(SMALLEST) >= 0) {
            rows.add(new Row(new Size(SMALLEST, WHOLE_CORE), capacity.value() / SMALLEST.value()));
        }
        return rows;
    }

    /** Down to what people say: 512 MiB, 768 MiB, 1 GiB, 1.5 GiB, 2 GiB, 3 GiB, … */
    private static Bytes round(Bytes bytes) {
        long power = Long.highestOneBit(Math.max(1, bytes.value()));
        long half = power + power / 2;
        return new Bytes(bytes.value() >= half ? half : power);
    }

    /** Cores are shared, not divided: a server may have four times its part, and one at least. */
    private static int milliCpus(int cores, int step) {
        long part = ((long) cores * WHOLE_CORE * 4) >> step;
        return (int) Math.clamp(part / 500 * 500, WHOLE_CORE, (long) cores * WHOLE_CORE);
    }
}
