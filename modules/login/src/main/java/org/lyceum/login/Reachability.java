package org.lyceum.login;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which providers do not answer, and since when. In memory: a restart asks them again. Any thread.
 */
public final class Reachability {

    /** Since when it does not answer, and what was in the way. */
    public record Down(Instant since, String because) {}

    private final Map<Long, Down> down = new ConcurrentHashMap<>();
    private final Clock clock;

    Reachability(Clock clock) {
        this.clock = clock;
    }

    void failed(long provider, String because) {
        down.compute(
                provider,
                (id, before) ->
                        new Down(before == null ? clock.instant() : before.since(), because));
    }

    void worked(long provider) {
        down.remove(provider);
    }

    /** Null when it answered the last time it was asked, or was not asked yet. */
    public @Nullable Down down(long provider) {
        return down.get(provider);
    }
}
