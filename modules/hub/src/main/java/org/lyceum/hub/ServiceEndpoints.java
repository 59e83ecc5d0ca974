package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.RoleService;
import org.lyceum.identity.ServiceRegistry;
import org.lyceum.identity.Target;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** JupyterHub's REST API for services (contract §4.9). */
final class ServiceEndpoints {

    private static final String ONE = "hub/api/services/:service";

    private static final Set<String> KEYS =
            Set.of("name", "admin", "url", "info", "display", "oauth_no_confirm", "command");

    private final CommunityId community;
    private final HubAccess access;
    private final HubModels models;
    private final ServiceRegistry services;
    private final RoleService roles;
    private final UserChanges changes;

    ServiceEndpoints(
            CommunityId community,
            HubAccess access,
            HubModels models,
            ServiceRegistry services,
            RoleService roles,
            UserChanges changes) {
        this.community = community;
        this.access = access;
        this.models = models;
        this.services = services;
        this.roles = roles;
        this.changes = changes;
    }

    List<Endpoint> endpoints() {
        var read =
                access.api(
                        Aim.SERVICE, "read:services", "read:services:name", "read:roles:services");
        return List.of(
                Endpoint.get("hub/api/services", access.api(Aim.LIST, "list:services"), this::list)
                        .as(ServiceOperations.LIST),
                Endpoint.get(ONE, read, this::one).as(ServiceOperations.ONE),
                Endpoint.post(ONE, access.api(Aim.HUB, "admin:services"), this::create)
                        .as(ServiceOperations.CREATE),
                Endpoint.delete(ONE, access.api(Aim.SERVICE, "admin:services"), this::delete)
                        .as(ServiceOperations.DELETE));
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
        var body = Bodies.object(request, KEYS);
        if (body.hasNonNull("command")) {
            throw Problem.invalid(
                    "service.managed", "Managed services cannot be created at runtime");
        }
        boolean admin = Bodies.flag(body, "admin").orElse(false);
        if (admin && !changes.administers(HubCaller.of(request))) {
            throw Problem.forbidden(
                    "service.admin-flag",
                    "Only administrators can make a service an administrator.");
        }
        var draft =
                new RegisteredService.Draft(
                        request.param("service"),
                        admin,
                        Bodies.text(body, "url").orElse(null),
                        info(body),
                        Bodies.flag(body, "display").orElse(true),
                        Bodies.flag(body, "oauth_no_confirm").orElse(false));
        var created = services.create(HubCaller.of(request).actor(), community, draft);
        return Response.json(201, json(request, created));
    }

    private Response delete(Request request) {
        var name = require(request).name();
        services.delete(HubCaller.of(request).actor(), community, name);
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
