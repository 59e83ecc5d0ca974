package org.lyceum.servers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The steps of starts, for those who watch. */
@SuppressWarnings("DoNotCallSuggester") // the bodies come next
public final class ProgressFeed {

    /** Follows the current start of the server, or its last one: earlier events first, then live. */
    public Subscription events(ServerKey key) {
        throw new UnsupportedOperationException("servers: " + key);
    }

    /** One who watches. Close it. */
    public interface Subscription extends AutoCloseable {

        /** The next event, or null when none came in time. Nothing follows {@code last()}. */
        @Nullable SpawnEvent next(Duration patience) throws InterruptedException;

        @Override
        void close();
    }
}
