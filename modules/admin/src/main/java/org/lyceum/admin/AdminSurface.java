package org.lyceum.admin;

import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.Surface;
import org.lyceum.platform.kernel.Problem;

import java.util.List;

/** {@code /api/admin/}: JSON for the panel. */
final class AdminSurface implements Surface {

    static final String BASE = "/api/admin/";

    private final List<Endpoint> endpoints;

    AdminSurface(List<Endpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
    }

    @Override
    public String basePath() {
        return BASE;
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    @Override
    public boolean serves(Listener listener, String path) {
        return listener == Listener.PUBLIC;
    }

    @Override
    public Response unmatched(Request request) {
        return ProblemJson.response(
                404,
                "endpoint.unknown",
                "There is no such address; see docs/reference.",
                request.id());
    }

    @Override
    public Response wrongMethod(Request request) {
        return ProblemJson.response(
                405,
                "endpoint.wrong-method",
                "This address does not know the method " + request.method() + ".",
                request.id());
    }

    @Override
    public Response failed(Request request, Problem problem) {
        return ProblemJson.response(problem, request.id());
    }

    @Override
    public Response broken(Request request) {
        return ProblemJson.response(
                500,
                "platform.bug",
                "Something is broken here; tell an administrator the id " + request.id() + ".",
                request.id());
    }

    @Override
    public Response finish(Request request, Response response) {
        return response.withDefault("Cache-Control", "no-store")
                .with("X-Content-Type-Options", "nosniff")
                .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
}
