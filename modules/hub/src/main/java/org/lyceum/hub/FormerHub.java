package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.Surface;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.proxy.ErrorPage;

import java.time.Duration;
import java.util.List;

/**
 * An address that a community has left, or its path when it has a host of its own. Programs are
 * answered, because servers of that time and scripts know no other; people are led to where the hub
 * is now.
 */
final class FormerHub implements Surface {

    private final String base;
    private final CommunityHub hub;
    private final List<Endpoint> endpoints;

    FormerHub(String base, CommunityHub hub) {
        this.base = base;
        this.hub = hub;
        this.endpoints =
                hub.endpoints().stream()
                        .filter(endpoint -> CommunityHub.forPrograms(endpoint.path()))
                        .toList();
    }

    boolean leadsTo(CommunityHub other) {
        return hub.equals(other);
    }

    ErrorPage proxyErrors() {
        return hub.proxyErrors();
    }

    @Override
    public String basePath() {
        return base;
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    @Override
    public boolean serves(Listener listener, String path) {
        return hub.serves(listener, path);
    }

    /** Not for ever: the name may be given to another community one day. */
    @Override
    public Response unmatched(Request request) {
        if (CommunityHub.forPrograms(below(request))) {
            return hub.unknown(request, true);
        }
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        var query = request.rawQuery() == null ? "" : "?" + request.rawQuery();
        var path = hub.basePath() + HubUrls.below(base, request.rawPath()) + query;
        var onward = hub.address().apart() ? hub.address().absolute(path) : path;
        return Response.redirect(reads ? 302 : 307, onward);
    }

    @Override
    public Response wrongMethod(Request request) {
        return hub.wrongMethod(request, true);
    }

    @Override
    public Response failed(Request request, Problem problem) {
        return hub.failed(request, problem, true);
    }

    @Override
    public Response broken(Request request) {
        return hub.broken(request, true);
    }

    @Override
    public Response finish(Request request, Response response) {
        return hub.finish(request, response, CommunityHub.forPrograms(below(request)));
    }

    @Override
    public void answered(
            Request request, @Nullable Endpoint endpoint, Response response, Duration took) {
        hub.answered(request, endpoint, response, took);
    }

    private String below(Request request) {
        return request.path().substring(base.length());
    }
}
