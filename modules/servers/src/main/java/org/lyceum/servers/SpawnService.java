package org.lyceum.servers;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Actor;

/** Decides whether a server may start. */
@SuppressWarnings("DoNotCallSuggester") // the bodies come next
public final class SpawnService {

    /**
     * Starts the server unless it runs or is starting.
     *
     * @param userOptions null repeats those of the last start
     * @throws org.lyceum.platform.kernel.Problem CONFLICT {@code server.stopping}, BUSY {@code
     *     server.too-many-spawns}, {@code server.too-many-active}, INVALID {@code
     *     server.too-many-named}, {@code server.name-invalid}, {@code profile.unknown}, UNAVAILABLE
     *     {@code image.missing} and those of the container engine
     */
    public Spawn spawn(Actor actor, ServerKey key, @Nullable Map<String, Object> userOptions) {
        throw new UnsupportedOperationException("servers: " + actor + key + userOptions);
    }

    /** Waits until the server is no longer SPAWNING, at most {@code patience}; returns it as it is. */
    public Server await(ServerKey key, Duration patience) {
        throw new UnsupportedOperationException("servers: " + key + patience);
    }
}
