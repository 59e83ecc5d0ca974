package org.lyceum.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

/** The groups of a community. Blocking. */
public final class GroupService {

    GroupService() {}

    /** In the order they were made; at most 200 of them. */
    public List<Group> list(CommunityId community, int offset, int limit) {
        return Todo.later();
    }

    public long count(CommunityId community) {
        return Todo.later();
    }

    public Optional<Group> find(CommunityId community, String name) {
        return Todo.later();
    }

    /**
     * Makes a group.
     *
     * @param users names of the first members
     * @throws org.lyceum.platform.kernel.Problem INVALID group.name-invalid, INVALID user.unknown,
     *     CONFLICT group.exists
     */
    public Group create(Actor actor, CommunityId community, String name, List<String> users) {
        return Todo.later();
    }

    /**
     * Removes a group; its members stay users.
     *
     * @throws org.lyceum.platform.kernel.Problem NOT_FOUND group.unknown
     */
    public void delete(Actor actor, CommunityId community, String name) {
        Todo.later();
    }

    /**
     * Adds members; those who are in already stay.
     *
     * @throws org.lyceum.platform.kernel.Problem NOT_FOUND group.unknown, INVALID user.unknown (then
     *     nobody is added)
     */
    public Group addUsers(Actor actor, CommunityId community, String name, List<String> users) {
        return Todo.later();
    }

    /** Removes members; errors as {@link #addUsers}. */
    public Group removeUsers(Actor actor, CommunityId community, String name, List<String> users) {
        return Todo.later();
    }

    /**
     * Replaces the properties.
     *
     * @throws org.lyceum.platform.kernel.Problem NOT_FOUND group.unknown, TOO_LARGE
     *     group.properties-too-large
     */
    public Group setProperties(
            Actor actor, CommunityId community, String name, Map<String, Object> properties) {
        return Todo.later();
    }

    /**
     * Replaces what membership adds to a member's own scopes; from then on, at each use.
     *
     * @throws org.lyceum.platform.kernel.Problem NOT_FOUND group.unknown, INVALID scope.unknown
     */
    public Group setScopes(Actor actor, CommunityId community, String name, List<String> scopes) {
        return Todo.later();
    }

    /** Names of the groups the user is in, sorted. */
    public Set<String> groupsOf(UserId user, CommunityId community) {
        return Todo.later();
    }

    /** The same for many at once; users without a group are absent. At most 1,000 users. */
    public Map<UserId, Set<String>> groupsOf(Collection<UserId> users, CommunityId community) {
        return Todo.later();
    }
}
