package org.lyceum.hub;

import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.Surface;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code /sso/}: the one place, besides the panel, that gets the platform's own cookie. A browser
 * without an entry to a hub is sent here by that hub's sign-in page and comes back with one, if its
 * session has not ended and its user belongs there.
 */
final class SsoSurface implements Surface {

    static final String BASE = "/sso/";

    private final Function<CommunityId, Optional<CommunityHub>> hubs;

    SsoSurface(Function<CommunityId, Optional<CommunityHub>> hubs) {
        this.hubs = hubs;
    }

    @Override
    public String basePath() {
        return BASE;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("enter", Access.open(), this::enter),
                Endpoint.get("out", Access.open(), this::out));
    }

    private Response enter(Request request) {
        var hub = hub(request);
        var response = hub.entrance().answer(request);
        return hub.finish(request, response, false);
    }

    private Response out(Request request) {
        var hub = hub(request);
        return hub.finish(request, hub.entrance().leave(request), false);
    }

    private CommunityHub hub(Request request) {
        try {
            var id = new CommunityId(Long.parseLong(request.query("to").orElse("1")));
            return hubs.apply(id).orElseThrow(SsoSurface::missing);
        } catch (IllegalArgumentException e) {
            throw missing();
        }
    }

    private static Problem missing() {
        return Problem.notFound("community.unknown", "There is no such community.");
    }

    @Override
    public boolean serves(Listener listener, String path) {
        return listener == Listener.PUBLIC;
    }

    @Override
    public Response unmatched(Request request) {
        return Response.text(404, "Nothing is served at this address.\n");
    }

    @Override
    public Response wrongMethod(Request request) {
        return Response.text(405, "This address can only be visited.\n");
    }

    @Override
    public Response failed(Request request, Problem problem) {
        return Response.text(HubFailures.status(problem), problem.detail() + "\n");
    }

    @Override
    public Response finish(Request request, Response response) {
        return response.withDefault("Cache-Control", "no-store")
                .withDefault("Content-Security-Policy", "default-src 'none'")
                .withDefault("X-Content-Type-Options", "nosniff");
    }
}
