package org.lyceum.hub;

import org.lyceum.identity.GroupService;
import org.lyceum.identity.RoleService;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerQueries;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what a user's model is made of. Blocking. */
final class People {

    private final CommunityId community;
    private final GroupService groups;
    private final RoleService roles;
    private final ServerQueries servers;

    People(CommunityId community, GroupService groups, RoleService roles, ServerQueries servers) {
        this.community = community;
        this.groups = groups;
        this.roles = roles;
        this.servers = servers;
    }

    HubModels.Person of(User user) {
        return of(List.of(user)).getFirst();
    }

    /** In the order of {@code users}; a fixed number of queries. */
    List<HubModels.Person> of(List<User> users) {
        var ids = users.stream().map(User::id).toList();
        Map<UserId, Set<String>> groupsOf = groups.groupsOf(ids, community);
        Map<UserId, List<String>> rolesOf = roles.ofUsers(community, ids);
        Map<UserId, List<Server>> serversOf = servers.ofUsers(community, ids);
        return users.stream()
                .map(
                        user ->
                                new HubModels.Person(
                                        user,
                                        groupsOf.getOrDefault(user.id(), Set.of()),
                                        rolesOf.getOrDefault(user.id(), List.of()),
                                        serversOf.getOrDefault(user.id(), List.of())))
                .toList();
    }

    /** Whether servers that do not run shall be in the models, too. */
    static boolean includeStopped(Request request) {
        return request.query("include_stopped_servers")
                .map(value -> !value.equals("0") && !value.equalsIgnoreCase("false"))
                .orElse(false);
    }
}
