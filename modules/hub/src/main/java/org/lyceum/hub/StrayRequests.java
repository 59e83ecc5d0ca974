package org.lyceum.hub;

import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Problem;

import java.util.function.Supplier;

/**
 * Requests that reach the hub although they lie outside {@code …/hub/}: those for servers that do
 * not run, mostly. They are led to the same place inside it (contract §1.3).
 */
final class StrayRequests {

    private final HubUrls urls;

    StrayRequests(HubUrls urls) {
        this.urls = urls;
    }

    /**
     * @throws Problem FORBIDDEN xsrf.missing for what would change something
     */
    Response answer(Request request, Supplier<Response> wrongMethod) {
        return switch (request.method()) {
            case "GET" -> lead(request);
            case "HEAD", "OPTIONS" -> wrongMethod.get();
            default ->
                    throw Problem.forbidden(
                            "xsrf.missing", "'_xsrf' argument missing from " + request.method());
        };
    }

    private Response lead(Request request) {
        var below = HubUrls.below(urls.base(), request.rawPath());
        var query = request.rawQuery() == null ? "" : "?" + request.rawQuery();
        if (below.isEmpty()) {
            return Response.redirect(302, urls.hub());
        }
        if (lacksSlash(below)) {
            return Response.redirect(301, urls.base() + below + "/" + query);
        }
        return Response.redirect(302, urls.hub() + below + query);
    }

    /** Exactly {@code user/X} or {@code services/X}. */
    private static boolean lacksSlash(String below) {
        var segments = below.split("/", -1);
        return segments.length == 2
                && (segments[0].equals("user") || segments[0].equals("services"))
                && !segments[1].isEmpty();
    }
}
