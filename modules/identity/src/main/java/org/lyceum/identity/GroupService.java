package org.lyceum.identity;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

/** The groups of a community. Blocking. */
public final class GroupService {

    /** The contract's largest page. */
    private static final int MAX_LIST = 200;

    /** Users named in one request, or asked about at once. */
    private static final int MAX_USERS = 1_000;

    /** A remark or two for some program; not a place to store files. */
    private static final int MAX_PROPERTIES_BYTES = 64 * 1024;

    private final GroupRepository groups;

    GroupService(GroupRepository groups) {
        this.groups = groups;
    }

    /** In the order they were made; at most 200 of them. */
    public List<Group> list(CommunityId community, int offset, int limit) {
        return groups.list(community, offset, Math.min(limit, MAX_LIST));
    }

    public long count(CommunityId community) {
        return groups.count(community);
    }

    public Optional<Group> find(CommunityId community, String name) {
        return groups.find(community, name);
    }

    /**
     * Makes a group.
     *
     * @param users names of the first members
     * @throws Problem INVALID group.name-invalid, INVALID group.user-unknown, CONFLICT group.exists,
     *     TOO_LARGE group.too-many-users
     */
    public Group create(Actor actor, CommunityId community, String name, List<String> users) {
        if (!Names.valid(name)) {
            throw Problem.invalid(
                    "group.name-invalid",
                    "A group name has 1 to "
                            + Names.MAX_LENGTH
                            + " characters, no slash, and no white space at its ends.");
        }
        requireFew(users);
        return groups.create(actor, community, name, users);
    }

    /**
     * Removes a group; its members stay users.
     *
     * @throws Problem NOT_FOUND group.unknown
     */
    public void delete(Actor actor, CommunityId community, String name) {
        groups.delete(actor, community, name);
    }

    /**
     * Adds members; those who are in already stay.
     *
     * @throws Problem NOT_FOUND group.unknown, INVALID group.user-unknown (then nobody is added),
     *     TOO_LARGE group.too-many-users
     */
    public Group addUsers(Actor actor, CommunityId community, String name, List<String> users) {
        requireFew(users);
        return groups.addUsers(actor, community, name, users);
    }

    /** Removes members; errors as {@link #addUsers}. */
    public Group removeUsers(Actor actor, CommunityId community, String name, List<String> users) {
        requireFew(users);
        return groups.removeUsers(actor, community, name, users);
    }

    /**
     * Replaces the properties.
     *
     * @throws Problem NOT_FOUND group.unknown, TOO_LARGE group.properties-too-large
     */
    public Group setProperties(
            Actor actor, CommunityId community, String name, Map<String, Object> properties) {
        var json = Json.write(properties);
        if (json.getBytes(StandardCharsets.UTF_8).length > MAX_PROPERTIES_BYTES) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE,
                    "group.properties-too-large",
                    "A group's properties hold at most 64 KiB; keep the rest elsewhere.");
        }
        return groups.setProperties(actor, community, name, json);
    }

    /**
     * Replaces what membership adds to a member's own scopes; from then on, at each use.
     *
     * @throws Problem NOT_FOUND group.unknown, INVALID scope.unknown
     */
    public Group setScopes(Actor actor, CommunityId community, String name, List<String> scopes) {
        return groups.setScopes(actor, community, name, scopes);
    }

    /** Names of the groups the user is in, sorted. */
    public Set<String> groupsOf(UserId user, CommunityId community) {
        return groupsOf(List.of(user), community).getOrDefault(user, Set.of());
    }

    /** The same for many at once; users without a group are absent. At most 1,000 users. */
    public Map<UserId, Set<String>> groupsOf(Collection<UserId> users, CommunityId community) {
        if (users.size() > MAX_USERS) {
            throw new IllegalArgumentException("at most 1,000 users at once");
        }
        return groups.groupsOf(users, community);
    }

    private static void requireFew(List<String> users) {
        if (users.size() > MAX_USERS) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE,
                    "group.too-many-users",
                    "Name at most " + MAX_USERS + " users in one request.");
        }
    }
}
