package org.lyceum.hub;

import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.Surface;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.proxy.ErrorPage;

import java.util.List;

/**
 * What there is on the hosts of a community's users when no server answers there: the way to the
 * hub, and nothing of the hub itself. Scripts of a notebook have such a host's origin, so no page
 * and no call of the hub may be served at it. No endpoint, no database: it tells nobody more than
 * where the hub is.
 */
final class UserHosts implements Surface {

    private final HubUrls urls;
    private final HubHeaders headers;

    UserHosts(HubUrls urls, HubHeaders headers) {
        this.urls = urls;
        this.headers = headers;
    }

    /** Plain: the files of the hub's look are not served here. */
    ErrorPage proxyErrors() {
        return ErrorPage.plain();
    }

    @Override
    public String host() {
        return "." + urls.address().domain();
    }

    @Override
    public String basePath() {
        return urls.base();
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of();
    }

    @Override
    public boolean serves(Listener listener, String path) {
        return listener == Listener.PUBLIC;
    }

    /**
     * People are led to where the hub says why there is no server. Programs of a page are told
     * here, because a browser keeps the hub's answer from them.
     */
    @Override
    public Response unmatched(Request request) {
        var below = HubUrls.below(urls.base(), request.rawPath());
        boolean server = below.startsWith("user/");
        if (server && UserUrlEndpoints.isForProgram(request)) {
            var message =
                    "JupyterHub server no longer running at "
                            + urls.base()
                            + below
                            + ". Restart the server at "
                            + urls.address().absolute(urls.hub("spawn"));
            return Response.json(424, Json.object().put("message", message));
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Response.text(
                    404,
                    "Nothing is served at this host but its user's servers; the hub is at "
                            + urls.address().absolute(urls.hub())
                            + ".\n");
        }
        boolean inHub = below.equals("hub") || below.startsWith("hub/");
        var query = request.rawQuery() == null ? "" : "?" + request.rawQuery();
        var path = (inHub || below.isEmpty() ? urls.base() : urls.hub()) + below + query;
        return Response.redirect(302, urls.address().absolute(path));
    }

    @Override
    public Response wrongMethod(Request request) {
        return unmatched(request);
    }

    @Override
    public Response failed(Request request, Problem problem) {
        return Response.text(HubFailures.status(problem), problem.detail() + "\n");
    }

    @Override
    public Response finish(Request request, Response response) {
        return headers.finish(request, response, true).withDefault("Cache-Control", "no-store");
    }
}
