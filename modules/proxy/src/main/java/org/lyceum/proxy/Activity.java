package org.lyceum.proxy;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * When each route was last used: by a finished response below 300, by request body data, or by data
 * from the client in a WebSocket. Not by redirects, errors, or what the server says by itself. Any
 * thread.
 */
public final class Activity {

    private final Routes routes;
    private final Clock clock;

    public Activity(Routes routes, Clock clock) {
        this.routes = routes;
        this.clock = clock;
    }

    /**
     * Last use by prefix, sorted; only routes that were used and are still there, so at most {@link
     * Routes#MAX_ROUTES}.
     */
    public Map<String, Instant> snapshot() {
        var uses = new TreeMap<String, Instant>();
        for (var target : routes.targets()) {
            long millis = target.lastActivityMillis;
            if (millis != Target.NEVER) {
                uses.put(target.route.prefix(), Instant.ofEpochMilli(millis));
            }
        }
        return uses;
    }

    void touch(Target target) {
        target.lastActivityMillis = clock.millis();
    }
}
