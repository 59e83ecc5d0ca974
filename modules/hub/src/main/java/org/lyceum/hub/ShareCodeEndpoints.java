package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.ShareCode;
import org.lyceum.identity.ShareService;
import org.lyceum.identity.SharedServer;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Codes that can be exchanged for shares (contract §4.10). */
final class ShareCodeEndpoints {

    private static final String OF_OWNER = "hub/api/share-codes/:user";
    private static final String OF_SERVER = "hub/api/share-codes/:user/:server?";

    private static final Set<String> KEYS = Set.of("scopes", "expires_in");

    private static final Duration DEFAULT_LIFE = Duration.ofDays(1);

    private final CommunityId community;
    private final HubAccess access;
    private final HubMembers members;
    private final ShareTargets targets;
    private final ShareModels models;
    private final ShareService shares;

    ShareCodeEndpoints(
            CommunityId community,
            HubAccess access,
            HubMembers members,
            ShareTargets targets,
            ShareModels models,
            ShareService shares) {
        this.community = community;
        this.access = access;
        this.members = members;
        this.targets = targets;
        this.models = models;
        this.shares = shares;
    }

    List<Endpoint> endpoints() {
        var change = access.api(Aim.SERVER, "shares");
        return List.of(
                Endpoint.get(OF_OWNER, access.api(Aim.USER, "read:shares"), this::ofOwner)
                        .as(ShareOperations.CODES_OF_OWNER),
                Endpoint.get(OF_SERVER, access.api(Aim.SERVER, "read:shares"), this::ofServer)
                        .as(ShareOperations.CODES_OF_SERVER),
                Endpoint.post(OF_SERVER, change, this::create).as(ShareOperations.CREATE_CODE),
                Endpoint.delete(OF_SERVER, change, this::delete).as(ShareOperations.DELETE_CODES));
    }

    private Response ofOwner(Request request) {
        var owner = members.require(request.param("user"));
        var paging = Paging.of(request).always();
        var page = shares.codes(community, owner.id(), null, paging.offset(), paging.limit());
        return list(request, paging, page);
    }

    private Response ofServer(Request request) {
        var server = targets.require(request);
        var paging = Paging.of(request).always();
        var owner = server.owner().id();
        return list(
                request,
                paging,
                shares.codes(community, owner, server.name(), paging.offset(), paging.limit()));
    }

    private Response list(Request request, Paging paging, ShareCode.Page page) {
        return paging.answer(request, models.codes(page.codes()), page.total());
    }

    private Response create(Request request) {
        var body = Bodies.object(request, KEYS);
        var life = life(body);
        var server = targets.require(request);
        var names = shares.names(server, ShareEndpoints.scopes(body));
        var caller = HubCaller.of(request);
        targets.requireHeld(caller.caller().scopes(), server, names);
        var issued = shares.createCode(caller.actor(), server, names, life);
        return Response.json(200, models.issued(issued)).with("Cache-Control", "no-store");
    }

    private static Duration life(ObjectNode body) {
        var node = body.get("expires_in");
        if (node == null) {
            return DEFAULT_LIFE;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw Problem.invalid("share.expiry-invalid", "expires_in must be a number of seconds");
        }
        return Duration.ofSeconds(node.intValue());
    }

    /** One that the query names by itself or by its id, or all. */
    private Response delete(Request request) {
        var server = targets.require(request);
        var actor = HubCaller.of(request).actor();
        var code = request.query("code").filter(text -> !text.isEmpty());
        var id = request.query("id").filter(text -> !text.isEmpty());
        if (code.isPresent()) {
            require(shares.deleteCode(actor, server, Secret.presented(code.get())), server);
        } else if (id.isPresent()) {
            require(shares.deleteCode(actor, server, id.get()), server);
        } else {
            shares.deleteCodes(actor, server);
        }
        return Response.noContent();
    }

    private static void require(boolean deleted, SharedServer server) {
        if (!deleted) {
            throw Problem.notFound(
                    "share.code-unknown",
                    "No matching code found for " + server.owner().name() + "/" + server.name());
        }
    }
}
