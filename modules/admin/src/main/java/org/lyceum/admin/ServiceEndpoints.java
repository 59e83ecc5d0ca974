package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.delete;
import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.lyceum.community.CommunityModule;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.RegisteredService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.services.Registrations;
import org.lyceum.services.ServicesModule;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services of a community, with what their programs must be told (ADR 0015). */
final class ServiceEndpoints {

    private static final String ALL = "v1/communities/:id/services";
    private static final String ONE = ALL + "/:service";

    private static final Set<String> KEYS =
            Set.of(
                    "admin",
                    "url",
                    "display",
                    "noConfirm",
                    "redirectUri",
                    "allowedScopes",
                    "version");

    private final CommunityModule communities;
    private final IdentityModule identity;
    private final ServicesModule services;

    ServiceEndpoints(
            CommunityModule communities, IdentityModule identity, ServicesModule services) {
        this.communities = communities;
        this.identity = identity;
        this.services = services;
    }

    List<Endpoint> endpoints(Access access) {
        return List.of(
                get(ALL, access, this::list).as(RoleOperations.SERVICES),
                put(ONE, access, this::save).as(RoleOperations.SERVICE_PUT),
                post(ONE + "/token", access, this::renew).as(RoleOperations.SERVICE_TOKEN),
                delete(ONE, access, this::remove).as(RoleOperations.SERVICE_DELETE));
    }

    private Response list(Request request) {
        var all = identity.services().list(community(request));
        return RoleEndpoints.items(all.stream().map(this::line).toList());
    }

    private Response save(Request request) {
        var body = RoleBody.of(request, KEYS);
        var wanted =
                new Registrations.Wanted(
                        request.param("service"),
                        body.flag("admin", false),
                        body.text("url"),
                        Map.of(),
                        body.flag("display", true),
                        body.flag("noConfirm", false),
                        null,
                        body.text("redirectUri"),
                        body.texts("allowedScopes"));
        var actor = RoleEndpoints.actor(request);
        var community = community(request);
        var version = body.version();
        if (version.isPresent()) {
            var changed = services.registrations().change(actor, community, version.get(), wanted);
            return Response.json(200, line(changed));
        }
        var made = services.registrations().register(actor, community, wanted, null);
        return Response.json(201, secrets(request, made));
    }

    private Response renew(Request request) {
        var name = request.param("service");
        var service =
                identity.services()
                        .find(community(request), name)
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "service.unknown", "No such service: " + name));
        return Response.json(200, secrets(request, service));
    }

    private Response remove(Request request) {
        services.registrations()
                .remove(RoleEndpoints.actor(request), community(request), request.param("service"));
        return Response.noContent();
    }

    private RoleJson.ServiceSecrets secrets(Request request, RegisteredService service) {
        var token = identity.services().renewToken(RoleEndpoints.actor(request), service);
        var community = communities.communities().find(service.community()).orElseThrow();
        var client = identity.services().client(service);
        var environment = services.environment().of(community, service, client, token);
        return new RoleJson.ServiceSecrets(line(service), environment);
    }

    private RoleJson.ServiceLine line(RegisteredService service) {
        var roles =
                identity.roles()
                        .ofServices(service.community(), List.of(service.id()))
                        .getOrDefault(service.id(), List.of());
        return RoleJson.ServiceLine.of(service, identity.services().client(service), roles);
    }

    private CommunityId community(Request request) {
        return RoleEndpoints.communityOf(request, communities);
    }
}
