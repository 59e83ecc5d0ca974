package org.lyceum.platform.http;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The surfaces that are mounted now. Reads take no lock, and cost the same however many. */
public final class Surfaces {

    /** A surface with its endpoints prepared for matching. */
    record Mounted(Surface surface, EndpointTable table, int depth) {

        static Mounted of(Surface surface) {
            var table = new EndpointTable(surface.endpoints());
            return new Mounted(surface, table, Surfaces.depth(surface));
        }

        boolean serves(Listener listener, List<String> path) {
            return surface.serves(listener, RequestPath.join(below(path)));
        }

        EndpointTable.Match match(String method, List<String> path) {
            return table.match(method, below(path));
        }

        private List<String> below(List<String> path) {
            return path.subList(depth, path.size());
        }
    }

    /** By host and base path, written one after the other. */
    private final Map<String, Mounted> mounted = new ConcurrentHashMap<>();

    /** Segments of the longest base path ever mounted, the empty first one included. */
    private volatile int deepest = 1;

    /** Whether the host of a request can make a difference. */
    private volatile boolean byHost;

    /** Adds a surface, or replaces the one with the same host and base path. */
    public synchronized void mount(Surface surface) {
        deepest = Math.max(deepest, depth(surface));
        byHost |= !surface.host().isEmpty();
        mounted.put(key(surface), Mounted.of(surface));
    }

    /** Removes what is mounted where this surface is, if there is something. */
    public synchronized void unmount(Surface surface) {
        mounted.remove(key(surface));
    }

    /** All surfaces, longest base path first: for reference pages and access tests. */
    public List<Surface> all() {
        return mounted.values().stream()
                .sorted(Comparator.comparingInt(Mounted::depth).reversed())
                .map(Mounted::surface)
                .toList();
    }

    /**
     * The surface for this very host, else for the nearest domain it lies in, else for any host;
     * and of those the one with the longest base path that {@code path} lies below.
     *
     * @param host as {@link org.lyceum.platform.kernel.HostNames#of} writes it; empty for none
     * @param path decoded segments from the root; the first is empty
     */
    Optional<Mounted> find(String host, List<String> path) {
        if (byHost && !host.isEmpty()) {
            var own = at(host, path);
            for (int dot = host.indexOf('.'); own == null && dot >= 0; ) {
                own = at(host.substring(dot), path);
                dot = host.indexOf('.', dot + 1);
            }
            if (own != null) {
                return Optional.of(own);
            }
        }
        return Optional.ofNullable(at("", path));
    }

    private @Nullable Mounted at(String host, List<String> path) {
        @Nullable Mounted found = null;
        var base = new StringBuilder(host);
        int last = Math.min(deepest, path.size() - 1);
        for (int i = 0; i < last; i++) {
            if (path.get(i).indexOf('/') >= 0) {
                break; // an escaped slash, which no base path has
            }
            var longer = mounted.get(base.append(path.get(i)).append('/').toString());
            found = longer == null ? found : longer;
        }
        return found;
    }

    private static String key(Surface surface) {
        return surface.host() + surface.basePath();
    }

    private static int depth(Surface surface) {
        return (int) surface.basePath().chars().filter(c -> c == '/').count();
    }
}
