package org.lyceum.hub;

import org.lyceum.identity.Session;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Secret;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions on their way from the platform's host to a hub on another one, where no cookie of the
 * platform goes. A ticket works once, for a minute, for one hub, and only in the browser that set
 * out: that one has the other half of {@code trip} in a cookie. In memory: what a restart loses is
 * one more click. Any thread.
 */
final class Handover {

    /** As long as a redirect takes, on a slow line. */
    private static final Duration LIFE = Duration.ofMinutes(1);

    /** Redirects under way at once; far above what one machine serves in a minute. */
    private static final int MAX_TICKETS = 10_000;

    private record Ticket(Session session, CommunityId to, String trip, Instant until) {}

    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
    private final Clock clock;

    Handover(Clock clock) {
        this.clock = clock;
    }

    /** What names a trip in an address; only who knows the secret can have begun it. */
    static String trip(Secret secret) {
        return secret.hash();
    }

    /** A ticket; empty when too many are under way. */
    Optional<Secret> issue(Session session, CommunityId to, String trip) {
        var now = clock.instant();
        tickets.values().removeIf(ticket -> ticket.until().isBefore(now));
        if (tickets.size() >= MAX_TICKETS) {
            return Optional.empty();
        }
        var secret = Secret.random();
        tickets.put(secret.hash(), new Ticket(session, to, trip, now.plus(LIFE)));
        return Optional.of(secret);
    }

    /** The session, once. */
    Optional<Session> redeem(Secret presented, CommunityId to, String trip) {
        return Optional.ofNullable(tickets.remove(presented.hash()))
                .filter(ticket -> ticket.to().equals(to))
                .filter(ticket -> Secret.same(ticket.trip(), trip))
                .filter(ticket -> ticket.until().isAfter(clock.instant()))
                .map(Ticket::session);
    }
}
