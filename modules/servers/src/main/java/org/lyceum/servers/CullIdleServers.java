package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Ends servers that nobody has used for a while, and those that have run for as long as servers
 * may; each after a warning. What computes is used (ADR 0048).
 */
final class CullIdleServers implements Job {

    private static final Logger log = LoggerFactory.getLogger(CullIdleServers.class);

    private static final Actor SELF = new Actor.Job("servers.cull-idle");

    /** Before an end; half of what leads to it if that is less. */
    private static final Duration WARNING = Duration.ofMinutes(10);

    private final ServersConfig.Ends config;
    private final ServerRepository servers;
    private final KeepRepository keeps;
    private final PlannedEnds planned;
    private final StopService stops;
    private final Supplier<Map<String, Instant>> uses;
    private final WorkProbe probe;
    private final Clock clock;

    /** What was used before this process is not known; nobody loses time by it. */
    private final Instant began;

    private final Map<Long, Instant> worked = new HashMap<>();

    /**
     * @param uses when each prefix was last used, as the proxy has seen it
     */
    CullIdleServers(
            ServersConfig.Ends config,
            ServerRepository servers,
            KeepRepository keeps,
            PlannedEnds planned,
            StopService stops,
            Supplier<Map<String, Instant>> uses,
            WorkProbe probe,
            Clock clock) {
        this.config = config;
        this.servers = servers;
        this.keeps = keeps;
        this.planned = planned;
        this.stops = stops;
        this.uses = uses;
        this.probe = probe;
        this.clock = clock;
        this.began = clock.instant();
    }

    @Override
    public String name() {
        return "servers.cull-idle";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public synchronized Report run() {
        var now = clock.instant();
        var kept = keeps.all();
        if (kept.values().stream().anyMatch(keep -> !keep.until().isAfter(now))) {
            keeps.sweep(now);
        }
        var ready = servers.active().stream().filter(Server::ready).toList();
        retain(ready);
        var used = uses.get();
        int ended = 0;
        int failed = 0;
        for (var server : ready) {
            try {
                boolean stays = KeepRepository.until(server, kept, now) != null;
                ended += endIfDue(server, stays, used.get(server.prefix()), now) ? 1 : 0;
            } catch (Problem problem) {
                failed++;
                log.warn("cull.failed server={}", server.key(), problem);
            }
        }
        return new Report(ready.size(), ended, failed);
    }

    private void retain(List<Server> ready) {
        var numbers = ready.stream().map(Server::id).toList();
        worked.keySet().retainAll(numbers);
        planned.retain(numbers);
        probe.retain(ready);
    }

    private boolean endIfDue(Server server, boolean kept, @Nullable Instant use, Instant now) {
        if (due(config.maxAge(), started(server), now)) {
            return end(server, StopReason.POLICY, config.maxAge(), started(server), now);
        }
        var last = lastUse(server, use);
        if (!kept && due(config.cullAfter(), last, now)) {
            var work = probe.lastWork(server, now);
            if (work.isEmpty() || !work.get().isAfter(last)) {
                return end(server, StopReason.IDLE, config.cullAfter(), last, now);
            }
            worked.put(server.id(), work.get());
            if (due(config.cullAfter(), work.get(), now)) {
                return end(server, StopReason.IDLE, config.cullAfter(), work.get(), now);
            }
        }
        planned.cancel(server);
        return false;
    }

    /** Whether it is time to warn. */
    private static boolean due(Duration after, Instant since, Instant now) {
        return !after.isZero() && !now.isBefore(since.plus(after).minus(warning(after)));
    }

    private boolean end(
            Server server, StopReason reason, Duration after, Instant since, Instant now) {
        var end = planned.announce(server, reason, since.plus(after), now, warning(after));
        if (now.isBefore(end.at())) {
            return false;
        }
        planned.cancel(server);
        stops.stop(SELF, server.key(), reason);
        return true;
    }

    private static Duration warning(Duration after) {
        var half = after.dividedBy(2);
        return half.compareTo(WARNING) < 0 ? half : WARNING;
    }

    private Instant started(Server server) {
        var started = server.startedAt();
        return started == null ? began : started;
    }

    private Instant lastUse(Server server, @Nullable Instant use) {
        return Stream.of(began, started(server), use, worked.get(server.id()))
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(began);
    }
}
