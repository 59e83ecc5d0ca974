package org.lyceum.hub;

import org.lyceum.community.MemberService;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.Optional;

/** The users that one community's hub knows: its members. Blocking. */
final class HubMembers {

    private final CommunityId community;
    private final UserService users;
    private final MemberService members;

    HubMembers(CommunityId community, UserService users, MemberService members) {
        this.community = community;
        this.users = users;
        this.members = members;
    }

    Optional<User> find(String name) {
        return users.findByName(name).filter(user -> members.isMember(community, user.id()));
    }

    /**
     * @throws Problem NOT_FOUND user.unknown
     */
    User require(String name) {
        return find(name)
                .orElseThrow(() -> Problem.notFound("user.unknown", "No such user: " + name));
    }
}
