package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;

/**
 * How much a server may use.
 *
 * @param memory its limit
 * @param promised what is kept free for it; as much as its limit, unless an administrator promises
 *     less in order to have more servers than the memory is for
 * @param milliCpus thousandths of a core
 * @param pids processes and threads together
 * @param device null for none
 */
public record Size(
        Bytes memory, Bytes promised, int milliCpus, int pids, @Nullable DeviceWish device) {

    /** As the security checklist has it. */
    public static final int USUAL_PIDS = 512;

    /** One without devices. */
    public Size(Bytes memory, Bytes promised, int milliCpus, int pids) {
        this(memory, promised, milliCpus, pids, null);
    }

    /** All that it may use is there for it. */
    public Size(Bytes memory, int milliCpus) {
        this(memory, memory, milliCpus, USUAL_PIDS);
    }

    /** Whether servers of this size may use more, together, than there is. */
    public boolean overcommitted() {
        return promised.compareTo(memory) < 0;
    }

    /** The same with what {@code change} decides. A limit that shrinks takes its promise along. */
    Size with(Change change) {
        var limit = change.memory() == null ? memory : change.memory();
        var kept = change.promised() == null ? usual(change, limit) : change.promised();
        return new Size(
                limit,
                kept.compareTo(limit) > 0 ? limit : kept,
                change.milliCpus() == null ? milliCpus : change.milliCpus(),
                pids,
                device(change.device()));
    }

    private @Nullable DeviceWish device(@Nullable DeviceWish changed) {
        if (changed == null) {
            return device;
        }
        return changed.count() == 0 ? null : changed;
    }

    /** A choice with a limit of its own is promised all of it, unless it says otherwise. */
    private Bytes usual(Change change, Bytes limit) {
        return change.memory() == null ? promised : limit;
    }
}
