package org.lyceum.identity;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * For what one scope is held: for everything, or for any of some users, groups, servers ({@code
 * user/server}) and services. Immutable. Filters nest: a group holds its members, a user holds
 * their servers.
 */
record Filters(
        boolean everything,
        Set<String> users,
        Set<String> groups,
        Set<String> servers,
        Set<String> services) {

    static final Filters EVERYTHING = new Filters(true, Set.of(), Set.of(), Set.of(), Set.of());

    static Filters of(Scope.Kind kind, String value) {
        var one = Set.of(value);
        return switch (kind) {
            case USER -> new Filters(false, one, Set.of(), Set.of(), Set.of());
            case GROUP -> new Filters(false, Set.of(), one, Set.of(), Set.of());
            case SERVER -> new Filters(false, Set.of(), Set.of(), one, Set.of());
            case SERVICE -> new Filters(false, Set.of(), Set.of(), Set.of(), one);
        };
    }

    Filters or(Filters other) {
        if (everything || other.everything) {
            return EVERYTHING;
        }
        return new Filters(
                false,
                either(users, other.users),
                either(groups, other.groups),
                either(servers, other.servers),
                either(services, other.services));
    }

    /** What both cover, on the narrower side; null when that is nothing. */
    @Nullable Filters and(Filters other, Membership members) {
        if (everything) {
            return other;
        }
        if (other.everything) {
            return this;
        }
        var bothGroups = both(groups, other.groups);
        var bothUsers = new HashSet<String>();
        addUsers(this, other, members, bothUsers);
        addUsers(other, this, members, bothUsers);
        addMembers(this, other, bothGroups, members, bothUsers);
        var bothServers = new HashSet<String>();
        addServers(this, other, members, bothServers);
        addServers(other, this, members, bothServers);
        var result =
                new Filters(
                        false,
                        Set.copyOf(bothUsers),
                        bothGroups,
                        Set.copyOf(bothServers),
                        both(services, other.services));
        return result.none() ? null : result;
    }

    boolean covers(Target target) {
        return everything
                || switch (target) {
                    case Target.OfUser(var user, var in) ->
                            users.contains(user) || !Collections.disjoint(groups, in);
                    case Target.OfServer(var user, var server, var in) ->
                            servers.contains(user + "/" + server)
                                    || users.contains(user)
                                    || !Collections.disjoint(groups, in);
                    case Target.OfGroup(var group) -> groups.contains(group);
                    case Target.OfService(var service) -> services.contains(service);
                    case Target.Everything nothingLess -> false;
                };
    }

    /** Each as it is written, without servers of users who are there themselves. */
    List<String> written(String name) {
        if (everything) {
            return List.of(name);
        }
        var written = new ArrayList<String>();
        add(written, name, Scope.Kind.USER, users);
        add(written, name, Scope.Kind.GROUP, groups);
        for (var server : servers) {
            if (!users.contains(ownerOf(server))) {
                add(written, name, Scope.Kind.SERVER, Set.of(server));
            }
        }
        add(written, name, Scope.Kind.SERVICE, services);
        return written;
    }

    /** The same, with the members of each group beside it. */
    Filters withMembers(Membership members) {
        var all = new HashSet<>(users);
        groups.forEach(group -> all.addAll(members.membersOf(group)));
        return new Filters(everything, Set.copyOf(all), groups, servers, services);
    }

    private boolean none() {
        return users.isEmpty() && groups.isEmpty() && servers.isEmpty() && services.isEmpty();
    }

    /** Users of {@code one} whom {@code other} covers. */
    private static void addUsers(
            Filters one, Filters other, Membership members, Set<String> result) {
        for (var user : one.users) {
            if (other.users.contains(user) || inAny(user, other.groups, members)) {
                result.add(user);
            }
        }
    }

    /** Users who are in a group of each, but in none that both have. */
    private static void addMembers(
            Filters one,
            Filters other,
            Set<String> shared,
            Membership members,
            Set<String> result) {
        for (var group : other.groups.isEmpty() ? Set.<String>of() : one.groups) {
            if (!shared.contains(group)) {
                for (var user : members.membersOf(group)) {
                    if (inAny(user, other.groups, members) && !inAny(user, shared, members)) {
                        result.add(user);
                    }
                }
            }
        }
    }

    private static void addServers(
            Filters one, Filters other, Membership members, Set<String> result) {
        for (var server : one.servers) {
            var owner = ownerOf(server);
            if (other.servers.contains(server)
                    || other.users.contains(owner)
                    || inAny(owner, other.groups, members)) {
                result.add(server);
            }
        }
    }

    private static boolean inAny(String user, Set<String> groups, Membership members) {
        return !groups.isEmpty() && !Collections.disjoint(groups, members.groupsOf(user));
    }

    private static String ownerOf(String server) {
        return server.substring(0, server.indexOf('/'));
    }

    private static Set<String> either(Set<String> one, Set<String> other) {
        if (one.containsAll(other)) {
            return one;
        }
        var all = new HashSet<>(one);
        all.addAll(other);
        return Set.copyOf(all);
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        var shared = new HashSet<>(one);
        shared.retainAll(other);
        return Set.copyOf(shared);
    }

    private static void add(
            List<String> written, String name, Scope.Kind kind, Set<String> values) {
        for (var value : values) {
            written.add(new Scope(name, new Scope.Filter.Is(kind, value)).written());
        }
    }
}
