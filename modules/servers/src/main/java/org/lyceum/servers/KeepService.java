package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Says when servers end by themselves, and keeps those that people want kept. Blocking. */
public final class KeepService {

    private final ServersConfig.Ends config;
    private final ServerRepository servers;
    private final KeepRepository keeps;
    private final PlannedEnds planned;
    private final Clock clock;

    KeepService(
            ServersConfig.Ends config,
            ServerRepository servers,
            KeepRepository keeps,
            PlannedEnds planned,
            Clock clock) {
        this.config = config;
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
     */
    public record Outlook(@Nullable Instant keptUntil, @Nullable Instant endsAt) {}

    public Outlook of(Server server) {
        var kept = keeps.until(server, clock.instant());
        var end = planned.of(server);
        return new Outlook(kept, end == null ? null : end.at());
    }

    /** Without use a server ends after this; 0: never. */
    public Duration cullAfter() {
        return config.cullAfter();
    }

    /** The longest that a server is kept on request; 0 where that is not to be had. */
    public Duration keepAtMost() {
        return config.cullAfter().isZero() ? Duration.ZERO : config.keepAtMost();
    }

    /**
     * Keeps the server as long as people may ask for, from now on.
     *
     * @throws Problem CONFLICT {@code server.not-running}, FORBIDDEN {@code server.not-kept}
     */
    public void keep(Actor actor, ServerKey key) {
        if (keepAtMost().isZero()) {
            throw Problem.forbidden(
                    "server.not-kept",
                    "Servers are not kept on request here; use it now and then to keep it.");
        }
        var server = servers.find(key).filter(Server::ready);
        if (server.isEmpty()) {
            throw Problem.conflict(
                    "server.not-running", "The server does not run (any more); start it again.");
        }
        keeps.put(actor, server.get(), clock.instant().plus(config.keepAtMost()));
        planned.cancelIdle(server.get());
    }

    /** Takes that back; nothing to take back is fine. */
    public void letGo(ServerKey key) {
        servers.find(key).ifPresent(keeps::remove);
    }
}
