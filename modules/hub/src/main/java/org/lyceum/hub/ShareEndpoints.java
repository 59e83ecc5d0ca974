package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.hub.ShareTargets.Recipient;
import org.lyceum.identity.Share;
import org.lyceum.identity.ShareService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;

import java.util.List;
import java.util.Set;

/**
 * Sharing one's servers, and taking back (contract §4.10). Source: jupyterhub 5.5.1,
 * apihandlers/shares.py.
 */
final class ShareEndpoints {

    private static final String OF_OWNER = "hub/api/shares/:user";
    private static final String OF_SERVER = "hub/api/shares/:user/:server?";

    private static final Set<String> KEYS = Set.of("user", "group", "scopes");

    private final CommunityId community;
    private final HubAccess access;
    private final HubMembers members;
    private final ShareTargets targets;
    private final ShareModels models;
    private final ShareService shares;

    ShareEndpoints(
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
                        .as(ShareOperations.OF_OWNER),
                Endpoint.get(OF_SERVER, access.api(Aim.SERVER, "read:shares"), this::ofServer)
                        .as(ShareOperations.OF_SERVER),
                Endpoint.post(OF_SERVER, change, this::grant).as(ShareOperations.GRANT),
                Endpoint.patch(OF_SERVER, change, this::revoke).as(ShareOperations.REVOKE),
                Endpoint.delete(OF_SERVER, change, this::revokeAll).as(ShareOperations.REVOKE_ALL));
    }

    private Response ofOwner(Request request) {
        var owner = members.require(request.param("user"));
        var paging = Paging.of(request).always();
        return list(
                request,
                paging,
                shares.ofOwner(community, owner.id(), paging.offset(), paging.limit()));
    }

    private Response ofServer(Request request) {
        var server = targets.require(request);
        var paging = Paging.of(request).always();
        return list(request, paging, shares.ofServer(server, paging.offset(), paging.limit()));
    }

    private Response list(Request request, Paging paging, Share.Page page) {
        return paging.answer(request, models.shares(page.shares()), page.total());
    }

    private Response grant(Request request) {
        var body = Bodies.object(request, KEYS);
        var recipient = Recipient.of(body);
        var server = targets.require(request);
        var names = shares.names(server, scopes(body));
        var caller = HubCaller.of(request);
        targets.requireHeld(caller.caller().scopes(), server, names);
        var with = targets.visible(caller.caller().scopes(), recipient);
        var share = shares.grant(caller.actor(), server, with, names);
        return Response.json(200, models.share(share));
    }

    /** Whom nothing is shared with is left with nothing: that is no failure, unknown or not. */
    private Response revoke(Request request) {
        var body = Bodies.object(request, KEYS);
        var recipient = Recipient.of(body);
        var server = targets.require(request);
        var named = scopes(body);
        var names = named.isEmpty() ? null : shares.names(server, named);
        var left =
                targets.find(recipient)
                        .flatMap(
                                with ->
                                        shares.revoke(
                                                HubCaller.of(request).actor(),
                                                server,
                                                with,
                                                names));
        return Response.json(200, left.map(models::share).orElseGet(Json::object));
    }

    private Response revokeAll(Request request) {
        shares.revokeAll(HubCaller.of(request).actor(), targets.require(request));
        return Response.noContent();
    }

    static List<String> scopes(ObjectNode body) {
        return Bodies.texts(body, "scopes").orElse(List.of());
    }
}
