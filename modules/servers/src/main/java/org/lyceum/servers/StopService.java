package org.lyceum.servers;

import java.time.Duration;
import org.lyceum.platform.kernel.Actor;

/** Ends servers. */
@SuppressWarnings("DoNotCallSuggester") // the bodies come next
public final class StopService {

    /** What asking for a stop came to. */
    public enum Stopping {
        STOPPED,
        /** Its route is gone; the container is on its way. */
        STOPPING
    }

    /** Stops the server, also one that is starting. One that does not run counts as STOPPED. */
    public Stopping stop(Actor actor, ServerKey key, StopReason reason) {
        throw new UnsupportedOperationException("servers: " + actor + key + reason);
    }

    /**
     * Waits until the server is stopped, at most {@code patience}.
     *
     * @return whether it is
     */
    public boolean await(ServerKey key, Duration patience) {
        throw new UnsupportedOperationException("servers: " + key + patience);
    }

    /**
     * Deletes the record of a named server that is stopped.
     *
     * @throws org.lyceum.platform.kernel.Problem NOT_FOUND {@code server.unknown}, INVALID {@code
     *     server.default-stays}, CONFLICT {@code server.running}
     */
    public void forget(Actor actor, ServerKey key) {
        throw new UnsupportedOperationException("servers: " + actor + key);
    }
}
