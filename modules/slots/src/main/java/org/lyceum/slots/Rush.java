package org.lyceum.slots;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether people are starting servers just now. Making a container is work of the engine's, which
 * has no low priority, so slots are refilled when the rush is over, or has lasted. Any thread.
 */
final class Rush {

    /** After the last start; then it is answering, whatever the machine. */
    static final Duration CALM = Duration.ofSeconds(3);

    /** A steady stream of starts needs slots too. */
    private static final Duration LASTED = Duration.ofSeconds(15);

    private @Nullable Instant first;
    private @Nullable Instant last;

    synchronized void started(Instant now) {
        if (!on(now) && !lasted(now)) {
            first = now;
        }
        last = now;
    }

    /** Whether to wait with anything that is for later. */
    synchronized boolean on(Instant now) {
        return last != null && now.isBefore(last.plus(CALM)) && !lasted(now);
    }

    private boolean lasted(Instant now) {
        boolean since = last != null && now.isBefore(last.plus(CALM));
        return since && first != null && !now.isBefore(first.plus(LASTED));
    }
}
