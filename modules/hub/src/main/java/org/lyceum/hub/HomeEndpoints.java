package org.lyceum.hub;

import org.lyceum.identity.User;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerState;
import org.lyceum.servers.StopReason;

import java.util.List;

/** The page people land on after signing in: one button, and what the server does. */
final class HomeEndpoints {

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final HubServices.Servers servers;
    private final Starts starts;
    private final HomePage page;
    private final HomeStorage storage;

    HomeEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            HubServices.Servers servers,
            Starts starts,
            HomeStorage storage) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.servers = servers;
        this.starts = starts;
        this.page = new HomePage(urls);
        this.storage = storage;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/home", access.page(), this::home),
                Endpoint.post("hub/home/start", access.page(), this::start),
                Endpoint.post("hub/home/stop", access.page(), this::stop));
    }

    private Response home(Request request) {
        var caller = HubCaller.of(request);
        var token = frame.xsrfToken(request, caller);
        var all = servers.queries().ofUser(community, caller.user().id());
        return frame.answer(
                request,
                200,
                page.of(caller.user(), all, storage.of(caller.user()), token),
                caller);
    }

    /** Like a visit of {@code spawn}, but pressing a button twice is no mistake. */
    private Response start(Request request) {
        var caller = HubCaller.of(request);
        var key = key(request, caller.user());
        var server = servers.queries().find(key);
        boolean active = server.map(Server::active).orElse(false);
        if (!active) {
            starts.start(caller.actor(), key, null);
        }
        return Response.redirect(303, urls.spawnPending(caller.user().name(), key.name()));
    }

    private Response stop(Request request) {
        var caller = HubCaller.of(request);
        var key = key(request, caller.user());
        var server = servers.queries().find(key);
        boolean running =
                server.filter(Server::active)
                        .filter(s -> s.state() != ServerState.STOPPING)
                        .isPresent();
        if (running) {
            servers.stops().stop(caller.actor(), key, StopReason.USER);
        }
        return Response.redirect(303, urls.home());
    }

    private ServerKey key(Request request, User user) {
        return new ServerKey(community, user.id(), request.form().first("server").orElse(""));
    }
}
