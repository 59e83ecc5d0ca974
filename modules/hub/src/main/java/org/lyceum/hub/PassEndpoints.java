package org.lyceum.hub;

import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.proxy.Passes;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerQueries;

import java.util.List;

/**
 * Lets people through to servers that cannot ask the hub who comes: whoever may use the server gets
 * a ticket for the gateway (ADR 0034).
 */
final class PassEndpoints {

    /** What the gateway sends along; longer is not from it. */
    private static final int MAX_STATE = 100;

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final HubMembers members;
    private final ServerQueries servers;
    private final BrowserSessions browsers;
    private final Targets targets;
    private final Passes passes;

    PassEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            HubMembers members,
            ServerQueries servers,
            BrowserSessions browsers,
            Targets targets,
            Passes passes) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.members = members;
        this.servers = servers;
        this.browsers = browsers;
        this.targets = targets;
        this.passes = passes;
    }

    List<Endpoint> endpoints() {
        var rule = access.page(Aim.SERVER, "access:servers");
        return List.of(
                Endpoint.get("hub/pass/:user", rule, this::pass),
                Endpoint.get("hub/pass/:user/:server", rule, this::pass));
    }

    private Response pass(Request request) {
        var owner = members.require(request.param("user"));
        var name = request.params().getOrDefault("server", "");
        var there = servers.find(new ServerKey(community, owner.id(), name));
        var server = there.filter(Server::ready).filter(each -> each.web() != null);
        if (server.isEmpty()) {
            return Response.redirect(302, urls.spawnPending(owner.name(), name));
        }
        var state = request.query("state").orElse("");
        if (state.isEmpty() || state.length() > MAX_STATE) {
            throw Problem.invalid(
                    "pass.state-missing",
                    "This page is only a step on the way to a server; open the server itself.");
        }
        var caller = HubCaller.of(request);
        var ticket =
                passes.ticket(
                        server.get().prefix(),
                        state,
                        new Passes.Visitor(
                                caller.user().name(), () -> mayStill(caller, owner.name(), name)));
        var next = request.query("next").orElse("");
        return Response.redirect(
                        302,
                        urls.of(server.get())
                                + Passes.ENTER
                                + "?ticket="
                                + ticket
                                + "&next="
                                + Names.queryValue(next))
                .with("Cache-Control", "no-store")
                .with("Referrer-Policy", "no-referrer");
    }

    /** Asked again and again: the session may have ended, the right may have been taken. */
    private boolean mayStill(HubCaller caller, String owner, String server) {
        var cookie = caller.cookie();
        var target = targets.ofServer(owner, server);
        return cookie != null
                && browsers.of(cookie)
                        .filter(now -> now.caller().scopes().allows("access:servers", target))
                        .isPresent();
    }
}
