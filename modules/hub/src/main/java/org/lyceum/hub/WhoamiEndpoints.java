package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.identity.Caller;
import org.lyceum.identity.Owner;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.RoleService;
import org.lyceum.identity.TokenService;
import org.lyceum.identity.Via;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.List;
import java.util.Optional;

/**
 * Who is this token? Every single-user server asks it about every visitor (contract §3.4). Anything
 * but 200 and 403 breaks them.
 */
final class WhoamiEndpoints {

    private final CommunityId community;
    private final HubAccess access;
    private final HubModels models;
    private final People people;
    private final TokenService tokens;
    private final RoleService roles;

    WhoamiEndpoints(
            CommunityId community,
            HubAccess access,
            HubModels models,
            People people,
            TokenService tokens,
            RoleService roles) {
        this.community = community;
        this.access = access;
        this.models = models;
        this.people = people;
        this.tokens = tokens;
        this.roles = roles;
    }

    List<Endpoint> endpoints() {
        var any = access.api();
        return List.of(
                Endpoint.get("hub/api/user", any, this::self).as(UserOperations.SELF),
                Endpoint.get("hub/api/authorizations/token/:token", any, this::ownerOf)
                        .as(UserOperations.TOKEN_OWNER),
                Endpoint.post("hub/api/authorizations/token", access.open(), this::removed)
                        .as(UserOperations.REMOVED));
    }

    private Response self(Request request) {
        return Response.json(200, model(HubCaller.of(request).caller(), request));
    }

    /** Deprecated in JupyterHub, but jhub-client begins with it. */
    private Response ownerOf(Request request) {
        Optional<Caller> holder =
                tokens.authenticate(community, Secret.presented(request.param("token")));
        return holder.map(caller -> Response.json(200, model(caller, request)))
                .orElseThrow(() -> Problem.notFound("token.unknown", "Not Found"));
    }

    private Response removed(Request request) {
        throw Problem.notFound(
                "endpoint.removed",
                "Deprecated endpoint /hub/api/authorizations/token removed in JupyterHub 2.0. Use"
                        + " /hub/api/users/:user/tokens instead.");
    }

    private List<String> rolesOf(RegisteredService service) {
        return roles.ofServices(community, List.of(service.id()))
                .getOrDefault(service.id(), List.of());
    }

    private ObjectNode model(Caller caller, Request request) {
        var json =
                switch (caller.owner()) {
                    case Owner.OfUser(var user) ->
                            models.user(
                                    caller.scopes(),
                                    people.of(user),
                                    People.includeStopped(request));
                    case Owner.OfService(var service) ->
                            models.service(caller.scopes(), service, rolesOf(service));
                };
        // A cookie is the session; only a token has to say which one it came from.
        json.put("session_id", caller.via() == Via.COOKIE ? null : caller.sessionId());
        json.put("token_id", caller.tokenId());
        HubModels.strings(json, "scopes", caller.answerScopes());
        return json;
    }
}
