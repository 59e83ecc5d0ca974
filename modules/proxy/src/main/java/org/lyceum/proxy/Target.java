package org.lyceum.proxy;

import io.vertx.core.net.SocketAddress;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.RequestPath;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A route at work: the address to dial, its open tunnels, its last activity, whether its server is
 * frozen. Any thread.
 */
final class Target {

    /** No activity yet. */
    static final long NEVER = Long.MIN_VALUE;

    final SocketAddress address;

    /** Octets of the prefix's path. */
    final String path;

    /** Whether others may be on the same host: the hub, and other users' servers. */
    final boolean sharesOrigin;

    /** Null for a server that decides by itself whom it lets in. */
    final @Nullable Guard guard;

    /** Its labels may change, its address and guard do not. */
    volatile Route route;

    /** Milliseconds of the epoch. */
    volatile long lastActivityMillis = NEVER;

    /** Milliseconds of the epoch; see {@link Activity#uses}. */
    volatile long lastUseMillis = NEVER;

    /** Null while the server is at work. */
    volatile @Nullable Frost frost;

    /** What it answered open pages; null unless it has been frozen and not used since. */
    volatile @Nullable Echoes echoes;

    /** Requests that have their answers soon, whoever asks. */
    private final AtomicInteger underWay = new AtomicInteger();

    /** Those of them that are use. */
    private final AtomicInteger working = new AtomicInteger();

    private final Set<Runnable> closers = ConcurrentHashMap.newKeySet();
    private volatile boolean removed;

    Target(Route route) {
        this.route = route;
        this.guard = route.guard();
        this.sharesOrigin = route.site().isEmpty();
        this.path = RequestPath.octetsOf(route.path());
        this.address = SocketAddress.inetSocketAddress(route.port(), route.host());
    }

    boolean leadsWhere(Route other) {
        return route.host().equals(other.host())
                && route.port() == other.port()
                && Objects.equals(guard, other.guard());
    }

    /**
     * What of a raw request target comes after the prefix, from the slash on; null when that is
     * missing. Segments are counted: the prefix may be spelt with escapes.
     */
    @Nullable String below(String raw) {
        int query = raw.indexOf('?');
        int at = 0;
        for (long left = path.chars().filter(c -> c == '/').count(); left > 1; left--) {
            at = raw.indexOf('/', at + 1);
            if (at < 0 || (query >= 0 && at > query)) {
                return null;
            }
        }
        return raw.substring(at);
    }

    /** The target of a request as the server is asked for it. */
    String uri(String raw) {
        if (guard == null || !guard.stripsPrefix()) {
            return raw;
        }
        return Objects.requireNonNull(below(raw), "the gate lets nothing through without it");
    }

    /** A request begins. To be called before {@link #frost} is looked at. */
    void enter(Asking asking) {
        if (asking.hasAnswerSoon()) {
            underWay.incrementAndGet();
            if (!asking.poll()) {
                working.incrementAndGet();
            }
        }
    }

    /** It is over, one way or the other. */
    void leave(Asking asking) {
        if (asking.hasAnswerSoon()) {
            underWay.decrementAndGet();
            if (!asking.poll()) {
                working.decrementAndGet();
            }
        }
    }

    /** Whether a request is under way that would not be answered if the server froze. */
    boolean busy() {
        return underWay.get() > 0;
    }

    /** Whether a request is under way that is use. */
    boolean working() {
        return working.get() > 0;
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
        var there = frost;
        if (there != null) {
            there.failed();
        }
    }
}
