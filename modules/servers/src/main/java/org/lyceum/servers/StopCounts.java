package org.lyceum.servers;

import org.lyceum.platform.kernel.CommunityId;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many servers have ended since the process began, by reason. Any thread. */
final class StopCounts {

    private record Key(CommunityId community, StopReason reason) {}

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    void add(CommunityId community, StopReason reason) {
        counts.computeIfAbsent(new Key(community, reason), first -> new LongAdder()).increment();
    }

    long of(CommunityId community, StopReason reason) {
        var count = counts.get(new Key(community, reason));
        return count == null ? 0 : count.sum();
    }
}
