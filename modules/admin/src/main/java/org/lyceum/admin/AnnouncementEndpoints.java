package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.CommunityService;
import org.lyceum.identity.GroupService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServersModule;
import org.lyceum.servers.StopReason;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/** Operations on many servers: tell their people something, and stop them. */
final class AnnouncementEndpoints {

    private static final String ALL = "v1/announcements";

    private final CommunityService communities;
    private final GroupService groups;
    private final ServersModule servers;

    AnnouncementEndpoints(
            CommunityService communities, GroupService groups, ServersModule servers) {
        this.communities = communities;
        this.groups = groups;
        this.servers = servers;
    }

    List<Endpoint> endpoints(Access managers) {
        return List.of(
                get(ALL, managers, this::list).as(AnnouncementOperations.LIST),
                put(ALL, managers, this::tell).as(AnnouncementOperations.PUT),
                post(ALL + "/end", managers, this::end).as(AnnouncementOperations.END),
                post("v1/servers/stop", managers, this::stop).as(AnnouncementOperations.STOP));
    }

    private Response list(Request request) {
        var caller = AdminCaller.of(request);
        return Response.json(
                200,
                new AnnouncementJson.Announcements(
                        servers.announcements().all().stream()
                                .filter(
                                        each ->
                                                each.community() == null
                                                        || caller.may(each.community()))
                                .map(AnnouncementJson.AnnouncementLine::of)
                                .toList()));
    }

    private Response tell(Request request) {
        var body = AdminBody.of(request, "community", "text", "pausesStarts", "stopsAt");
        var community = community(request, body, "tell everybody something");
        servers.announcements()
                .put(
                        AdminCaller.of(request).actor(),
                        community,
                        body.required("text"),
                        body.flag("pausesStarts").orElse(false),
                        body.text("stopsAt").map(AnnouncementEndpoints::time).orElse(null));
        return Response.json(200, Map.of());
    }

    private Response end(Request request) {
        var body = AdminBody.of(request, "community");
        var community = community(request, body, "take back what everybody is told");
        servers.announcements().end(AdminCaller.of(request).actor(), community);
        return Response.json(200, Map.of());
    }

    private Response stop(Request request) {
        var body = AdminBody.of(request, "community", "group");
        var community = community(request, body, "stop all servers");
        var group = body.text("group").orElse(null);
        if (group != null && (community == null || groups.find(community, group).isEmpty())) {
            throw Problem.notFound(
                    "group.unknown", "There is no such group; name its community too.");
        }
        var actor = AdminCaller.of(request).actor();
        var meant =
                servers.queries().active().stream()
                        .filter(server -> isMeant(server, community, group))
                        .toList();
        meant.forEach(server -> servers.stops().stop(actor, server.key(), StopReason.OPERATION));
        return Response.json(202, new AnnouncementJson.StoppingServers(meant.size()));
    }

    private boolean isMeant(
            Server server, @Nullable CommunityId community, @Nullable String group) {
        var key = server.key();
        if (community != null && !key.community().equals(community)) {
            return false;
        }
        return group == null || groups.groupsOf(key.user(), key.community()).contains(group);
    }

    /** Null for all of the platform, which only its administrators may mean. */
    private @Nullable CommunityId community(Request request, AdminBody body, String what) {
        var caller = AdminCaller.of(request);
        var number = body.size("community");
        if (number.isEmpty()) {
            caller.requirePlatform(what);
            return null;
        }
        if (number.get() < 1) {
            throw CommunityEndpoints.unknown();
        }
        var id = caller.require(new CommunityId(number.get()));
        return communities.find(id).orElseThrow(CommunityEndpoints::unknown).id();
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "time.malformed",
                    "'" + text + "' is no time; write it like 2027-01-31T18:00:00Z.",
                    e);
        }
    }
}
