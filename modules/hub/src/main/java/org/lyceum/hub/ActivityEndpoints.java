package org.lyceum.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.ActivityService;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerQueries;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Single-user servers tell when they were last used (contract §6.5), the first time before they are
 * ready.
 */
final class ActivityEndpoints {

    /**
     * Clocks of containers may be ahead a little; a time zone mistake is an hour (jupyterhub 5).
     */
    private static final Duration MAX_AHEAD = Duration.ofMinutes(59);

    private final CommunityId community;
    private final HubAccess access;
    private final HubMembers members;
    private final UserService users;
    private final ServerQueries servers;
    private final ActivityService activity;
    private final Clock clock;

    ActivityEndpoints(
            CommunityId community,
            HubAccess access,
            HubMembers members,
            UserService users,
            ServerQueries servers,
            ActivityService activity,
            Clock clock) {
        this.community = community;
        this.access = access;
        this.members = members;
        this.users = users;
        this.servers = servers;
        this.activity = activity;
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        var access = this.access.api(Aim.USER, "users:activity");
        return List.of(
                Endpoint.post("hub/api/users/:user/activity", access, this::record)
                        .as(UserOperations.ACTIVITY));
    }

    /** Everything is checked before anything is written. */
    private Response record(Request request) {
        var user = members.require(request.param("user"));
        var body = Bodies.object(request);
        if (!body.hasNonNull("last_activity") && !body.hasNonNull("servers")) {
            throw Problem.invalid(
                    "activity.missing",
                    "body must contain at least one of `last_activity` or `servers`");
        }
        var ofServers = ofServers(user, body);
        var latest = body.hasNonNull("last_activity") ? instant(body.get("last_activity")) : null;
        for (var at : ofServers.values()) {
            latest = latest == null || at.isAfter(latest) ? at : latest;
        }
        ofServers.forEach(activity::record);
        if (latest != null) {
            users.recordActivity(user.id(), latest);
        }
        return Response.text(200, "");
    }

    private Map<ServerKey, Instant> ofServers(User user, ObjectNode body) {
        var times = new LinkedHashMap<ServerKey, Instant>();
        if (!body.hasNonNull("servers")) {
            return times;
        }
        for (var entry : Bodies.asObject(body.get("servers")).properties()) {
            var name = entry.getKey();
            var key = new ServerKey(community, user.id(), name);
            if (servers.find(key).isEmpty()) {
                throw Problem.invalid(
                        "server.unknown", "No such server '" + name + "' for user " + user.name());
            }
            if (!entry.getValue().hasNonNull("last_activity")) {
                throw Problem.invalid(
                        "activity.missing", "servers['" + name + "'] must have last_activity");
            }
            times.put(key, instant(entry.getValue().get("last_activity")));
        }
        return times;
    }

    private Instant instant(JsonNode node) {
        var at =
                HubTime.read(node.asText())
                        .orElseThrow(
                                () ->
                                        Problem.invalid(
                                                "activity.not-a-time",
                                                "Not a valid timestamp: " + node.asText()));
        if (at.isAfter(clock.instant().plus(MAX_AHEAD))) {
            throw Problem.invalid(
                    "activity.in-future",
                    "last_activity timestamp is too far in the future: " + node.asText());
        }
        return at;
    }
}
