package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody may do: scopes with all that come with them, each for everything or for some
 * targets. Immutable. Source: jupyterhub 5.5, scopes.py, and the contract's §5.
 */
public final class Scopes {

    /** Nothing at all. */
    public static final Scopes NONE = new Scopes(Map.of());

    private static final String ACCESS_SERVERS = ScopeName.ACCESS_SERVERS.text();

    private final Map<String, Filters> held;

    private Scopes(Map<String, Filters> held) {
        this.held = held;
    }

    /**
     * The scopes that are written, expanded; custom ones mean nothing here.
     *
     * @throws Problem INVALID scope.unknown, also for a self-filter such as {@code !user}, which
     *     means nothing without an owner
     */
    public static Scopes of(Collection<String> written) {
        var builder = new Builder(ScopeTree.BUILT_IN);
        written.forEach(text -> builder.add(Scope.parse(text), Self.NOBODY));
        return builder.build();
    }

    /** Whether {@code scope} is held for {@code target}. */
    public boolean allows(String scope, Target target) {
        var filters = held.get(named(scope));
        return filters != null && filters.covers(target);
    }

    /**
     * Whether {@code scope} is held for any target: what a list endpoint asks before it filters.
     */
    public boolean holdsAny(String scope) {
        return held.containsKey(named(scope));
    }

    /** For whom {@code scope} is held; empty when for everybody. */
    public Optional<Reach> reach(String scope) {
        var filters = held.get(named(scope));
        if (filters == null) {
            return Optional.of(new Reach(Set.of(), Set.of()));
        }
        return filters.everything()
                ? Optional.empty()
                : Optional.of(new Reach(filters.users(), filters.groups()));
    }

    /** Whether any of {@code required} is held for {@code target}; if not, how to refuse. */
    public Decision check(Set<String> required, Target target) {
        var decision = Decision.LACKING;
        for (var scope : required) {
            if (allows(scope, target)) {
                return Decision.ALLOWED;
            }
            if (holdsAny(scope)) {
                decision = Decision.FILTERED_OUT;
            }
        }
        return decision;
    }

    /** All scopes, sorted; a filtered one only where the unfiltered is not held. */
    public List<String> written() {
        var written = new ArrayList<String>();
        held.forEach((name, filters) -> written.addAll(filters.written(name)));
        written.sort(null);
        return List.copyOf(written);
    }

    /** All that either holds. */
    public Scopes union(Scopes other) {
        var builder = new Builder(ScopeTree.BUILT_IN);
        held.forEach(builder::add);
        other.held.forEach(builder::add);
        return builder.build();
    }

    /** All that both hold, on the narrower side. */
    Scopes intersect(Scopes other, Membership members) {
        var both = new HashMap<String, Filters>();
        held.forEach(
                (name, filters) -> {
                    var others = other.held.get(name);
                    var shared = others == null ? null : filters.and(others, members);
                    if (shared != null) {
                        both.put(name, shared);
                    }
                });
        return new Scopes(both);
    }

    /** Whether everything held here is held there. */
    boolean within(Scopes other, Membership members) {
        return intersect(other, members).equals(this);
    }

    /**
     * As {@link #written}, with access to single servers as a single-user server can bear it: only
     * to {@code ownServer}, and groups as their members (it cannot look into groups).
     *
     * @param asking the server that wants to know, where a token belongs to none
     */
    List<String> writtenFor(@Nullable String ownServer, @Nullable String asking) {
        var access = held.get(ACCESS_SERVERS);
        if (access == null || access.everything()) {
            return written();
        }
        var adapted = new HashMap<>(held);
        adapted.remove(ACCESS_SERVERS);
        var users = ownServer == null ? access.users() : Set.<String>of();
        var shown = ownServer == null ? asking : ownServer;
        var servers =
                shown != null && access.servers().contains(shown)
                        ? Set.of(shown)
                        : Set.<String>of();
        var kept = new Filters(false, users, Set.of(), servers, Set.of());
        if (!kept.written(ACCESS_SERVERS).isEmpty()) {
            adapted.put(ACCESS_SERVERS, kept);
        }
        return new Scopes(adapted).written();
    }

    /** The same, where access to a group's servers also stands for each member. */
    Scopes withMembersOfAccess(Membership members) {
        var access = held.get(ACCESS_SERVERS);
        if (access == null || access.groups().isEmpty()) {
            return this;
        }
        var resolved = new HashMap<>(held);
        resolved.put(ACCESS_SERVERS, access.withMembers(members));
        return new Scopes(resolved);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Scopes scopes && held.equals(scopes.held);
    }

    @Override
    public int hashCode() {
        return held.hashCode();
    }

    @Override
    public String toString() {
        return written().toString();
    }

    private static String named(String scope) {
        if (!ScopeTree.BUILT_IN.knows(scope) && !Scope.isCustom(scope)) {
            throw new IllegalArgumentException("no such scope: " + scope);
        }
        return scope;
    }

    /**
     * Who self-filters stand for.
     *
     * @param server {@code user/server}
     */
    record Self(@Nullable String user, @Nullable String server, @Nullable String service) {

        static final Self NOBODY = new Self(null, null, null);

        private @Nullable String value(Scope.Kind kind) {
            return switch (kind) {
                case USER -> user;
                case SERVER -> server;
                case SERVICE -> service;
                case GROUP -> null;
            };
        }
    }

    /** Collects scopes and expands them. */
    static final class Builder {

        private final Map<String, Filters> held = new HashMap<>();
        private final ScopeTree tree;

        Builder(ScopeTree tree) {
            this.tree = tree;
        }

        /**
         * Adds a scope with all that come with it. A self-filter that stands for nobody adds
         * nothing, unless there is no self at all.
         */
        Builder add(Scope scope, Self self) {
            switch (scope.filter()) {
                case Scope.Filter.None none -> add(scope.name(), null, Filters.EVERYTHING);
                case Scope.Filter.Is(var kind, var value) ->
                        add(scope.name(), kind, Filters.of(kind, value));
                case Scope.Filter.Self(var kind) -> {
                    if (self.equals(Self.NOBODY)) {
                        throw Problem.invalid(
                                "scope.unknown",
                                "The scope '" + scope.written() + "' needs an owner.");
                    }
                    var value = self.value(kind);
                    if (value != null) {
                        add(scope.name(), kind, Filters.of(kind, value));
                    }
                }
            }
            return this;
        }

        Builder add(Scopes scopes) {
            scopes.held.forEach(this::add);
            return this;
        }

        Scopes build() {
            return new Scopes(Map.copyOf(held));
        }

        /**
         * Access to one server says nothing about its user, so no implied read:users comes with it.
         */
        private void add(String top, Scope.@Nullable Kind kind, Filters filters) {
            for (var name : tree.expanded(top)) {
                boolean aboutUser = !name.equals(top) && name.startsWith("read:users");
                if (kind != Scope.Kind.SERVER || !aboutUser) {
                    add(name, filters);
                }
            }
        }

        private void add(String name, Filters filters) {
            held.merge(name, filters, Filters::or);
        }
    }
}
