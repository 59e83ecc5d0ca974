package org.lyceum.login;

import org.lyceum.community.MemberService;
import org.lyceum.identity.GroupService;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Groups of communities that follow groups at providers: whoever signs in comes into those that
 * theirs are followed by, and leaves those that they are in for no other reason. Whom a manager has
 * added stays. Blocking.
 */
public final class FollowService {

    private static final Logger log = LoggerFactory.getLogger(FollowService.class);

    /** Groups at providers that one group follows. */
    private static final int MAX_FOLLOWED = 20;

    private static final Actor FOLLOWER = new Actor.Job("login.follow-groups");

    private final FollowedGroupRepository rows;
    private final ProviderService providers;
    private final GroupService groups;
    private final MemberService members;

    FollowService(
            FollowedGroupRepository rows,
            ProviderService providers,
            GroupService groups,
            MemberService members) {
        this.rows = rows;
        this.providers = providers;
        this.groups = groups;
        this.members = members;
    }

    /** What the groups of a community follow, by their numbers; others follow nothing. */
    public Map<Long, List<FollowedGroup>> of(CommunityId community) {
        return rows.of(community);
    }

    /**
     * Decides what a group follows; nothing at all is fine. Its people change when they sign in.
     *
     * @throws Problem NOT_FOUND group.unknown, provider.unknown; INVALID group.follows-too-many
     */
    public void decide(
            Actor actor, CommunityId community, long group, List<FollowedGroup> follows) {
        if (!groups.numbers(community).containsValue(group)) {
            throw Problem.notFound("group.unknown", "There is no such group.");
        }
        if (follows.size() > MAX_FOLLOWED) {
            throw Problem.invalid(
                    "group.follows-too-many",
                    "A group follows at most "
                            + MAX_FOLLOWED
                            + " groups; make one at the provider that has them all.");
        }
        follows.forEach(each -> providers.require(each.provider()));
        rows.put(actor, community, group, new HashSet<>(follows));
    }

    /** Somebody has signed in, and the provider has said which groups they are in. */
    void signedIn(long provider, ExternalIdentity who, User user) {
        var followed = rows.ofProvider(provider);
        if (followed.isEmpty()) {
            return;
        }
        var theirs = who.groups().stream().map(FollowedGroup::folded).collect(Collectors.toSet());
        var reasons = rows.reasons(user.id());
        for (var community : followed.keySet()) {
            if (members.isMember(community, user.id())) {
                var each = new Following(provider, who.groupsComplete(), user, community);
                each.apply(followed.get(community), theirs, reasons);
            }
        }
    }

    /** One person's sign-in, as far as one community goes. */
    private final class Following {

        private final long provider;
        private final boolean complete;
        private final User user;
        private final CommunityId community;
        private final Map<Long, String> names = new HashMap<>();
        private final Set<String> in;

        /**
         * @param complete whether the provider has named all groups; if not, nobody leaves any
         */
        Following(long provider, boolean complete, User user, CommunityId community) {
            this.provider = provider;
            this.complete = complete;
            this.user = user;
            this.community = community;
            groups.numbers(community).forEach((name, id) -> names.put(id, name));
            this.in = groups.groupsOf(user.id(), community);
        }

        void apply(
                Map<Long, Set<String>> followed, Set<String> theirs, Map<Long, Set<Long>> reasons) {
            followed.forEach(
                    (group, wanted) -> {
                        var because = reasons.getOrDefault(group, Set.of());
                        if (wanted.stream().anyMatch(theirs::contains)) {
                            come(group, because);
                        } else if (complete && because.contains(provider)) {
                            go(group, because);
                        }
                    });
        }

        private void come(long group, Set<Long> because) {
            var name = names.get(group);
            boolean byHand = name != null && in.contains(name) && because.isEmpty();
            if (name == null || byHand) {
                return;
            }
            // The reason first: without it, a crash would leave somebody in the group for ever.
            rows.remember(group, user.id(), provider);
            if (!in.contains(name)) {
                groups.addUsers(FOLLOWER, community, name, List.of(user.name()));
                log.info("group.joined group={} user={} provider={}", group, user.id(), provider);
            }
        }

        private void go(long group, Set<Long> because) {
            var name = names.get(group);
            if (name != null && because.size() == 1 && in.contains(name)) {
                groups.removeUsers(FOLLOWER, community, name, List.of(user.name()));
                log.info("group.left group={} user={} provider={}", group, user.id(), provider);
            }
            rows.forget(group, user.id(), provider);
        }
    }
}
