package org.lyceum.proxy;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * When each route was last active and last used. Any thread.
 *
 * <p><i>Active</i> is what JupyterHub's proxy says: by a finished response below 300, by request
 * body data, or by data from the client in a WebSocket. Not by redirects, errors, or what the
 * server says by itself. A page that is only left open is active for ever, because it asks for
 * news.
 *
 * <p><i>Used</i> is what looks like a person or a program at work: the same without what pages do
 * by themselves ({@link Polls}) and without the control frames of WebSockets, but with every piece
 * of a response that is under way, and with the time until its answer has come.
 */
public final class Activity {

    private final Routes routes;
    private final Clock clock;

    public Activity(Routes routes, Clock clock) {
        this.routes = routes;
        this.clock = clock;
    }

    /**
     * Last activity by prefix, sorted; only routes that were active and are still there, so at most
     * {@link Routes#MAX_ROUTES}.
     */
    public Map<String, Instant> snapshot() {
        return by(target -> target.lastActivityMillis);
    }

    /** Last use by prefix, now while it is used; otherwise as {@link #snapshot}. */
    public Map<String, Instant> uses() {
        long now = clock.millis();
        return by(target -> target.working() ? now : target.lastUseMillis);
    }

    private Map<String, Instant> by(ToLongFunction<Target> when) {
        var times = new TreeMap<String, Instant>();
        for (var target : routes.targets()) {
            long millis = when.applyAsLong(target);
            if (millis != Target.NEVER) {
                times.put(target.route.prefix(), Instant.ofEpochMilli(millis));
            }
        }
        return times;
    }

    /**
     * @param use whether it is more than a page's own asking for news
     */
    void touch(Target target, boolean use) {
        long now = clock.millis();
        target.lastActivityMillis = now;
        if (use) {
            used(target, now);
        }
    }

    /** Something is under way that is no activity yet. */
    void use(Target target) {
        used(target, clock.millis());
    }

    private static void used(Target target, long now) {
        target.lastUseMillis = now;
        if (target.echoes != null) {
            target.echoes = null;
        }
    }

    long nowMillis() {
        return clock.millis();
    }
}
