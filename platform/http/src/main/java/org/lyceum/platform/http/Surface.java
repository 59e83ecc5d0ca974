package org.lyceum.platform.http;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.time.Duration;
import java.util.List;

/** A set of endpoints below one base path, and what its failures look like. */
public interface Surface {

    /**
     * The host whose requests it answers, in lower case without port; one dot before it means every
     * host below that. Empty: whatever host is asked for. Containers always mean the latter.
     */
    default String host() {
        return "";
    }

    /** Decoded; starts and ends with a slash. */
    String basePath();

    List<Endpoint> endpoints();

    /**
     * Whether requests from {@code listener} may see {@code path} (decoded, below the base path).
     */
    boolean serves(Listener listener, String path);

    /** The answer when no endpoint has this path. */
    Response unmatched(Request request);

    /** The answer when an endpoint has this path, but not with this method. */
    Response wrongMethod(Request request);

    /** The answer to a failure meant for the caller. */
    Response failed(Request request, Problem problem);

    /** The answer to a bug of ours, which has been logged under the request's id. */
    default Response broken(Request request) {
        return Response.text(
                500,
                "Something is broken here; tell an administrator the id " + request.id() + ".\n");
    }

    /** The last touch on every response: headers that all of the surface's answers carry. */
    Response finish(Request request, Response response);

    /**
     * Hears of every answer, for metrics. Must be quick and must not throw.
     *
     * @param endpoint null when none had the request's path and method
     * @param took until the answer began to be written
     */
    default void answered(
            Request request, @Nullable Endpoint endpoint, Response response, Duration took) {}
}
