package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.User;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerState;
import org.lyceum.servers.Spawn;
import org.lyceum.servers.StopReason;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * JupyterHub's REST API for a user's servers (contract §4.6). Source: jupyterhub 5,
 * apihandlers/users.py.
 */
final class ServerEndpoints {

    /** How long a start or stop may take to be answered as done (slow_spawn_timeout). */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long a server that is to be forgotten may take to stop, after the answer. */
    private static final Duration FORGET_PATIENCE = Duration.ofMinutes(2);

    private static final String DEFAULT = "hub/api/users/:user/server";
    private static final String NAMED = "hub/api/users/:user/servers/:server?";

    private final CommunityId community;
    private final HubAccess access;
    private final HubMembers members;
    private final HubServices.Servers servers;
    private final Starts starts;

    ServerEndpoints(
            CommunityId community,
            HubAccess access,
            HubMembers members,
            HubServices.Servers servers,
            Starts starts) {
        this.community = community;
        this.access = access;
        this.members = members;
        this.servers = servers;
        this.starts = starts;
    }

    List<Endpoint> endpoints() {
        var start = access.api(Aim.SERVER, "servers");
        var stop = access.api(Aim.SERVER, "delete:servers");
        return List.of(
                Endpoint.post(DEFAULT, start, this::start).as(ServerOperations.START),
                Endpoint.post(NAMED, start, this::start).as(ServerOperations.START),
                Endpoint.delete(DEFAULT, stop, this::stop).as(ServerOperations.STOP),
                Endpoint.delete(NAMED, stop, this::stop).as(ServerOperations.STOP));
    }

    private Response start(Request request) {
        var user = members.require(request.param("user"));
        var key = key(user, request);
        if (isIn(key, ServerState.SPAWNING)) {
            starts.alreadyPending();
            return Response.text(202, "");
        }
        return switch (starts.start(HubCaller.of(request).actor(), key, options(request))) {
            case Spawn.Ready ready ->
                    throw Problem.invalid(
                            "server.running", title(user, key) + " is already running");
            case Spawn.Pending started -> started(servers.spawns().await(key, PATIENCE));
        };
    }

    private static Response started(Server server) {
        return switch (server.state()) {
            case READY -> Response.text(201, "");
            case SPAWNING -> Response.text(202, "");
            case STOPPING, STOPPED -> HubFailures.json(500, "Spawn cancelled", "server.cancelled");
            case FAILED -> HubFailures.json(500, failure(server.failure()), "server.start-failed");
        };
    }

    private static String failure(@Nullable String failure) {
        return failure == null ? "The server could not be started. Try again." : failure;
    }

    private Response stop(Request request) {
        var user = members.require(request.param("user"));
        var key = key(user, request);
        boolean remove = Bodies.flag(Bodies.object(request), "remove").orElse(false);
        if (remove && key.unnamed()) {
            throw Problem.invalid("server.default-stays", "Cannot delete the default server");
        }
        if (!key.unnamed() && servers.queries().find(key).isEmpty()) {
            throw Problem.notFound(
                    "server.unknown", user.name() + " has no server named '" + key.name() + "'");
        }
        boolean stopped = stopped(request, user, key);
        if (remove) {
            forget(request, key, stopped);
        }
        return stopped ? Response.noContent() : Response.text(202, "");
    }

    private boolean stopped(Request request, User user, ServerKey key) {
        if (isIn(key, ServerState.STOPPING)) {
            return false;
        }
        var caller = HubCaller.of(request);
        return switch (servers.stops()
                .stop(caller.actor(), key, caller.is(user) ? StopReason.USER : StopReason.ADMIN)) {
            case STOPPED -> true;
            case STOPPING -> servers.stops().await(key, PATIENCE);
        };
    }

    /** The record of a server goes once it has stopped, if need be after the answer. */
    private void forget(Request request, ServerKey key, boolean stopped) {
        var actor = HubCaller.of(request).actor();
        if (stopped) {
            servers.stops().forget(actor, key);
            return;
        }
        Threads.start(
                "forget-" + key,
                () -> {
                    if (servers.stops().await(key, FORGET_PATIENCE)) {
                        servers.stops().forget(actor, key);
                    }
                });
    }

    private boolean isIn(ServerKey key, ServerState state) {
        return servers.queries().find(key).map(s -> s.state() == state).orElse(false);
    }

    /** Null repeats the options of the last start. */
    private static @Nullable Map<String, Object> options(Request request) {
        return request.json()
                .filter(json -> !json.isNull())
                .map(Bodies::asObject)
                .map(Bodies::map)
                .orElse(null);
    }

    private ServerKey key(User user, Request request) {
        return new ServerKey(community, user.id(), request.params().getOrDefault("server", ""));
    }

    private static String title(User user, ServerKey key) {
        return key.unnamed() ? user.name() : user.name() + ":" + key.name();
    }
}
