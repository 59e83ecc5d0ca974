package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.delete;
import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.put;

import org.lyceum.community.CommunityModule;
import org.lyceum.identity.Caller;
import org.lyceum.identity.CustomScope;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.Role;
import org.lyceum.identity.RoleHolder;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Roles of a community, who holds them, and its custom scopes (ADR 0017). */
final class RoleEndpoints {

    private static final String ROLES = "v1/communities/:id/roles";
    private static final String SCOPES = "v1/communities/:id/scopes";

    private final CommunityModule communities;
    private final IdentityModule identity;

    RoleEndpoints(CommunityModule communities, IdentityModule identity) {
        this.communities = communities;
        this.identity = identity;
    }

    List<Endpoint> endpoints(Access access) {
        var role = ROLES + "/:role";
        var held = role + "/:kind/:holder";
        var scope = SCOPES + "/:scope";
        return List.of(
                get(ROLES, access, this::roles).as(RoleOperations.ROLES),
                get(role, access, this::role).as(RoleOperations.ROLE_ONE),
                put(role, access, this::putRole).as(RoleOperations.ROLE_PUT),
                delete(role, access, this::deleteRole).as(RoleOperations.ROLE_DELETE),
                put(held, access, this::give).as(RoleOperations.GIVE),
                delete(held, access, this::take).as(RoleOperations.TAKE),
                get(SCOPES, access, this::scopes).as(RoleOperations.SCOPES),
                put(scope, access, this::putScope).as(RoleOperations.SCOPE_PUT),
                delete(scope, access, this::deleteScope).as(RoleOperations.SCOPE_DELETE));
    }

    private Response roles(Request request) {
        var roles = identity.roles().list(community(request));
        return items(roles.stream().map(RoleJson.RoleLine::of).toList());
    }

    private Response role(Request request) {
        var name = request.param("role");
        var role =
                identity.roles()
                        .find(community(request), name)
                        .orElseThrow(
                                () -> Problem.notFound("role.unknown", "No such role: " + name));
        return Response.json(200, RoleJson.RoleDetail.of(role, identity.roles().holders(role)));
    }

    private Response putRole(Request request) {
        var body = RoleBody.of(request, Set.of("description", "scopes", "version"));
        var text = body.text("description");
        var draft = new Role.Draft(text == null ? "" : text, body.texts("scopes"));
        var name = request.param("role");
        var community = community(request);
        var version = body.version();
        var role =
                version.isPresent()
                        ? identity.roles()
                                .change(actor(request), community, name, version.get(), draft)
                        : identity.roles().create(actor(request), community, name, draft);
        return Response.json(version.isPresent() ? 200 : 201, RoleJson.RoleLine.of(role));
    }

    private Response deleteRole(Request request) {
        identity.roles()
                .delete(
                        actor(request),
                        community(request),
                        request.param("role"),
                        version(request));
        return Response.noContent();
    }

    private Response give(Request request) {
        var community = community(request);
        var holder = holder(request, community);
        identity.roles().give(actor(request), community, request.param("role"), holder);
        return Response.noContent();
    }

    private Response take(Request request) {
        var community = community(request);
        var holder = holder(request, community);
        identity.roles().take(actor(request), community, request.param("role"), holder);
        return Response.noContent();
    }

    private RoleHolder holder(Request request, CommunityId community) {
        var name = request.param("holder");
        var found =
                switch (request.param("kind")) {
                    case "users" ->
                            identity.users()
                                    .findByName(name)
                                    .filter(
                                            user ->
                                                    communities
                                                            .members()
                                                            .isMember(community, user.id()))
                                    .map(user -> (RoleHolder) new RoleHolder.OfUser(user.id()));
                    case "groups" ->
                            identity.groups()
                                    .find(community, name)
                                    .map(g -> (RoleHolder) new RoleHolder.OfGroup(g.id()));
                    case "services" ->
                            identity.services()
                                    .find(community, name)
                                    .map(s -> (RoleHolder) new RoleHolder.OfService(s.id()));
                    default ->
                            throw Problem.notFound(
                                    "role.holder-kind",
                                    "Roles are given to users, groups and services.");
                };
        return found.orElseThrow(
                () ->
                        Problem.notFound(
                                "role.holder-unknown", "The community has no " + name + "."));
    }

    private Response scopes(Request request) {
        var scopes = identity.scopes().list(community(request));
        return items(scopes.stream().map(RoleJson.CustomScopeLine::of).toList());
    }

    private Response putScope(Request request) {
        var body = RoleBody.of(request, Set.of("description", "subscopes", "version"));
        var text = body.text("description");
        var version = body.version();
        var scope =
                new CustomScope(
                        request.param("scope"),
                        text == null ? "" : text,
                        body.texts("subscopes"),
                        version.orElse(0L));
        var community = community(request);
        var saved =
                version.isPresent()
                        ? identity.scopes().change(actor(request), community, scope)
                        : identity.scopes().declare(actor(request), community, scope);
        return Response.json(version.isPresent() ? 200 : 201, RoleJson.CustomScopeLine.of(saved));
    }

    private Response deleteScope(Request request) {
        identity.scopes()
                .delete(
                        actor(request),
                        community(request),
                        request.param("scope"),
                        version(request));
        return Response.noContent();
    }

    private CommunityId community(Request request) {
        return communityOf(request, communities);
    }

    /**
     * @throws Problem NOT_FOUND community.unknown
     */
    static CommunityId communityOf(Request request, CommunityModule communities) {
        try {
            var id = new CommunityId(Long.parseLong(request.param("id")));
            if (communities.communities().find(id).isPresent()) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND, "community.unknown", "There is no such community.", e);
        }
        throw Problem.notFound("community.unknown", "There is no such community.");
    }

    private static long version(Request request) {
        try {
            return Long.parseLong(request.query("version").orElse(""));
        } catch (NumberFormatException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "version.missing",
                    "Send the version that you have seen.",
                    e);
        }
    }

    static Actor actor(Request request) {
        return request.caller(Caller.class).actor();
    }

    static Response items(List<?> items) {
        return Response.json(200, Map.of("items", items));
    }
}
