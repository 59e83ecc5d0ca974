package org.lyceum.servers;

import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Actor;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stops what still runs in communities that are deleted, or paused with their servers. Does not
 * wait for the stops; a start that slipped through meanwhile is found by the next run.
 */
final class StopClosedCommunities implements Job {

    static final String NAME = "servers.stop-closed-communities";

    private static final Actor SELF = new Actor.Job(NAME);

    private final CommunityService communities;
    private final ServerRepository servers;
    private final StopService stops;

    StopClosedCommunities(
            CommunityService communities, ServerRepository servers, StopService stops) {
        this.communities = communities;
        this.servers = servers;
        this.stops = stops;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Report run() {
        var closed =
                communities.all().stream()
                        .filter(community -> !community.active() && community.stopsServers())
                        .collect(Collectors.toMap(Community::id, Function.identity()));
        if (closed.isEmpty()) {
            return Report.NOTHING;
        }
        int stopped = 0;
        for (var server : servers.active()) {
            var community = closed.get(server.key().community());
            if (community != null && server.state() != ServerState.STOPPING) {
                stops.stop(SELF, server.key(), reason(community));
                stopped++;
            }
        }
        return new Report(closed.size(), stopped, 0);
    }

    private static StopReason reason(Community community) {
        return community.deleted() ? StopReason.COMMUNITY_DELETED : StopReason.COMMUNITY_PAUSED;
    }
}
