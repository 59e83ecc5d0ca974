package org.lyceum.servers;

import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Freezes servers that nobody has used for as long as was decided for them (ADR 0052), sooner while
 * the machine is short of something. What computes is used (ADR 0048), and what people keep is not
 * frozen (ADR 0049).
 */
final class FreezeIdleServers implements Job {

    private static final Logger log = LoggerFactory.getLogger(FreezeIdleServers.class);

    /** How long a server that was woken for an open page is left to answer the rest of it. */
    private static final Duration NAP = Duration.ofSeconds(12);

    private final EndsService ends;
    private final ServerRepository servers;
    private final KeepRepository keeps;
    private final UseWatch watch;
    private final CoreTimes cores;
    private final Freezer freezer;
    private final Calming calming;
    private final Clock clock;

    FreezeIdleServers(
            EndsService ends,
            ServerRepository servers,
            KeepRepository keeps,
            UseWatch watch,
            CoreTimes cores,
            Freezer freezer,
            Calming calming,
            Clock clock) {
        this.ends = ends;
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
        var rules = ends.rules();
        int changed = 0;
        int failed = 0;
        for (var server : ready) {
            try {
                boolean stays = KeepRepository.until(server, kept, now) != null;
                var after = rules.of(server).freezeAfter().time();
                changed += wakeIfNever(server, after) ? 1 : 0;
                changed += !stays && freezeIfIdle(server, after, now) ? 1 : 0;
            } catch (Problem problem) {
                failed++;
                log.warn("freeze.failed server={}", server.key(), problem);
            }
        }
        return new Report(ready.size(), changed, failed);
    }

    /**
     * Its timers wait while it sleeps, and where that is not wanted nobody need come to wake it.
     */
    private boolean wakeIfNever(Server server, Duration after) {
        if (!after.isZero() || !freezer.frozen(server)) {
            return false;
        }
        freezer.thaw(server);
        return true;
    }

    private boolean freezeIfIdle(Server server, Duration usual, Instant now) {
        var after = calming.freezeAfter(usual);
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

    private static boolean due(Duration after, Instant since, Instant now) {
        return !after.isZero() && !now.isBefore(since.plus(after));
    }
}
