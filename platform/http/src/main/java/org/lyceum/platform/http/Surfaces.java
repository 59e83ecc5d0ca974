package org.lyceum.platform.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The surfaces that are mounted now. Reads take no lock; a change replaces the whole list. */
public final class Surfaces {

    /** A surface with its endpoints prepared for matching. */
    record Mounted(Surface surface, EndpointTable table) {}

    private volatile List<Mounted> mounted = List.of();

    /** Adds a surface, or replaces the one with the same base path. */
    public synchronized void mount(Surface surface) {
        var next = new ArrayList<>(mounted);
        next.removeIf(there -> there.surface().basePath().equals(surface.basePath()));
        next.add(new Mounted(surface, new EndpointTable(surface.endpoints())));
        next.sort(Comparator.comparingInt((Mounted m) -> m.surface().basePath().length()).reversed());
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

    /** The surface with the longest base path that {@code path} (decoded) lies below. */
    Optional<Mounted> find(String path) {
        for (var candidate : mounted) {
            if (path.startsWith(candidate.surface().basePath())) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
