package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Set;
import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.Target;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.MemberQuery;
import org.lyceum.servers.ServerQueries;

/** The list of users (contract §4.3, §4.5). */
final class UserListEndpoints {

    private static final Set<String> STATES = Set.of("active", "inactive", "ready");
    private static final Set<String> ORDERS = Set.of("id", "name", "last_activity");

    private final CommunityId community;
    private final HubAccess access;
    private final HubModels models;
    private final People people;
    private final ServerQueries servers;

    UserListEndpoints(
            CommunityId community,
            HubAccess access,
            HubModels models,
            People people,
            ServerQueries servers) {
        this.community = community;
        this.access = access;
        this.models = models;
        this.people = people;
        this.servers = servers;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/api/users", access.api(Aim.LIST, "list:users"), this::list));
    }

    private Response list(Request request) {
        var paging = Paging.of(request);
        var page = servers.members(community, query(request, paging));
        var scopes = HubCaller.of(request).caller().scopes();
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

    private static MemberQuery query(Request request, Paging paging) {
        var state = request.query("state").orElse(null);
        if (state != null && !STATES.contains(state)) {
            throw Problem.invalid(
                    "list.bad-state", "Unrecognized state filter: '" + state + "'");
        }
        var sort = request.query("sort").orElse("id");
        if (!ORDERS.contains(sort.startsWith("-") ? sort.substring(1) : sort)) {
            throw Problem.invalid("list.bad-sort", "Unrecognized sort: '" + sort + "'");
        }
        var name = request.query("name_filter").filter(text -> !text.isEmpty()).orElse(null);
        return new MemberQuery(state, name, sort, paging.offset(), paging.limit());
    }
}
