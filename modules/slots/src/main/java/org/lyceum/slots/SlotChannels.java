package org.lyceum.slots;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The launchers that wait, by slot. Whoever takes one out of here has it alone. Any thread; after a
 * restart of the platform it is empty until the launchers have called again.
 */
final class SlotChannels implements AutoCloseable {

    private final Map<Long, SlotChannel> waiting = new ConcurrentHashMap<>();

    void put(long slotId, SlotChannel channel) {
        var earlier = waiting.put(slotId, channel);
        if (earlier != null) {
            earlier.close();
        }
    }

    Optional<SlotChannel> take(long slotId) {
        return Optional.ofNullable(waiting.remove(slotId));
    }

    boolean has(long slotId) {
        return waiting.containsKey(slotId);
    }

    /** Whether the slot's launcher is here and alive. */
    boolean waits(long slotId) {
        var channel = waiting.get(slotId);
        return channel != null && channel.waits();
    }

    /** Of slots whose launchers are here. */
    Set<Long> ids() {
        return Set.copyOf(waiting.keySet());
    }

    /** Closes the channel of a slot that is not wanted any more; none there is fine. */
    void drop(long slotId) {
        take(slotId).ifPresent(SlotChannel::close);
    }

    /** Launchers go on waiting: the next process of the platform is called by them. */
    @Override
    public void close() {
        ids().forEach(this::drop);
    }
}
