package org.lyceum.proxy;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Who may go through to guarded servers. The hub gives a ticket to whom it knows and who may use
 * the server; the gateway exchanges it, once, for a pass that the browser keeps as a cookie. In
 * memory only: after a restart browsers get new ones by the way, from a hub that still knows them.
 * Any thread.
 */
public final class Passes {

    /** Below a guarded server's prefix: where a ticket is exchanged. */
    public static final String ENTER = ".lyceum-enter";

    /** The cookies of the gateway; no server gets or sets them. */
    static final String COOKIE = "lyceum-pass";

    static final String STATE = "lyceum-pass-state";

    /** Several browsers of each of the most servers there can be; a bound, not a use. */
    private static final int MAX_PASSES = 20_000;

    /** On their way at one moment, each for a second or less. */
    private static final int MAX_TICKETS = 2_000;

    private static final Duration TICKET = Duration.ofSeconds(60);

    /** A day of work; the hub's own session usually ends it earlier. */
    private static final Duration PASS = Duration.ofHours(24);

    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
    private final Map<String, Pass> passes = new ConcurrentHashMap<>();

    /**
     * Somebody whom the hub knows.
     *
     * @param name as the server is told it
     * @param allowed whether they may (still) use the server; may wait, and is never asked on the
     *     event loop
     */
    public record Visitor(String name, BooleanSupplier allowed) {}

    private record Ticket(String prefix, String state, Visitor visitor, long untilNanos) {}

    /**
     * Makes a ticket.
     *
     * @param prefix of the route it is for
     * @param state what the gateway gave the browser when it sent it here
     * @return to be shown once, within a minute, by the same browser
     * @throws Problem BUSY {@code pass.too-many}
     */
    public String ticket(String prefix, String state, Visitor visitor) {
        long now = System.nanoTime();
        tickets.values().removeIf(ticket -> now - ticket.untilNanos() > 0);
        if (tickets.size() >= MAX_TICKETS) {
            throw Problem.of(
                    Problem.Kind.BUSY,
                    "pass.too-many",
                    "Too many people are being let in just now; try again in a minute.");
        }
        var ticket = Secret.random().reveal();
        tickets.put(ticket, new Ticket(prefix, state, visitor, now + TICKET.toNanos()));
        return ticket;
    }

    /**
     * Exchanges a ticket for a pass; whatever comes of it, the ticket is worth nothing afterwards.
     *
     * @return null when the ticket is none, too old, for another server or another browser
     */
    @Nullable String redeem(String prefix, String state, String shown) {
        var ticket = tickets.remove(shown);
        long now = System.nanoTime();
        if (ticket == null
                || now - ticket.untilNanos() > 0
                || state.isEmpty()
                || !ticket.state().equals(state)
                || !ticket.prefix().equals(prefix)
                || passes.size() >= MAX_PASSES) {
            return null;
        }
        var pass = Secret.random().reveal();
        passes.put(pass, new Pass(prefix, ticket.visitor(), now + PASS.toNanos()));
        return pass;
    }

    /** The pass that a cookie shows, if it is one for this server. */
    @Nullable Pass find(String prefix, String shown) {
        var pass = passes.get(shown);
        boolean good =
                pass != null
                        && pass.prefix.equals(prefix)
                        && System.nanoTime() - pass.untilNanos < 0;
        return good ? pass : null;
    }

    /** How many browsers may go through to guarded servers. */
    public int count() {
        return passes.size();
    }

    /**
     * Takes passes from those who may not use their server any more, and closes what they have
     * open. Blocking.
     *
     * @return how many have ended
     */
    public int recheck() {
        int ended = 0;
        for (var shown : List.copyOf(passes.keySet())) {
            var pass = passes.get(shown);
            if (pass != null && !stillGood(pass)) {
                passes.remove(shown);
                pass.end();
                ended++;
            }
        }
        return ended;
    }

    private static boolean stillGood(Pass pass) {
        return System.nanoTime() - pass.untilNanos < 0 && pass.visitor.allowed().getAsBoolean();
    }

    /** The server has gone, or is somewhere else. */
    void endAt(String prefix) {
        passes.entrySet()
                .removeIf(
                        entry -> {
                            boolean its = entry.getValue().prefix.equals(prefix);
                            if (its) {
                                entry.getValue().end();
                            }
                            return its;
                        });
    }
}
