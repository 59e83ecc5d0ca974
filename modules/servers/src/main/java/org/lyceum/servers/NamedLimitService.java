package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.Community;
import org.lyceum.identity.GroupService;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/**
 * How many named servers a person may have. The nearest decision counts: their own, else that of
 * their groups which allows most, else the community's, else the platform's. Blocking.
 */
public final class NamedLimitService {

    /** More than anybody keeps apart by name; as much as a community may allow. */
    private static final int MAX_NAMED = 1_000;

    private static final Logger log = LoggerFactory.getLogger(NamedLimitService.class);

    private final ServersConfig platform;
    private final NamedLimitRepository limits;
    private final GroupService groups;

    NamedLimitService(ServersConfig platform, NamedLimitRepository limits, GroupService groups) {
        this.platform = platform;
        this.limits = limits;
        this.groups = groups;
    }

    /** What counts for the user now; 0 turns named servers off. */
    public int of(Community community, UserId user) {
        var own = limits.ofUser(community.id(), user);
        if (own.isPresent()) {
            return own.get();
        }
        var ofGroups = limits.ofGroups(community.id());
        if (!ofGroups.isEmpty()) {
            var numbers = groups.numbers(community.id());
            var most =
                    groups.groupsOf(user, community.id()).stream()
                            .map(numbers::get)
                            .map(ofGroups::get)
                            .filter(Objects::nonNull)
                            .mapToInt(Integer::intValue)
                            .max();
            if (most.isPresent()) {
                return most.getAsInt();
            }
        }
        var ofCommunity = community.limits().namedPerUser();
        return ofCommunity == null ? platform.namedPerUser() : ofCommunity;
    }

    /** All limits of the community, for a start of the user's. */
    ServerLimits limits(Community community, UserId user) {
        return new ServerLimits(platform, community.limits(), of(community, user));
    }

    /** What was decided for these users themselves; the others are absent. */
    public Map<UserId, Integer> ofUsers(CommunityId community, Collection<UserId> users) {
        return limits.ofUsers(community, users);
    }

    /** What was decided for groups, by their numbers; the others are absent. */
    public Map<Long, Integer> ofGroups(CommunityId community) {
        return limits.ofGroups(community);
    }

    /**
     * Decides for one user. Servers there are already stay.
     *
     * @param named null leaves it to their groups and the community again
     * @throws Problem INVALID limit.invalid
     */
    public void putForUser(
            Actor actor, CommunityId community, UserId user, @Nullable Integer named) {
        requireValid(named);
        limits.putForUser(actor, community, user, named);
        log.info("limit.named-changed community={} user={} named={}", community, user, named);
    }

    /** The same for everybody in a group, by its number. */
    public void putForGroup(
            Actor actor, CommunityId community, long group, @Nullable Integer named) {
        requireValid(named);
        limits.putForGroup(actor, community, group, named);
        log.info("limit.named-changed community={} group={} named={}", community, group, named);
    }

    private static void requireValid(@Nullable Integer named) {
        if (named != null && (named < 0 || named > MAX_NAMED)) {
            throw Problem.invalid(
                    "limit.invalid",
                    "A limit on named servers is between 0 and " + MAX_NAMED + ", or empty.");
        }
    }
}
