package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Says when servers end by themselves, and keeps those that people want kept. Blocking. */
public final class KeepService {

    private final EndsService ends;
    private final ServerRepository servers;
    private final KeepRepository keeps;
    private final PlannedEnds planned;
    private final Clock clock;

    KeepService(
            EndsService ends,
            ServerRepository servers,
            KeepRepository keeps,
            PlannedEnds planned,
            Clock clock) {
        this.ends = ends;
        this.servers = servers;
        this.keeps = keeps;
        this.planned = planned;
        this.clock = clock;
    }

    /**
     * How long a server that runs goes on by itself.
     *
     * @param keptUntil used or not; null: nobody has asked for that
     * @param endsAt announced, because it is not used or has run for long; null: not yet
     * @param cullAfter without use it ends after this; 0: never
     * @param maxAge used or not it ends when it has run for this long; 0: never
     * @param keepAtMost the longest that it is kept on request; 0 where that is not to be had
     */
    public record Outlook(
            @Nullable Instant keptUntil,
            @Nullable Instant endsAt,
            Duration cullAfter,
            Duration maxAge,
            Duration keepAtMost) {}

    public Outlook of(Server server) {
        var kept = keeps.until(server, clock.instant());
        var end = planned.of(server);
        var counts = ends.rules(server.key().community()).of(server);
        return new Outlook(
                kept,
                end == null ? null : end.at(),
                counts.cullAfter().time(),
                counts.maxAge().time(),
                keepAtMost(counts));
    }

    private static Duration keepAtMost(EndsRules.Ends counts) {
        return counts.cullAfter().time().isZero() ? Duration.ZERO : counts.keepAtMost().time();
    }

    /**
     * Keeps the server as long as people may ask for, from now on.
     *
     * @throws Problem CONFLICT {@code server.not-running}, FORBIDDEN {@code server.not-kept}
     */
    public void keep(Actor actor, ServerKey key) {
        var server =
                servers.find(key)
                        .filter(Server::ready)
                        .orElseThrow(
                                () ->
                                        Problem.conflict(
                                                "server.not-running",
                                                "The server does not run (any more); start it"
                                                        + " again."));
        var most = keepAtMost(ends.rules(key.community()).of(server));
        if (most.isZero()) {
            throw Problem.forbidden(
                    "server.not-kept",
                    "Servers are not kept on request here; use it now and then to keep it.");
        }
        keeps.put(actor, server, clock.instant().plus(most));
        planned.cancelIdle(server);
    }

    /** Takes that back; nothing to take back is fine. */
    public void letGo(ServerKey key) {
        servers.find(key).ifPresent(keeps::remove);
    }
}
