package org.lyceum.hub;

import org.lyceum.identity.GroupService;
import org.lyceum.identity.Reach;
import org.lyceum.identity.Target;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.util.HashSet;
import java.util.Set;

/** Says what a request is about, in the terms that the filters of scopes speak. Blocking. */
final class Targets {

    private final CommunityId community;
    private final HubMembers members;
    private final GroupService groups;

    Targets(CommunityId community, HubMembers members, GroupService groups) {
        this.community = community;
        this.members = members;
        this.groups = groups;
    }

    Target of(HubAccess.Aim aim, Request request) {
        return switch (aim) {
            case HUB, LIST -> Target.EVERYTHING;
            case USER -> ofUser(request.param("user"));
            case SERVER ->
                    ofServer(request.param("user"), request.params().getOrDefault("server", ""));
            case GROUP -> new Target.OfGroup(request.param("group"));
            case SERVICE -> new Target.OfService(request.param("service"));
        };
    }

    /** A user of this name, whether or not there is one: who may not see them must not learn. */
    Target.OfUser ofUser(String name) {
        return new Target.OfUser(name, groupsOf(name));
    }

    Target.OfServer ofServer(String user, String server) {
        return new Target.OfServer(user, server, groupsOf(user));
    }

    /** Everybody whom a scope reaches, as far as they exist. */
    Set<UserId> usersIn(Reach reach) {
        var names = new HashSet<>(reach.users());
        for (var group : reach.groups()) {
            groups.find(community, group).ifPresent(found -> names.addAll(found.users()));
        }
        return members.numbers(names);
    }

    Set<String> groupsOf(User user) {
        return groups.groupsOf(user.id(), community);
    }

    private Set<String> groupsOf(String name) {
        return members.find(name).map(this::groupsOf).orElse(Set.of());
    }
}
