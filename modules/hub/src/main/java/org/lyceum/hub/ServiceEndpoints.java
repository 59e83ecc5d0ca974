package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.Caller;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.RoleService;
import org.lyceum.identity.Roles;
import org.lyceum.identity.ServiceRegistry;
import org.lyceum.identity.Target;
import org.lyceum.identity.TokenService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.services.Registrations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * JupyterHub's REST API for services (contract §4.9). Source: jupyterhub 5.5.1,
 * apihandlers/services.py.
 */
final class ServiceEndpoints {

    private static final String ONE = "hub/api/services/:service";

    /** The last four are for programs that JupyterHub starts itself; they mean nothing here. */
    private static final Set<String> KEYS =
            Set.of(
                    "name",
                    "admin",
                    "url",
                    "info",
                    "display",
                    "api_token",
                    "oauth_no_confirm",
                    "oauth_client_id",
                    "oauth_redirect_uri",
                    "oauth_client_allowed_scopes",
                    "command",
                    "cwd",
                    "environment",
                    "user");

    private final CommunityId community;
    private final HubAccess access;
    private final HubModels models;
    private final ServiceRegistry services;
    private final RoleService roles;
    private final TokenService tokens;
    private final Registrations registrations;

    ServiceEndpoints(
            CommunityId community,
            HubAccess access,
            HubModels models,
            IdentityModule identity,
            Registrations registrations) {
        this.community = community;
        this.access = access;
        this.models = models;
        this.services = identity.services();
        this.roles = identity.roles();
        this.tokens = identity.tokens();
        this.registrations = registrations;
    }

    List<Endpoint> endpoints() {
        var read =
                access.api(
                        Aim.SERVICE, "read:services", "read:services:name", "read:roles:services");
        var change = access.api(Aim.SERVICE, "admin:services");
        return List.of(
                Endpoint.get("hub/api/services", access.api(Aim.LIST, "list:services"), this::list)
                        .as(ServiceOperations.LIST),
                Endpoint.get(ONE, read, this::one).as(ServiceOperations.ONE),
                Endpoint.post(ONE, change, this::create).as(ServiceOperations.CREATE),
                Endpoint.delete(ONE, change, this::delete).as(ServiceOperations.DELETE));
    }

    /** An object, not a list: JupyterHub's one exception. */
    private Response list(Request request) {
        var scopes = HubCaller.of(request).caller().scopes();
        var json = Json.object();
        var all = services.list(community);
        var given = roles.ofServices(community, all.stream().map(RegisteredService::id).toList());
        for (var service : all) {
            if (scopes.allows("list:services", new Target.OfService(service.name()))) {
                var ofService = given.getOrDefault(service.id(), List.of());
                json.set(service.name(), models.service(scopes, service, ofService));
            }
        }
        return Response.json(200, json);
    }

    private Response one(Request request) {
        return Response.json(200, json(request, require(request)));
    }

    private Response create(Request request) {
        var name = request.param("service");
        if (services.find(community, name).isPresent()) {
            throw Problem.conflict("service.exists", "Service " + name + " already exists");
        }
        var body = Bodies.object(request, KEYS);
        if (body.isEmpty()) {
            throw Problem.invalid("service.empty", "Invalid service data");
        }
        if (!Bodies.texts(body, "command").orElse(List.of()).isEmpty()) {
            throw Problem.invalid(
                    "service.managed", "Can not create managed service " + name + " at runtime");
        }
        var wanted = wanted(name, body);
        var caller = HubCaller.of(request);
        requireHeld(caller.caller(), wanted);
        var token =
                Bodies.text(body, "api_token")
                        .filter(text -> !text.isEmpty())
                        .map(Secret::presented)
                        .orElse(null);
        var created = registrations.register(caller.actor(), community, wanted, token);
        return Response.json(201, json(request, created));
    }

    private static Registrations.Wanted wanted(String name, ObjectNode body) {
        return new Registrations.Wanted(
                name,
                Bodies.flag(body, "admin").orElse(false),
                Bodies.text(body, "url").filter(text -> !text.isEmpty()).orElse(null),
                info(body),
                Bodies.flag(body, "display").orElse(true),
                Bodies.flag(body, "oauth_no_confirm").orElse(false),
                Bodies.text(body, "oauth_client_id").orElse(null),
                Bodies.text(body, "oauth_redirect_uri").orElse(null),
                Bodies.texts(body, "oauth_client_allowed_scopes").orElse(List.of()));
    }

    /** A service gets nothing that whoever registers it does not hold. */
    private void requireHeld(Caller caller, Registrations.Wanted wanted) {
        var scopes = new ArrayList<>(wanted.allowedScopes());
        if (wanted.admin()) {
            roles.find(community, Roles.ADMIN).ifPresent(role -> scopes.addAll(role.scopes()));
        }
        var missing = tokens.notHeld(caller, scopes);
        if (!missing.isEmpty()) {
            throw Problem.invalid(
                    "scope.not-held",
                    "Not assigning requested scopes "
                            + String.join(", ", missing)
                            + " not held by "
                            + caller.owner().name());
        }
    }

    private Response delete(Request request) {
        var name = request.param("service");
        if (services.find(community, name).isEmpty()) {
            throw Problem.notFound("service.unknown", "Service " + name + " does not exist");
        }
        registrations.remove(HubCaller.of(request).actor(), community, name);
        return Response.of(200);
    }

    private static Map<String, Object> info(ObjectNode body) {
        var info = body.get("info");
        return info == null || info.isNull() ? Map.of() : Bodies.map(Bodies.asObject(info));
    }

    private RegisteredService require(Request request) {
        var name = request.param("service");
        return services.find(community, name)
                .orElseThrow(() -> Problem.notFound("service.unknown", "No such service: " + name));
    }

    private ObjectNode json(Request request, RegisteredService service) {
        var given =
                roles.ofServices(community, List.of(service.id()))
                        .getOrDefault(service.id(), List.of());
        return models.service(HubCaller.of(request).caller().scopes(), service, given);
    }
}
