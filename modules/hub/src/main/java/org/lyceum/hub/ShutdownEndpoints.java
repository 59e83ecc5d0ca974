package org.lyceum.hub;

import com.fasterxml.jackson.databind.JsonNode;

import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Optional;

/**
 * JupyterHub's shutdown (contract §4.4), which here closes one community's hub and nobody else's:
 * the community is paused until somebody ends the pause (ADR 0021).
 */
final class ShutdownEndpoints {

    private static final String NOTICE = "It was shut down through its API.";

    /** Edits of the community that may come between looking and pausing; more is no accident. */
    private static final int MAX_TRIES = 3;

    private final CommunityId community;
    private final HubAccess access;
    private final CommunityService communities;

    ShutdownEndpoints(CommunityId community, HubAccess access, CommunityService communities) {
        this.community = community;
        this.access = access;
        this.communities = communities;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("hub/api/shutdown", access.api(Aim.HUB, "shutdown"), this::shutDown)
                        .as(HubOperations.SHUTDOWN));
    }

    /** The proxy is everybody's and stays, whatever is asked. */
    private Response shutDown(Request request) {
        flag(request, "proxy");
        boolean servers = flag(request, "servers").orElse(false);
        pause(HubCaller.of(request).actor(), servers, MAX_TRIES);
        return Response.json(202, Json.object().put("message", "Shutting down Hub"));
    }

    private void pause(Actor actor, boolean servers, int tries) {
        var version = communities.find(community).map(Community::version).orElse(0L);
        try {
            communities.pause(actor, community, version, NOTICE, servers);
        } catch (Problem refused) {
            if (refused.kind() != Problem.Kind.STALE || tries <= 1) {
                throw refused;
            }
            pause(actor, servers, tries - 1);
        }
    }

    private static Optional<Boolean> flag(Request request, String key) {
        var value = Bodies.object(request).get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw Problem.invalid(
                    "body.wrong-type", key + " must be true or false, got " + written(value));
        }
        return Optional.of(value.booleanValue());
    }

    /** As JupyterHub writes a text. */
    private static String written(JsonNode value) {
        return value.isTextual() ? "'" + value.textValue() + "'" : value.toString();
    }
}
