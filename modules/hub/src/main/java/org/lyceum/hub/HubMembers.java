package org.lyceum.hub;

import org.lyceum.community.MemberService;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The users that one community's hub knows: its members. Blocking. */
final class HubMembers {

    /** As many as {@link UserService#findByNames} takes. */
    private static final int NAMES_AT_ONCE = 1_000;

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

    /** Numbers of the users with these names, members or not; any number of them. */
    Set<UserId> numbers(Collection<String> names) {
        var numbers = new HashSet<UserId>();
        var all = List.copyOf(names);
        for (int at = 0; at < all.size(); at += NAMES_AT_ONCE) {
            var some = all.subList(at, Math.min(all.size(), at + NAMES_AT_ONCE));
            users.findByNames(some).forEach(user -> numbers.add(user.id()));
        }
        return numbers;
    }

    /**
     * The names as they came, if all are members'; people of other communities are nobody here.
     *
     * @throws Problem INVALID user.unknown, TOO_LARGE user.too-many-names
     */
    List<String> requireAll(List<String> names) {
        var found = users.findByNames(Set.copyOf(names));
        var here = members.among(community, found.stream().map(User::id).toList());
        var known =
                found.stream()
                        .filter(user -> here.contains(user.id()))
                        .map(User::name)
                        .collect(Collectors.toSet());
        for (var name : names) {
            if (!known.contains(name)) {
                throw Problem.invalid("user.unknown", "No such user: " + name);
            }
        }
        return names;
    }

    /**
     * @throws Problem NOT_FOUND user.unknown
     */
    User require(String name) {
        return find(name)
                .orElseThrow(() -> Problem.notFound("user.unknown", "No such user: " + name));
    }
}
