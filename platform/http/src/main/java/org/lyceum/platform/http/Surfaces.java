package org.lyceum.platform.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The surfaces that are mounted now. Reads take no lock; a change replaces the whole list. */
public final class Surfaces {

    /** A surface with its endpoints prepared for matching. */
    record Mounted(Surface surface, EndpointTable table, List<String> base) {

        static Mounted of(Surface surface) {
            var base = List.of(surface.basePath().split("/", -1));
            var table = new EndpointTable(surface.endpoints());
            return new Mounted(surface, table, base.subList(0, base.size() - 1));
        }

        /** {@code path}: decoded segments from the root; the first is empty. */
        boolean covers(List<String> path) {
            return path.size() > base.size() && path.subList(0, base.size()).equals(base);
        }

        boolean serves(Listener listener, List<String> path) {
            return surface.serves(listener, RequestPath.join(below(path)));
        }

        EndpointTable.Match match(String method, List<String> path) {
            return table.match(method, below(path));
        }

        private List<String> below(List<String> path) {
            return path.subList(base.size(), path.size());
        }
    }

    private volatile List<Mounted> mounted = List.of();

    /** Adds a surface, or replaces the one with the same base path. */
    public synchronized void mount(Surface surface) {
        var next = new ArrayList<>(mounted);
        next.removeIf(there -> there.surface().basePath().equals(surface.basePath()));
        next.add(Mounted.of(surface));
        next.sort(Comparator.comparingInt((Mounted m) -> m.base().size()).reversed());
        mounted = List.copyOf(next);
    }

    /** Removes the surface with this base path, if there is one. */
    public synchronized void unmount(String basePath) {
        var next = new ArrayList<>(mounted);
        next.removeIf(there -> there.surface().basePath().equals(basePath));
        mounted = List.copyOf(next);
    }

    /** All surfaces, longest base path first: for reference pages and access tests. */
    public List<Surface> all() {
        return mounted.stream().map(Mounted::surface).toList();
    }

    /** The surface with the longest base path that {@code path} (decoded segments) lies below. */
    Optional<Mounted> find(List<String> path) {
        for (var candidate : mounted) {
            if (candidate.covers(path)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
