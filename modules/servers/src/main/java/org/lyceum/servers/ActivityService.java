package org.lyceum.servers;

import java.time.Instant;

/** Remembers when servers were last used. */
@SuppressWarnings("DoNotCallSuggester") // the bodies come next
public final class ActivityService {

    /**
     * Moves the server's last activity forward to {@code at}; never back.
     *
     * @return whether there is such a server
     */
    public boolean record(ServerKey key, Instant at) {
        throw new UnsupportedOperationException("servers: " + key + at);
    }
}
