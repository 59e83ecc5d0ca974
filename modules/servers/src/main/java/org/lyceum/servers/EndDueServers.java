package org.lyceum.servers;

import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Ends servers that nobody has used for a while, those that have run for as long as servers may,
 * and all of them when that was announced; each after a warning. What computes is used (ADR 0048).
 */
final class EndDueServers implements Job {

    private static final Logger log = LoggerFactory.getLogger(EndDueServers.class);

    private static final Actor SELF = new Actor.Job("servers.end-due");

    /** Before an end; half of what leads to it if that is less. */
    private static final Duration WARNING = Duration.ofMinutes(10);

    private final EndsService ends;
    private final ServerRepository servers;
    private final KeepRepository keeps;
    private final AnnouncementRepository announcements;
    private final PlannedEnds planned;
    private final StopService stops;
    private final UseWatch watch;
    private final Clock clock;

    EndDueServers(
            EndsService ends,
            ServerRepository servers,
            KeepRepository keeps,
            AnnouncementRepository announcements,
            PlannedEnds planned,
            StopService stops,
            UseWatch watch,
            Clock clock) {
        this.ends = ends;
        this.servers = servers;
        this.keeps = keeps;
        this.announcements = announcements;
        this.planned = planned;
        this.stops = stops;
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "servers.end-due";
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
        planned.retain(ready.stream().map(Server::id).toList());
        watch.look(ready);
        var announced = announcements.all();
        var rules = ends.rules();
        int ended = 0;
        int failed = 0;
        for (var server : ready) {
            try {
                var at = Announcement.end(announced, server, watch.started(server));
                if (at != null) {
                    ended += endAsAnnounced(server, at, now) ? 1 : 0;
                    continue;
                }
                boolean stays = KeepRepository.until(server, kept, now) != null;
                ended += endIfDue(server, rules.of(server), stays, now) ? 1 : 0;
            } catch (Problem problem) {
                failed++;
                log.warn("cull.failed server={}", server.key(), problem);
            }
        }
        return new Report(ready.size(), ended, failed);
    }

    private boolean endAsAnnounced(Server server, Instant at, Instant now) {
        planned.announce(server, StopReason.OPERATION, at);
        if (now.isBefore(at)) {
            return false;
        }
        planned.cancel(server);
        stops.stop(SELF, server.key(), StopReason.OPERATION);
        return true;
    }

    private boolean endIfDue(Server server, EndsRules.Ends counts, boolean kept, Instant now) {
        var maxAge = counts.maxAge().time();
        var cullAfter = counts.cullAfter().time();
        if (due(maxAge, watch.started(server), now)) {
            return end(server, StopReason.POLICY, maxAge, watch.started(server), now);
        }
        var last = watch.lastUse(server);
        if (!kept && due(cullAfter, last, now)) {
            last = watch.lastWork(server, now); // only now: it costs the server a request
            if (due(cullAfter, last, now)) {
                return end(server, StopReason.IDLE, cullAfter, last, now);
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
}
