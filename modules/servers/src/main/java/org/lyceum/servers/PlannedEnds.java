package org.lyceum.servers;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which servers will be ended soon, as their people are told. Any thread. */
final class PlannedEnds {

    private final Map<Long, End> ends = new ConcurrentHashMap<>();

    /**
     * An end that was announced.
     *
     * @param reason IDLE, POLICY or OPERATION
     */
    record End(String spawnId, StopReason reason, Instant at) {}

    /**
     * Announces an end, or looks at one that was announced: whoever is in time to use their server
     * had all of {@code warning} to do so, however late the look was that found it idle.
     */
    End announce(Server server, StopReason reason, Instant at, Instant now, Duration warning) {
        var earliest = now.plus(warning);
        var planned = new End(server.spawnId(), reason, at.isBefore(earliest) ? earliest : at);
        return ends.compute(
                server.id(),
                (id, known) ->
                        known != null
                                        && known.spawnId().equals(planned.spawnId())
                                        && known.reason() == reason
                                        && !known.at().isBefore(at)
                                ? known
                                : planned);
    }

    /** Announces an end at a time that others decide, and may move. */
    void announce(Server server, StopReason reason, Instant at) {
        ends.put(server.id(), new End(server.spawnId(), reason, at));
    }

    void cancel(Server server) {
        ends.remove(server.id());
    }

    /** Takes back an end for want of use; any other stands. */
    void cancelIdle(Server server) {
        ends.computeIfPresent(
                server.id(), (id, end) -> end.reason() == StopReason.IDLE ? null : end);
    }

    void retain(Collection<Long> servers) {
        ends.keySet().retainAll(servers);
    }

    /** Null when none is announced for this start. */
    @Nullable End of(Server server) {
        var end = ends.get(server.id());
        return end != null && end.spawnId().equals(server.spawnId()) ? end : null;
    }
}
