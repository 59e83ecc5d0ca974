package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * All that was decided about the ends of servers, as it was read at one moment. The nearest
 * decision counts: the profile's, else the community's, else the platform's; and never more than
 * the platform's bounds, which may have been lowered since. Pure.
 */
public final class EndsRules {

    private final ServersConfig.Ends platform;
    private final Map<CommunityId, EndsRule> communities;
    private final Map<Long, EndsRule> profiles;

    EndsRules(
            ServersConfig.Ends platform,
            Map<CommunityId, EndsRule> communities,
            Map<Long, EndsRule> profiles) {
        this.platform = platform;
        this.communities = Map.copyOf(communities);
        this.profiles = Map.copyOf(profiles);
    }

    /** Where a time comes from. */
    public enum Origin {
        PROFILE,
        COMMUNITY,
        PLATFORM
    }

    /** A time that counts, and who decided it. */
    public record Effective(Duration time, Origin origin) {}

    /** The times that count. */
    public record Ends(
            Effective cullAfter, Effective maxAge, Effective keepAtMost, Effective freezeAfter) {}

    /** What counts for this server, as it was started. */
    public Ends of(Server server) {
        return of(server.key().community(), server.launched().profileId());
    }

    /**
     * @param profile null for a server of a profile that is not known (any more)
     */
    public Ends of(CommunityId community, @Nullable Long profile) {
        var near = profile == null ? EndsRule.NONE : ofProfile(profile);
        var far = ofCommunity(community);
        var bounds = platform.bounds();
        return new Ends(
                bounded(
                        nearest(near, far, EndsRule::cullAfter, platform.cullAfter()),
                        bounds.cullAfter(),
                        true),
                bounded(
                        nearest(near, far, EndsRule::maxAge, platform.maxAge()),
                        bounds.maxAge(),
                        true),
                bounded(
                        nearest(near, far, EndsRule::keepAtMost, platform.keepAtMost()),
                        bounds.keepAtMost(),
                        false),
                bounded(
                        nearest(near, far, EndsRule::freezeAfter, platform.freezeAfter()),
                        bounds.freezeAfter(),
                        true));
    }

    public EndsRule ofCommunity(CommunityId community) {
        return communities.getOrDefault(community, EndsRule.NONE);
    }

    public EndsRule ofProfile(long profile) {
        return profiles.getOrDefault(profile, EndsRule.NONE);
    }

    private static Effective nearest(
            EndsRule near,
            EndsRule far,
            Function<EndsRule, @Nullable Duration> part,
            Duration platform) {
        var own = part.apply(near);
        if (own != null) {
            return new Effective(own, Origin.PROFILE);
        }
        var community = part.apply(far);
        return community != null
                ? new Effective(community, Origin.COMMUNITY)
                : new Effective(platform, Origin.PLATFORM);
    }

    /**
     * @param zeroIsEver whether 0 is the longest time and not the shortest
     */
    private static Effective bounded(Effective wanted, Duration bound, boolean zeroIsEver) {
        boolean beyond =
                zeroIsEver
                        ? ServersConfig.Bounds.longer(wanted.time(), bound)
                        : wanted.time().compareTo(bound) > 0;
        return beyond ? new Effective(bound, Origin.PLATFORM) : wanted;
    }
}
