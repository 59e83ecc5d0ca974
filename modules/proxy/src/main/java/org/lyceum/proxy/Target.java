package org.lyceum.proxy;

import io.vertx.core.net.SocketAddress;

import org.lyceum.platform.http.RequestPath;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A route at work: the address to dial, its open tunnels, its last activity. Any thread. */
final class Target {

    /** No activity yet. */
    static final long NEVER = Long.MIN_VALUE;

    final SocketAddress address;

    /** Octets of the prefix's path. */
    final String path;

    /** Whether others may be on the same host: the hub, and other users' servers. */
    final boolean sharesOrigin;

    /** Its labels may change, its address does not. */
    volatile Route route;

    /** Milliseconds of the epoch. */
    volatile long lastActivityMillis = NEVER;

    private final Set<Runnable> closers = ConcurrentHashMap.newKeySet();
    private volatile boolean removed;

    Target(Route route) {
        this.route = route;
        this.sharesOrigin = route.site().isEmpty();
        this.path = RequestPath.octetsOf(route.path());
        this.address = SocketAddress.inetSocketAddress(route.port(), route.host());
    }

    boolean leadsWhere(Route other) {
        return route.host().equals(other.host()) && route.port() == other.port();
    }

    /** Has {@code closer} called when the route goes, or twice at most if that is just now. */
    void opened(Runnable closer) {
        closers.add(closer);
        if (removed) {
            closer.run();
        }
    }

    void closed(Runnable closer) {
        closers.remove(closer);
    }

    void remove() {
        removed = true;
        closers.forEach(Runnable::run);
    }
}
