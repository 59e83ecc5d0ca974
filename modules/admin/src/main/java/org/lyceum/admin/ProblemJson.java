package org.lyceum.admin;

import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Problem;

/** RFC 9457. The only place where a failure becomes an HTTP status of the panel's API. */
final class ProblemJson {

    static final String MEDIA_TYPE = "application/problem+json";

    private ProblemJson() {}

    static Response response(Problem problem, String requestId) {
        return response(status(problem.kind()), problem.code(), problem.detail(), requestId);
    }

    static Response response(int status, String code, String detail, String requestId) {
        var body = Json.object();
        body.put("type", "urn:lyceum:problem:" + code);
        body.put("status", status);
        body.put("code", code);
        body.put("detail", detail);
        body.put("instance", "urn:request:" + requestId);
        return Response.bytes(status, MEDIA_TYPE, Json.bytes(body));
    }

    private static int status(Problem.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case TOO_LARGE -> 413;
            case BUSY -> 429;
            case UNAVAILABLE -> 503;
            case OVER_QUOTA -> 507;
        };
    }
}
