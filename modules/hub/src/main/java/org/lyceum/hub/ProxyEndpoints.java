package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.proxy.Route;
import org.lyceum.proxy.Routes;

import java.util.List;

/** The proxy's routes, as JupyterHub lists them (contract §4.4). */
final class ProxyEndpoints {

    private static final String PATH = "hub/api/proxy";

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final Routes routes;

    ProxyEndpoints(CommunityId community, HubUrls urls, HubAccess access, Routes routes) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.routes = routes;
    }

    List<Endpoint> endpoints() {
        var admin = access.api(Aim.HUB, "proxy");
        return List.of(
                Endpoint.get(PATH, admin, this::list).as(HubOperations.ROUTES),
                Endpoint.post(PATH, admin, this::check).as(HubOperations.CHECK_ROUTES),
                Endpoint.patch(PATH, admin, this::move).as(HubOperations.MOVE_PROXY));
    }

    /** Routes of this community only, and the hub's own, which is no route of the proxy's. */
    private Response list(Request request) {
        var paging = Paging.of(request);
        var own = routes.all().stream().filter(this::isOurs).toList();
        var items = Json.object();
        own.stream().skip(paging.offset()).limit(paging.limit()).forEach(r -> put(items, r));
        var hub = items.putObject(urls.base());
        hub.put("routespec", urls.base()).put("target", "");
        hub.putObject("data").put("hub", true);
        return paging.answer(request, items, own.size());
    }

    private void put(ObjectNode items, Route route) {
        var json = items.putObject(route.prefix());
        json.put("routespec", route.prefix());
        json.put("target", "http://" + route.host() + ":" + route.port());
        json.set("data", Json.tree(route.labels()));
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
