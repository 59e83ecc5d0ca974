package org.lyceum.hub;

import org.lyceum.identity.Target;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.RequestPath;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerQueries;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where requests end up whose server does not run (contract §1.5), and links that fit every user
 * (§9.3). Visiting never starts a server and does not count as activity.
 */
final class UserUrlEndpoints {

    /** A ready server that still leads here this often has no route that works. */
    private static final int MAX_REDIRECTS = 4;

    private static final String REDIRECTS = "redirects";

    private static final String STOPPED =
            """
            <section class="card">
            <h1>{}</h1>
            {}{}<p class="actions">{}<a class="button" href="{}">Go to the home page</a></p>
            </section>
            """;

    private static final Html NEXT =
            new Html("<p>Start it to continue where you wanted to go.</p>\n");

    /** For somebody whose share does not let them start it. */
    private static final String ASK =
            "<p>You may use it while it runs, but not start it; ask {} to.</p>\n";

    private static final String START =
            "<a class=\"button primary big\" href=\"{}\">Start the server</a>\n";

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final HubMembers members;
    private final Targets targets;
    private final ServerQueries servers;

    UserUrlEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            HubMembers members,
            Targets targets,
            ServerQueries servers) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.members = members;
        this.targets = targets;
        this.servers = servers;
    }

    List<Endpoint> endpoints() {
        var endpoints = new ArrayList<Endpoint>();
        for (var path : List.of("hub/user/:user", "hub/user/:user/*")) {
            endpoints.add(Endpoint.get(path, access.visit(), this::visit));
            // Not even who may see the server matters: whatever was to change cannot be changed.
            endpoints.add(Endpoint.post(path, access.open(), this::gone));
            endpoints.add(Endpoint.patch(path, access.open(), this::gone));
            endpoints.add(Endpoint.delete(path, access.open(), this::gone));
        }
        endpoints.add(Endpoint.get("hub/user-redirect/*", access.page(), this::redirectToOwn));
        return endpoints;
    }

    private Response visit(Request request) {
        var caller = HubCaller.of(request);
        var name = request.param("user");
        var owner = members.find(name);
        var serverName = owner.map(user -> serverName(user, request)).orElse("");
        requireAccess(caller, targets.ofServer(name, serverName));
        var user =
                owner.orElseThrow(() -> Problem.notFound("user.unknown", "No such user: " + name));
        var server = servers.find(new ServerKey(community, user.id(), serverName));
        boolean pull = serverName.isEmpty() && request.rest().equals(PullEndpoints.NAME);
        if (pull && caller.is(user) && redirects(request) == 0 && PullEndpoints.serves(request)) {
            return Response.redirect(302, PullEndpoints.address(urls, request));
        }
        if (server.isPresent() && server.get().ready()) {
            return onward(request, server.get());
        }
        if (isForProgram(request)) {
            return gone(request);
        }
        if (server.map(UserUrlEndpoints::hasNews).orElse(false)) {
            var next = "?next=" + Names.queryValue(request.rawTarget());
            return Response.redirect(303, urls.spawnPending(name, serverName) + next);
        }
        return frame.answer(request, 424, stopped(request, user, serverName, server), caller);
    }

    private static void requireAccess(HubCaller caller, Target.OfServer target) {
        if (!caller.caller().scopes().allows("access:servers", target)) {
            throw Problem.notFound(
                    "resource.unknown", "No access to resources or resources not found");
        }
    }

    /** The first segment names a server if there is one of that name. */
    private String serverName(User user, Request request) {
        var first = RequestPath.segment(request.rest().split("/", 2)[0]).orElse("");
        boolean named =
                !first.isEmpty()
                        && servers.find(new ServerKey(community, user.id(), first)).isPresent();
        return named ? first : "";
    }

    /** To the same address outside the hub, where the proxy has a route by now. */
    private Response onward(Request request, Server server) {
        int redirects = redirects(request) + 1;
        if (redirects >= MAX_REDIRECTS) {
            throw new IllegalStateException(
                    "a ready server has no route that works: redirect loop");
        }
        var path = urls.base() + below(request.rawPath());
        if (!server.path().startsWith(urls.base() + "user/")) {
            path = server.path() + rest(request, server); // started under a former address
        }
        var target = path + "?" + queryWith(request, redirects);
        return Response.redirect(302, urls.address().link(server.host(), target));
    }

    /** What is asked for within the server, as it was written. */
    private static String rest(Request request, Server server) {
        var rest = request.rest();
        if (server.key().unnamed()) {
            return rest;
        }
        int slash = rest.indexOf('/');
        return slash < 0 ? "" : rest.substring(slash + 1);
    }

    private static int redirects(Request request) {
        try {
            return Math.clamp(
                    Long.parseLong(request.query(REDIRECTS).orElse("0")), 0, MAX_REDIRECTS);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The query as it was, but for the count. */
    private static String queryWith(Request request, int redirects) {
        var query = request.rawQuery() == null ? "" : request.rawQuery();
        var kept = new ArrayList<String>();
        for (var pair : query.split("&")) {
            if (!pair.isEmpty() && !pair.startsWith(REDIRECTS + "=")) {
                kept.add(pair);
            }
        }
        kept.add(REDIRECTS + "=" + redirects);
        return String.join("&", kept);
    }

    /** What follows {@code hub/} in a raw path. */
    private String below(String rawPath) {
        return HubUrls.below(urls.hub(), rawPath);
    }

    private Response gone(Request request) {
        var name = request.param("user");
        var path = urls.base() + below(request.rawPath());
        var spawn = request.scheme() + "://" + request.host() + urls.spawn(name, "");
        var message =
                "JupyterHub server no longer running at "
                        + path
                        + ". Restart the server at "
                        + spawn;
        return Response.json(424, Json.object().put("message", message));
    }

    private Page stopped(Request request, User user, String server, Optional<Server> row) {
        boolean own = HubCaller.of(request).is(user);
        var which = server.isEmpty() ? "server" : "server “" + server + "”";
        var title = (own ? "Your " : user.name() + "'s ") + which + " is not running";
        var why = EndingWords.of(row.map(Server::ending).orElse(null), own);
        boolean mayStart =
                HubCaller.of(request)
                        .caller()
                        .scopes()
                        .allows("servers", targets.ofServer(user.name(), server));
        var spawn = urls.spawnThen(user.name(), server, request.rawTarget());
        var start = mayStart ? Html.of(START, spawn) : Html.NOTHING;
        var next = mayStart ? NEXT : Html.of(ASK, user.name());
        return Page.of(title, "", Html.of(STOPPED, title, why, next, start, urls.home()));
    }

    /** Starting, or failed to: the page about that says more. */
    private static boolean hasNews(Server server) {
        return switch (server.state()) {
            case SPAWNING, STOPPING -> true;
            case FAILED -> server.failure() != null;
            case READY, STOPPED -> false;
        };
    }

    /** Notebook pages poll their server's API; they read JSON and know what 424 means. */
    static boolean isForProgram(Request request) {
        return List.of(request.path().split("/")).contains("api") || Accepted.prefersJson(request);
    }

    private Response redirectToOwn(Request request) {
        if (request.rest().equals(PullEndpoints.NAME) && PullEndpoints.serves(request)) {
            return Response.redirect(302, PullEndpoints.address(urls, request));
        }
        var user = HubCaller.of(request).user().name();
        var target = urls.serverPath(user, "") + request.rest() + query(request);
        return Response.redirect(302, urls.spawnThen(user, "", target));
    }

    /** Parsed and written again as JupyterHub does: parameters without a value vanish. */
    private static String query(Request request) {
        var out = new StringBuilder();
        var query = request.query();
        for (var name : query.names()) {
            for (var value : query.all(name)) {
                if (!value.isEmpty()) {
                    out.append(out.isEmpty() ? '?' : '&').append(plus(name));
                    out.append('=').append(plus(value));
                }
            }
        }
        return out.toString();
    }

    private static String plus(String text) {
        return Names.queryValue(text).replace("%20", "+");
    }
}
