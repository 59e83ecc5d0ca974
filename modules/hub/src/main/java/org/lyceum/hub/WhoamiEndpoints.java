package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.Caller;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.Owner;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.RoleService;
import org.lyceum.identity.TokenService;
import org.lyceum.identity.UserService;
import org.lyceum.identity.Via;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.servers.ServerQueries;

import java.nio.charset.StandardCharsets;
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
    private final UserService users;
    private final ServerQueries servers;
    private final BrowserSessions browsers;

    WhoamiEndpoints(
            CommunityId community,
            HubAccess access,
            HubModels models,
            People people,
            IdentityModule identity,
            ServerQueries servers,
            BrowserSessions browsers) {
        this.community = community;
        this.access = access;
        this.models = models;
        this.people = people;
        this.tokens = identity.tokens();
        this.roles = identity.roles();
        this.users = identity.users();
        this.servers = servers;
        this.browsers = browsers;
    }

    List<Endpoint> endpoints() {
        var any = access.api();
        return List.of(
                Endpoint.get("hub/api/user", any, this::self).as(UserOperations.SELF),
                Endpoint.get("hub/api/authorizations/token/:token", any, this::ownerOf)
                        .as(UserOperations.TOKEN_OWNER),
                Endpoint.get("hub/api/authorizations/cookie/:cookie", any, this::signedIn)
                        .as(UserOperations.COOKIE_OWNER),
                Endpoint.get("hub/api/authorizations/cookie/:cookie/:value", any, this::signedIn)
                        .as(UserOperations.COOKIE_OWNER),
                Endpoint.post("hub/api/authorizations/token", access.open(), this::removed)
                        .as(UserOperations.REMOVED));
    }

    private Response self(Request request) {
        return Response.json(200, model(HubCaller.of(request).caller(), request, asking(request)));
    }

    /** Deprecated in JupyterHub, but jhub-client begins with it. */
    private Response ownerOf(Request request) {
        Optional<Caller> holder =
                tokens.authenticate(community, Secret.presented(request.param("token")));
        return holder.map(caller -> Response.json(200, model(caller, request, null)))
                .orElseThrow(() -> Problem.notFound("token.unknown", "Not Found"));
    }

    /**
     * Deprecated in JupyterHub, too: whom the hub's own cookie signs in. Its value comes in the
     * address or, as older clients do it, in the body.
     */
    private Response signedIn(Request request) {
        var value =
                request.params()
                        .getOrDefault("value", new String(request.body(), StandardCharsets.UTF_8));
        return browsers.of(request, request.param("cookie"), value)
                .map(signedIn -> person(request, signedIn))
                .orElseThrow(() -> Problem.notFound("cookie.unknown", "Not Found"));
    }

    /** As much as the one who asks may see. */
    private Response person(Request request, HubCaller signedIn) {
        var scopes = HubCaller.of(request).caller().scopes();
        return Response.json(
                200,
                models.user(scopes, people.of(signedIn.user()), People.includeStopped(request)));
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

    /** {@code user/server} of the single-user server that wants to know, by its address. */
    private @Nullable String asking(Request request) {
        if (request.listener() != Listener.CONTAINERS) {
            return null;
        }
        return servers.readyAt(community, request.peer())
                .flatMap(
                        server ->
                                users.find(server.key().user())
                                        .map(user -> user.name() + "/" + server.key().name()))
                .orElse(null);
    }

    private ObjectNode model(Caller caller, Request request, @Nullable String asking) {
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
        HubModels.strings(json, "scopes", caller.answerScopes(asking));
        return json;
    }
}
