package org.lyceum.servers;

import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Freezes servers that nobody has used for a while, sooner while the machine is short of something.
 * What computes is used (ADR 0048), and what people keep is not frozen (ADR 0049).
 */
final class FreezeIdleServers implements Job {

    private static final Logger log = LoggerFactory.getLogger(FreezeIdleServers.class);

    /** How long a server that was woken for an open page is left to answer the rest of it. */
    private static final Duration NAP = Duration.ofSeconds(12);

    private final ServersConfig.Freezing config;
    private final ServerRepository servers;
    private final KeepRepository keeps;
    private final UseWatch watch;
    private final CoreTimes cores;
    private final Freezer freezer;
    private final Calming calming;
    private final Clock clock;

    FreezeIdleServers(
            ServersConfig.Freezing config,
            ServerRepository servers,
            KeepRepository keeps,
            UseWatch watch,
            CoreTimes cores,
            Freezer freezer,
            Calming calming,
            Clock clock) {
        this.config = config;
        this.servers = servers;
        this.keeps = keeps;
        this.watch = watch;
        this.cores = cores;
        this.freezer = freezer;
        this.calming = calming;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "servers.freeze";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(15);
    }

    @Override
    public synchronized Report run() {
        var now = clock.instant();
        var ready = servers.active().stream().filter(Server::ready).toList();
        var ids = ready.stream().map(Server::id).toList();
        freezer.retain(ids);
        cores.retain(ids);
        var kept = keeps.all();
        watch.look(ready);
        int frozen = 0;
        int failed = 0;
        for (var server : ready) {
            try {
                boolean stays = KeepRepository.until(server, kept, now) != null;
                frozen += !stays && freezeIfIdle(server, now) ? 1 : 0;
            } catch (Problem problem) {
                failed++;
                log.warn("freeze.failed server={}", server.key(), problem);
            }
        }
        return new Report(ready.size(), frozen, failed);
    }

    private boolean freezeIfIdle(Server server, Instant now) {
        var after = freezeAfter();
        if (freezer.frozen(server)
                || !due(after, watch.lastUse(server), now)
                || now.isBefore(freezer.thawedAt(server).plus(NAP))) {
            return false;
        }
        if (!cores.idle(server, now)) {
            return false;
        }
        var last = watch.lastWork(server, now); // only now: it costs the server a request
        return due(after, last, now) && freezer.freeze(server, last);
    }

    /** The one place that says after how long without use servers are frozen; 0: never. */
    private Duration freezeAfter() {
        var usual = config.after();
        if (usual.isZero() || !calming.freezesEarly()) {
            return usual;
        }
        return usual.compareTo(config.afterUnderPressure()) < 0
                ? usual
                : config.afterUnderPressure();
    }

    private static boolean due(Duration after, Instant since, Instant now) {
        return !after.isZero() && !now.isBefore(since.plus(after));
    }
}
