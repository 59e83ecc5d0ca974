package org.lyceum.proxy;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;

import java.util.HashMap;
import java.util.Map;

/** The pools of one event loop. Only on that loop, but for {@link #close}. */
final class Connections {

    private static final long SWEEP_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final HttpClientAgent client;
    private final ProxyConfig config;
    private final long timer;

    /** One per target used of late; each goes when it has no connection left. */
    private final Map<Target, Used> pools = new HashMap<>();

    private record Used(Pool pool, Runnable closer) {}

    Connections(Vertx vertx, HttpClientAgent client, ProxyConfig config) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.client = client;
        this.config = config;
        this.timer = vertx.setPeriodic(SWEEP_MILLIS, tick -> sweep());
    }

    Pool to(Target target) {
        var used = pools.get(target);
        if (used == null) {
            var pool = new Pool(vertx, client, config, target);
            Runnable closer = () -> context.runOnContext(now -> pool.close());
            used = new Used(pool, closer);
            pools.put(target, used);
            target.opened(closer);
        }
        return used.pool();
    }

    private void sweep() {
        pools.entrySet()
                .removeIf(
                        entry -> {
                            entry.getValue().pool().sweep();
                            boolean unused = entry.getValue().pool().unused();
                            if (unused) {
                                entry.getKey().closed(entry.getValue().closer());
                            }
                            return unused;
                        });
    }

    /** The connections themselves are closed with the client. */
    void close() {
        vertx.cancelTimer(timer);
    }
}
