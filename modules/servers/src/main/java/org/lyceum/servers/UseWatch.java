package org.lyceum.servers;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Knows when servers were last used, by people or by what computes. Blocking, any thread. */
final class UseWatch {

    private final Supplier<Map<String, Instant>> uses;
    private final WorkProbe probe;
    private final Predicate<Server> frozen;

    /** What was used before this process is not known; nobody loses time by it. */
    private final Instant began;

    private final Map<Long, Instant> worked = new HashMap<>();
    private Map<String, Instant> seen = Map.of();

    /**
     * @param uses when each prefix was last used, as the proxy has seen it
     * @param frozen what is has not worked since, and is not asked
     */
    UseWatch(
            Supplier<Map<String, Instant>> uses,
            WorkProbe probe,
            Predicate<Server> frozen,
            Clock clock) {
        this.frozen = frozen;
        this.uses = uses;
        this.probe = probe;
        this.began = clock.instant();
    }

    /** Takes a new look; what it knew of others than {@code servers} is forgotten. */
    synchronized void look(List<Server> servers) {
        seen = uses.get();
        worked.keySet().retainAll(servers.stream().map(Server::id).toList());
        probe.retain(servers);
    }

    Instant started(Server server) {
        var started = server.startedAt();
        return started == null ? began : started;
    }

    /** As far as that is known without asking the server. */
    synchronized Instant lastUse(Server server) {
        return Stream.of(began, started(server), seen.get(server.prefix()), worked.get(server.id()))
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(began);
    }

    /** The same, having asked it. */
    synchronized Instant lastWork(Server server, Instant now) {
        if (frozen.test(server)) {
            return lastUse(server);
        }
        probe.lastWork(server, now).ifPresent(at -> worked.put(server.id(), at));
        return lastUse(server);
    }
}
