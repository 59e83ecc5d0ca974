package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.CatalogService;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;

/**
 * When servers sleep and end by themselves, by profile and community (ADR 0052). Who manages a
 * community decides within the platform's bounds; servers that run follow at once. Blocking.
 */
public final class EndsService {

    private static final Logger log = LoggerFactory.getLogger(EndsService.class);

    private final ServersConfig.Ends platform;
    private final EndsRepository ends;
    private final KeepRepository keeps;
    private final ServerRepository servers;
    private final CatalogService catalog;
    private final Clock clock;

    EndsService(
            ServersConfig.Ends platform,
            EndsRepository ends,
            KeepRepository keeps,
            ServerRepository servers,
            CatalogService catalog,
            Clock clock) {
        this.platform = platform;
        this.ends = ends;
        this.keeps = keeps;
        this.servers = servers;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** All that was decided, as it is now. */
    public EndsRules rules() {
        return ends.rules(platform);
    }

    /** What was decided in one community. */
    public EndsRules rules(CommunityId community) {
        return ends.rules(platform, community);
    }

    /** What nobody may go beyond. */
    public ServersConfig.Bounds bounds() {
        return platform.bounds();
    }

    /**
     * Decides for a community, or for one of its profiles.
     *
     * @param profile null for all of the community
     * @param rule an empty one takes the decision back
     * @throws Problem INVALID {@code ends.invalid}, {@code ends.beyond-bound}; NOT_FOUND {@code
     *     profile.gone}
     */
    public void put(Actor actor, CommunityId community, @Nullable Long profile, EndsRule rule) {
        rule.require(platform.bounds());
        if (profile != null
                && catalog.profiles(community).stream().noneMatch(each -> each.id() == profile)) {
            throw Problem.notFound("profile.gone", "There is no such profile.");
        }
        ends.put(actor, community, profile, rule);
        shortenKeeps(community);
        log.info("ends.changed community={} profile={} {}", community, profile, rule);
    }

    /** What was kept under a longer rule is kept no longer than somebody could ask for now. */
    private void shortenKeeps(CommunityId community) {
        var rules = rules(community);
        var kept = keeps.all();
        var now = clock.instant();
        servers.active().stream()
                .filter(server -> server.key().community().equals(community))
                .filter(server -> kept.containsKey(server.id()))
                .forEach(
                        server ->
                                keeps.shorten(
                                        server, now.plus(rules.of(server).keepAtMost().time())));
    }
}
