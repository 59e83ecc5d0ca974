package org.lyceum.login;

import org.lyceum.platform.kernel.Secret;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Browsers that are at a provider's page, by the state that they bring back. Each state is good
 * once, for ten minutes, in the browser that took it along. In memory: after a restart people press
 * the button again. Any thread.
 */
final class Departures {

    /** People look for their telephone in between. */
    static final Duration LIFE = Duration.ofMinutes(10);

    /** Each is about 1 KiB; the oldest gives way. */
    private static final int MAX = 5_000;

    /**
     * @param browser hash of the cookie that the browser keeps meanwhile
     * @param kept what the exchange needs again: nonce, verifier
     */
    record Departure(
            long provider,
            long version,
            Errand errand,
            String browser,
            Map<String, Object> kept,
            Instant until) {}

    private final Map<String, Departure> byState =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Departure> eldest) {
                    return size() > MAX;
                }
            };

    private final Clock clock;

    Departures(Clock clock) {
        this.clock = clock;
    }

    synchronized void put(String state, Departure departure) {
        byState.put(state, departure);
    }

    /** Takes it, if it is this browser's; a second time there is nothing. */
    synchronized Optional<Departure> take(String state, Secret browser) {
        var there = byState.get(state);
        if (there == null || !Secret.same(there.browser(), browser.hash())) {
            return Optional.empty();
        }
        byState.remove(state);
        return Optional.of(there).filter(each -> each.until().isAfter(clock.instant()));
    }

    synchronized Optional<Departure> look(String state) {
        return Optional.ofNullable(byState.get(state));
    }

    Instant until() {
        return clock.instant().plus(LIFE);
    }
}
