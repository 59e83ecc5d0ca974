package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.Group;
import org.lyceum.identity.GroupService;
import org.lyceum.identity.RoleService;
import org.lyceum.identity.Target;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * JupyterHub's REST API for groups (contract §4.9). Source: jupyterhub 5, apihandlers/groups.py.
 */
final class GroupEndpoints {

    private static final String ALL = "hub/api/groups";
    private static final String ONE = "hub/api/groups/:group";
    private static final String USERS = "hub/api/groups/:group/users";

    private final CommunityId community;
    private final HubAccess access;
    private final HubModels models;
    private final HubMembers members;
    private final GroupService groups;
    private final RoleService roles;

    GroupEndpoints(
            CommunityId community,
            HubAccess access,
            HubModels models,
            HubMembers members,
            GroupService groups,
            RoleService roles) {
        this.community = community;
        this.access = access;
        this.models = models;
        this.members = members;
        this.groups = groups;
        this.roles = roles;
    }

    List<Endpoint> endpoints() {
        var read = access.api(Aim.GROUP, "read:groups", "read:groups:name", "read:roles:groups");
        var create = access.api(Aim.HUB, "admin:groups");
        var change = access.api(Aim.GROUP, "groups");
        return List.of(
                Endpoint.get(ALL, access.api(Aim.LIST, "list:groups"), this::list)
                        .as(GroupOperations.LIST),
                Endpoint.post(ALL, create, this::createSeveral).as(GroupOperations.CREATE_SEVERAL),
                Endpoint.get(ONE, read, this::one).as(GroupOperations.ONE),
                Endpoint.post(ONE, create, this::createOne).as(GroupOperations.CREATE_ONE),
                Endpoint.delete(ONE, access.api(Aim.GROUP, "delete:groups"), this::delete)
                        .as(GroupOperations.DELETE),
                Endpoint.post(USERS, change, this::addUsers).as(GroupOperations.ADD_USERS),
                Endpoint.delete(USERS, change, this::removeUsers).as(GroupOperations.REMOVE_USERS),
                Endpoint.put("hub/api/groups/:group/properties", change, this::setProperties)
                        .as(GroupOperations.SET_PROPERTIES));
    }

    private Response list(Request request) {
        var paging = Paging.of(request);
        var scopes = HubCaller.of(request).caller().scopes();
        ArrayNode items = Json.object().putArray("items");
        // Kept to in the query: the count would tell how many others there are.
        var reach = scopes.reach("list:groups");
        var page =
                reach.isEmpty()
                        ? groups.list(community, paging.offset(), paging.limit())
                        : groups.list(
                                community, reach.get().groups(), paging.offset(), paging.limit());
        long total =
                reach.isEmpty()
                        ? groups.count(community)
                        : groups.count(community, reach.get().groups());
        var given = roles.ofGroups(community, page.stream().map(Group::id).toList());
        for (var group : page) {
            if (scopes.allows("list:groups", new Target.OfGroup(group.name()))) {
                var ofGroup = given.getOrDefault(group.id(), List.of());
                items.add(models.group(scopes, group, ofGroup));
            }
        }
        return paging.answer(request, items, total);
    }

    private Response createSeveral(Request request) {
        var body = Bodies.object(request);
        var names = Bodies.texts(body, "groups").orElse(List.of());
        if (names.isEmpty()) {
            throw Problem.invalid("group.no-names", "Must specify at least one group to create");
        }
        var users = members.requireAll(Bodies.texts(body, "users").orElse(List.of()));
        for (var name : names) {
            if (groups.find(community, name).isPresent()) {
                throw exists(name);
            }
        }
        ArrayNode created = Json.object().putArray("items");
        for (var name : new LinkedHashSet<>(names)) {
            created.add(json(request, groups.create(actor(request), community, name, users)));
        }
        return Response.json(201, created);
    }

    private static Problem exists(String name) {
        return Problem.conflict("group.exists", "Group " + name + " already exists");
    }

    private Response one(Request request) {
        return Response.json(200, json(request, require(request)));
    }

    private Response createOne(Request request) {
        var body = Bodies.object(request);
        var users = members.requireAll(Bodies.texts(body, "users").orElse(List.of()));
        var group = groups.create(actor(request), community, request.param("group"), users);
        return Response.json(201, json(request, group));
    }

    private Response delete(Request request) {
        groups.delete(actor(request), community, require(request).name());
        return Response.noContent();
    }

    private Response addUsers(Request request) {
        var name = require(request).name();
        var group =
                groups.addUsers(
                        actor(request), community, name, members.requireAll(users(request)));
        return Response.json(200, json(request, group));
    }

    private Response removeUsers(Request request) {
        var name = require(request).name();
        var group = groups.removeUsers(actor(request), community, name, users(request));
        return Response.json(200, json(request, group));
    }

    private Response setProperties(Request request) {
        var name = require(request).name();
        if (request.json().isEmpty()) {
            throw Problem.invalid("group.no-properties", "Must specify properties");
        }
        var properties = Bodies.map(Bodies.object(request));
        var group = groups.setProperties(actor(request), community, name, properties);
        return Response.json(200, json(request, group));
    }

    private Group require(Request request) {
        var name = request.param("group");
        return groups.find(community, name)
                .orElseThrow(() -> Problem.notFound("group.unknown", "No such group: " + name));
    }

    private static List<String> users(Request request) {
        return Bodies.texts(Bodies.object(request), "users")
                .orElseThrow(
                        () -> Problem.invalid("group.no-users", "Must specify users to change"));
    }

    private ObjectNode json(Request request, Group group) {
        var given =
                roles.ofGroups(community, List.of(group.id())).getOrDefault(group.id(), List.of());
        return models.group(HubCaller.of(request).caller().scopes(), group, given);
    }

    private static Actor actor(Request request) {
        return HubCaller.of(request).actor();
    }
}
