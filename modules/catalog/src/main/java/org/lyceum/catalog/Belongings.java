package org.lyceum.catalog;

import org.lyceum.identity.GroupService;
import org.lyceum.identity.Role;
import org.lyceum.identity.RoleService;
import org.lyceum.identity.Roles;
import org.lyceum.identity.UserService;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Which groups a user is in, and which roles they hold. Blocking. */
final class Belongings {

    private final UserService users;
    private final GroupService groups;
    private final RoleService roles;

    Belongings(UserService users, GroupService groups, RoleService roles) {
        this.users = users;
        this.groups = groups;
        this.roles = roles;
    }

    /** Numbers of both. */
    record Of(Set<Long> groups, Set<Long> roles) {

        boolean within(Audience audience) {
            return audience.everybody()
                    || audience.groups().stream().anyMatch(groups::contains)
                    || audience.roles().stream().anyMatch(roles::contains);
        }
    }

    /** Those profiles that the user is offered; asks nothing where all are for everybody. */
    List<Profile> offered(List<Profile> profiles, CommunityId community, UserId user) {
        if (profiles.stream().allMatch(profile -> profile.audience().everybody())) {
            return profiles;
        }
        var own = of(community, user);
        return profiles.stream().filter(profile -> own.within(profile.audience())).toList();
    }

    private Of of(CommunityId community, UserId user) {
        var numbers = groups.numbers(community);
        var own =
                groups.groupsOf(user, community).stream()
                        .map(numbers::get)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        var held = new HashSet<>(roles.ofUser(community, user));
        roles.ofGroups(community, List.copyOf(own)).values().forEach(held::addAll);
        held.add(Roles.USER); // every member's
        if (users.find(user).filter(there -> there.admin()).isPresent()) {
            held.add(Roles.ADMIN);
        }
        return new Of(
                own,
                roles.list(community).stream()
                        .filter(role -> held.contains(role.name()))
                        .map(Role::id)
                        .collect(Collectors.toSet()));
    }
}
