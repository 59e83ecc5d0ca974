package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ArrayNode;

import org.jspecify.annotations.Nullable;
import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.Target;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.servers.MemberQuery;
import org.lyceum.servers.MemberQuery.Activity;
import org.lyceum.servers.MemberQuery.Sort;
import org.lyceum.servers.ServerQueries;

import java.util.Collection;
import java.util.List;

/** The list of users (contract §4.3, §4.5). */
final class UserListEndpoints {

    private final CommunityId community;
    private final HubAccess access;
    private final HubModels models;
    private final People people;
    private final ServerQueries servers;
    private final Targets targets;

    UserListEndpoints(
            CommunityId community,
            HubAccess access,
            HubModels models,
            People people,
            ServerQueries servers,
            Targets targets) {
        this.community = community;
        this.access = access;
        this.models = models;
        this.people = people;
        this.servers = servers;
        this.targets = targets;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/api/users", access.api(Aim.LIST, "list:users"), this::list)
                        .as(UserOperations.LIST));
    }

    private Response list(Request request) {
        var paging = Paging.of(request);
        var scopes = HubCaller.of(request).caller().scopes();
        // Kept to in the query: the count would tell how many others there are.
        var among = scopes.reach("list:users").map(targets::usersIn).orElse(null);
        var page = servers.members(community, query(request, among, paging));
        boolean stopped = People.includeStopped(request);
        ArrayNode items = Json.object().putArray("items");
        for (var person : people.of(page.users())) {
            var target = new Target.OfUser(person.user().name(), person.groups());
            if (scopes.allows("list:users", target)) {
                items.add(models.user(scopes, person, stopped));
            }
        }
        return paging.answer(request, items, page.total());
    }

    private static MemberQuery query(
            Request request, @Nullable Collection<UserId> among, Paging paging) {
        var order = request.query("sort").orElse("id");
        boolean descending = order.startsWith("-");
        return new MemberQuery(
                request.query("state").map(UserListEndpoints::activity).orElse(null),
                request.query("name_filter").filter(text -> !text.isEmpty()).orElse(null),
                among,
                sort(descending ? order.substring(1) : order),
                descending,
                paging.offset(),
                paging.limit());
    }

    private static Activity activity(String state) {
        return switch (state) {
            case "active" -> Activity.ACTIVE;
            case "inactive" -> Activity.INACTIVE;
            case "ready" -> Activity.READY;
            default ->
                    throw Problem.invalid(
                            "list.bad-state", "Unrecognized state filter: '" + state + "'");
        };
    }

    private static Sort sort(String order) {
        return switch (order) {
            case "id" -> Sort.ID;
            case "name" -> Sort.NAME;
            case "last_activity" -> Sort.LAST_ACTIVITY;
            default -> throw Problem.invalid("list.bad-sort", "Unrecognized sort: '" + order + "'");
        };
    }
}
