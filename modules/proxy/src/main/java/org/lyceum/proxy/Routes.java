package org.lyceum.proxy;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.RequestPath;
import org.lyceum.platform.kernel.Problem;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The route table. A change is seen by the next request of every event loop. Any thread, never
 * blocks for long.
 */
public final class Routes {

    /** Far above what one machine can run, so that a runaway caller is stopped. */
    public static final int MAX_ROUTES = 20_000;

    private final Map<String, Target> targets = new ConcurrentHashMap<>();
    private final List<Consumer<Route>> listeners = new CopyOnWriteArrayList<>();
    private final Passes passes = new Passes();

    /** Segments of the longest prefix ever put; only grows, which costs at most a few look-ups. */
    private volatile int deepest;

    /** Whether the host of a request can make a difference. */
    private volatile boolean byHost;

    private volatile Predicate<String> apart = host -> false;

    private volatile BiPredicate<String, String> leftToHub = (rest, query) -> false;

    /**
     * Keeps routes for any host away from the hosts that {@code test} names (in lower case, without
     * port): there only routes that name the host count. Any thread, must not wait.
     */
    public void keepApart(Predicate<String> test) {
        apart = test;
        byHost = true;
    }

    /**
     * Leaves to the hub what {@code test} names of the addresses below servers: it is asked with
     * what follows a prefix, decoded, and with the query as it came. Servers that have hosts of
     * their own keep all. Any thread, must not wait.
     */
    public void leaveToHub(BiPredicate<String, String> test) {
        leftToHub = test;
    }

    boolean leftToHub(Target target, String path, @Nullable String query) {
        var route = target.route;
        if (query == null || !route.site().isEmpty()) {
            return false;
        }
        int prefix = RequestPath.octetsOf(route.prefix()).length();
        return prefix <= path.length() && leftToHub.test(path.substring(prefix), query);
    }

    /**
     * Adds a route, or replaces that of the same prefix. Putting what is already there changes
     * nothing; a new address closes what is open to the old one.
     *
     * @throws Problem BUSY when the table holds {@link #MAX_ROUTES} others
     */
    public synchronized void put(Route route) {
        var key = RequestPath.octetsOf(route.prefix());
        var old = targets.get(key);
        if (old != null && old.leadsWhere(route)) {
            old.route = route;
            return;
        }
        if (old == null && targets.size() >= MAX_ROUTES) {
            throw Problem.of(
                    Problem.Kind.BUSY,
                    "route.too-many",
                    "The route table is full. Stop servers that nobody uses.");
        }
        var target = new Target(route);
        deepest = Math.max(deepest, segments(route.path()));
        byHost |= !route.site().isEmpty();
        targets.put(key, target);
        if (old != null) {
            target.lastActivityMillis = old.lastActivityMillis;
            target.lastUseMillis = old.lastUseMillis;
            gone(old);
        }
    }

    /** Removes the route of exactly this prefix, if there is one, and closes its tunnels. */
    public synchronized void remove(String prefix) {
        var old = targets.remove(RequestPath.octetsOf(prefix));
        if (old != null) {
            gone(old);
        }
    }

    /**
     * The route with the longest prefix that {@code rawPath} starts with, by whole decoded
     * segments.
     *
     * @param rawPath the path as it came, escapes and all; a query is ignored
     * @return empty as well when the path has dot segments or a broken escape
     */
    public Optional<Route> match(String rawPath) {
        return match("", rawPath);
    }

    /** The same for a request to {@code host}: a route that names the host goes before others. */
    public Optional<Route> match(String host, String rawPath) {
        var path = RequestPath.octets(rawPath);
        var target = path == null ? null : find(host, path);
        return target == null ? Optional.empty() : Optional.of(target.route);
    }

    /** All routes, sorted by prefix; at most {@link #MAX_ROUTES}. */
    public List<Route> all() {
        return targets.values().stream()
                .map(target -> target.route)
                .sorted(Comparator.comparing(Route::prefix))
                .toList();
    }

    /**
     * Has {@code listener} called, on the thread that removes, for each route that goes or is led
     * elsewhere.
     */
    public void onRemoved(Consumer<Route> listener) {
        listeners.add(listener);
    }

    /**
     * Has requests of the route wait from now on, because its server is about to be frozen, unless
     * it has been used after {@code unusedSince} or a request is under way.
     *
     * @param wake called when somebody comes, on an event loop: must not wait. {@link #thaw} or
     *     {@link #stayFrozen} is to follow
     * @return false when it is not to be frozen, or there is no such route
     */
    public boolean freeze(String prefix, Instant unusedSince, Runnable wake) {
        var target = targets.get(RequestPath.octetsOf(prefix));
        if (target == null) {
            return false;
        }
        if (target.frost != null) {
            return true;
        }
        var frost = new Frost(wake);
        target.frost = frost; // First: a request looks for it once it counts as under way.
        if (target.busy() || target.lastUseMillis > unusedSince.toEpochMilli()) {
            target.frost = null;
            frost.thawed();
            return false;
        }
        if (target.echoes == null) {
            target.echoes = new Echoes();
        }
        return true;
    }

    /** Lets requests of the route through again: its server goes on. */
    public void thaw(String prefix) {
        var target = targets.get(RequestPath.octetsOf(prefix));
        var frost = target == null ? null : target.frost;
        if (target != null && frost != null) {
            target.frost = null;
            frost.thawed();
        }
    }

    /** Refuses requests that wait: the server could not be woken. The next one has it tried. */
    public void stayFrozen(String prefix) {
        var target = targets.get(RequestPath.octetsOf(prefix));
        var frost = target == null ? null : target.frost;
        if (frost != null) {
            frost.failed();
        }
    }

    /** Whether requests of the route wait for its server to go on. */
    public boolean frozen(String prefix) {
        var target = targets.get(RequestPath.octetsOf(prefix));
        return target != null && target.frost != null;
    }

    /** Has a frozen server asked itself next time, and not what it said before it was frozen. */
    public void forgetAnswers(String prefix) {
        var target = targets.get(RequestPath.octetsOf(prefix));
        if (target != null && target.echoes != null) {
            target.echoes = new Echoes();
        }
    }

    /** Who may go through to guarded servers. */
    public Passes passes() {
        return passes;
    }

    Iterable<Target> targets() {
        return targets.values();
    }

    boolean byHost() {
        return byHost;
    }

    /**
     * @param host as {@link org.lyceum.platform.kernel.HostNames#of} writes it; looked at only
     *     while {@link #byHost()}
     */
    @Nullable Target find(String host, String path) {
        if (!byHost || host.isEmpty()) {
            return find(path);
        }
        var own = find(host + path);
        return own != null || apart.test(host) ? own : find(path);
    }

    /**
     * Costs one look-up per segment of the deepest route, whatever the number of routes.
     *
     * @param path with the host before it, if routes of a host are wanted
     */
    private @Nullable Target find(String path) {
        int first = path.indexOf('/');
        int end = first;
        for (int left = deepest; left > 0; left--) {
            int next = path.indexOf('/', end + 1);
            if (next < 0) {
                if (end + 1 < path.length()) {
                    var target = targets.get(path + "/");
                    if (target != null) {
                        return target;
                    }
                }
                break;
            }
            end = next;
        }
        for (; end >= first; end = path.lastIndexOf('/', end - 1)) {
            var target = targets.get(path.substring(0, end + 1));
            if (target != null) {
                return target;
            }
        }
        return null;
    }

    private void gone(Target target) {
        target.remove();
        if (target.guard != null) {
            passes.endAt(target.route.prefix());
        }
        for (var listener : listeners) {
            listener.accept(target.route);
        }
    }

    private static int segments(String key) {
        return (int) key.chars().filter(c -> c == '/').count() - 1;
    }
}
