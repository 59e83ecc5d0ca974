package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.UserService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.proxy.Route;
import org.lyceum.proxy.Routes;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerQueries;

import java.util.List;
import java.util.stream.Collectors;

/** The proxy's routes, as JupyterHub lists them (contract §4.4). */
final class ProxyEndpoints {

    private static final String PATH = "hub/api/proxy";

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final Routes routes;
    private final ServerQueries servers;
    private final UserService users;

    ProxyEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            Routes routes,
            ServerQueries servers,
            UserService users) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.routes = routes;
        this.servers = servers;
        this.users = users;
    }

    List<Endpoint> endpoints() {
        var admin = access.api(Aim.HUB, "proxy");
        return List.of(
                Endpoint.get(PATH, admin, this::list).as(HubOperations.ROUTES),
                Endpoint.post(PATH, admin, this::check).as(HubOperations.CHECK_ROUTES),
                Endpoint.patch(PATH, admin, this::move).as(HubOperations.MOVE_PROXY));
    }

    /** The hub's own, which is no route of the proxy's, and those of this community. */
    private Response list(Request request) {
        var paging = Paging.of(request);
        var own = routes.all().stream().filter(this::isOurs).toList();
        var items = Json.object();
        if (paging.offset() == 0) {
            put(items, urls.base(), "").put("hub", true);
        }
        var active =
                servers.active().stream()
                        .collect(Collectors.toMap(server -> String.valueOf(server.id()), s -> s));
        own.stream()
                .skip(Math.max(0, paging.offset() - 1))
                .limit(paging.limit() - items.size())
                .forEach(route -> put(items, route, active.get(route.labels().get("server"))));
        return paging.answer(request, items, own.size() + 1);
    }

    /** Of a server that is just being removed we say no more than where it was. */
    private void put(ObjectNode items, Route route, @Nullable Server server) {
        var spec = new StringBuilder();
        for (var segment : route.prefix().split("/", -1)) {
            spec.append(Names.pathSegment(segment)).append('/');
        }
        spec.setLength(spec.length() - 1);
        var target = "http://" + route.host() + ":" + route.port();
        var data = put(items, spec.toString(), target);
        if (route.labels().containsKey("service")) {
            data.put("service", route.labels().get("service"));
        }
        if (server != null) {
            users.find(server.key().user()).ifPresent(user -> data.put("user", user.name()));
            data.put("server_name", server.key().name());
            data.put("last_activity", HubTime.text(server.lastActivityAt()));
        }
    }

    /** The route's data, which tells what it is for. */
    private static ObjectNode put(ObjectNode items, String spec, String target) {
        var json = items.putObject(spec);
        json.put("routespec", spec).put("target", target);
        return json.putObject("data");
    }

    private boolean isOurs(Route route) {
        return community.toString().equals(route.labels().get("community"));
    }

    /** The table lies in this process and is compared with the servers all the time. */
    private Response check(Request request) {
        return Response.text(200, "");
    }

    /** There is no proxy elsewhere that could have moved. */
    private Response move(Request request) {
        if (request.json().isEmpty()) {
            throw Problem.invalid("body.missing", "need JSON body");
        }
        return Response.text(200, "");
    }
}
