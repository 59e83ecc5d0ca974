package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Problem;

import java.util.Optional;
import java.util.Set;

/**
 * The only place where a failure becomes an answer of the hub: JSON for programs, a page for
 * people.
 */
final class HubFailures {

    /** JupyterHub answers 400 to these, although they are conflicts with what is there. */
    private static final Set<String> BAD_REQUESTS =
            Set.of("server.stopping", "server.running", "server.too-many-named", "user.last-admin");

    /**
     * JupyterHub spreads the clients it turns away over this range, so they do not return at once.
     */
    private static final int RETRY_SECONDS_MIN = 30;

    private static final int RETRY_SECONDS_SPREAD = 31;

    private final PageFrame frame;
    private final ErrorPages pages;
    private final BrowserSessions browsers;
    private final PausedPage paused;

    HubFailures(PageFrame frame, ErrorPages pages, BrowserSessions browsers, PausedPage paused) {
        this.frame = frame;
        this.pages = pages;
        this.browsers = browsers;
        this.paused = paused;
    }

    /** Never 401: a single-user server that gets anything but 403 for a bad token breaks. */
    static int status(Problem problem) {
        if (BAD_REQUESTS.contains(problem.code())) {
            return 400;
        }
        return switch (problem.kind()) {
            case INVALID -> 400;
            case UNAUTHENTICATED, FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case TOO_LARGE -> 413;
            case BUSY -> 429;
            case UNAVAILABLE -> 503;
            case OVER_QUOTA -> 507;
        };
    }

    /** JupyterHub's error body, and the code of the problem besides. */
    static Response json(int status, String message, @Nullable String code) {
        var body = Json.object().put("status", status).put("message", message);
        if (code != null) {
            body.put("code", code);
        }
        return Response.json(status, body);
    }

    Response failed(Request request, Problem problem, boolean api) {
        int status = status(problem);
        if (!api && problem.code().equals(PausedGate.CODE)) {
            var caller = browsers.of(request).orElse(null);
            return frame.answer(request, status, paused.of(caller), caller);
        }
        var message = problem.detail();
        Optional<Integer> retry = retrySeconds(request, problem);
        if (retry.isPresent()) {
            int tens = (retry.get() + 9) / 10 * 10;
            message =
                    "Too many users trying to log in right now. Try again in " + tens + " seconds.";
        }
        var response =
                api
                        ? json(status, message, problem.code())
                        : page(request, status, pages.problem(status, message, request.id()));
        return retry.map(s -> response.with("Retry-After", Integer.toString(s))).orElse(response);
    }

    Response unknown(Request request, boolean api) {
        return api ? json(404, "Not Found", null) : page(request, 404, pages.of(404, request.id()));
    }

    Response wrongMethod(Request request, boolean api) {
        return api
                ? json(405, "Method Not Allowed", null)
                : page(request, 405, pages.of(405, request.id()));
    }

    Response broken(Request request, boolean api) {
        return api
                ? json(500, "Internal Server Error", "hub.broken")
                : frame.bare(500, pages.of(500, request.id()));
    }

    /** For somebody who is signed in, with their menu. */
    private Response page(Request request, int status, Page page) {
        return frame.answer(request, status, page, browsers.of(request).orElse(null));
    }

    private static Optional<Integer> retrySeconds(Request request, Problem problem) {
        if (!problem.code().equals("server.too-many-spawns")) {
            return Optional.empty();
        }
        int spread = Math.floorMod(request.id().hashCode(), RETRY_SECONDS_SPREAD);
        return Optional.of(RETRY_SECONDS_MIN + spread);
    }
}
