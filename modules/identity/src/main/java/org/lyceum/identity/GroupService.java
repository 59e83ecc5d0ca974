package org.lyceum.identity;

import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The groups of a community. Blocking. */
public final class GroupService {

    /** JupyterHub's largest page. */
    private static final int MAX_PAGE = 200;

    /** Users named or looked up at once. */
    private static final int MAX_USERS = 1_000;

    /** As JSON; a group's properties are settings, not a store. */
    private static final int MAX_PROPERTIES = 64 * 1024;

    private final GroupRepository groups;

    GroupService(GroupRepository groups) {
        this.groups = groups;
    }

    /** In the order they were made; at most 200 of them. */
    public List<Group> list(CommunityId community, int offset, int limit) {
        return groups.list(community, Math.max(0, offset), Math.clamp(limit, 1, MAX_PAGE));
    }

    public long count(CommunityId community) {
        return groups.count(community);
    }

    /** The same of those with these names only; the rest of them may not exist. */
    public List<Group> list(
            CommunityId community, Collection<String> among, int offset, int limit) {
        return groups.list(community, among, Math.max(0, offset), Math.clamp(limit, 1, MAX_PAGE));
    }

    public long count(CommunityId community, Collection<String> among) {
        return groups.count(community, among);
    }

    /** Numbers of all groups of the community, by their names of today. */
    public Map<String, Long> numbers(CommunityId community) {
        return groups.numbers(community);
    }

    public Optional<Group> find(CommunityId community, String name) {
        return groups.find(community, name);
    }

    /**
     * Makes a group.
     *
     * @param users names of the first members
     * @throws Problem INVALID group.name-invalid, INVALID user.unknown, CONFLICT group.exists,
     *     TOO_LARGE user.too-many-names
     */
    public Group create(Actor actor, CommunityId community, String name, List<String> users) {
        if (!Names.valid(name)) {
            throw Problem.invalid(
                    "group.name-invalid",
                    "A group name has 1 to "
                            + Names.MAX_LENGTH
                            + " characters, no slash, and no white space at its ends.");
        }
        return groups.create(actor, community, name, bounded(users));
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
     * Makes a deleted group again, under the same number and without members, so that what was kept
     * of it is its own. One that is there stays as it is.
     *
     * @throws Problem CONFLICT group.exists
     */
    public void restore(Actor actor, CommunityId community, long id, String name) {
        groups.restore(actor, community, id, name);
    }

    /**
     * Adds members; those who are in already stay.
     *
     * @throws Problem NOT_FOUND group.unknown, INVALID user.unknown (then nobody is added),
     *     TOO_LARGE user.too-many-names
     */
    public Group addUsers(Actor actor, CommunityId community, String name, List<String> users) {
        var change = GroupRepository.addUsers(bounded(users));
        return groups.change(actor, community, name, "added " + users, change);
    }

    /** Removes members; errors as {@link #addUsers}. */
    public Group removeUsers(Actor actor, CommunityId community, String name, List<String> users) {
        var change = GroupRepository.removeUsers(bounded(users));
        return groups.change(actor, community, name, "removed " + users, change);
    }

    /**
     * Replaces the properties.
     *
     * @throws Problem NOT_FOUND group.unknown, TOO_LARGE group.properties-too-large
     */
    public Group setProperties(
            Actor actor, CommunityId community, String name, Map<String, Object> properties) {
        var json = Json.write(properties);
        if (json.length() > MAX_PROPERTIES) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE,
                    "group.properties-too-large",
                    "The properties of a group have at most 64 KiB as JSON.");
        }
        var change = GroupRepository.setProperties(json);
        return groups.change(actor, community, name, "properties " + json, change);
    }

    /** Names of the groups the user is in, sorted. */
    public Set<String> groupsOf(UserId user, CommunityId community) {
        return groups.groupsOf(user, community);
    }

    /**
     * The same for many at once; users without a group are absent.
     *
     * @param users at most 1,000
     */
    public Map<UserId, Set<String>> groupsOf(Collection<UserId> users, CommunityId community) {
        bounded(users);
        return groups.groupsOf(users, community);
    }

    /** Takes the user out of every group of the community they leave. */
    public void leaveAll(UserId user, CommunityId community) {
        groups.leaveAll(user, community);
    }

    private static <T, C extends Collection<T>> C bounded(C users) {
        if (users.size() > MAX_USERS) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE,
                    "user.too-many-names",
                    "At most " + MAX_USERS + " users can be named at once.");
        }
        return users;
    }
}
