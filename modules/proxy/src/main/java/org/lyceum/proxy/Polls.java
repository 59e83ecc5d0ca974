package org.lyceum.proxy;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

import java.util.List;

/**
 * What pages ask for again and again while nobody touches them. JupyterLab and Notebook 7 read
 * their lists every ten seconds as long as their tab is in front; RStudio waits for events. Whoever
 * works does more than this.
 */
final class Polls {

    /**
     * Below the server's prefix. Reading a directory is how the file browser keeps itself fresh.
     */
    private static final List<String> READ =
            List.of(
                    "/api/contents",
                    "/api/kernels",
                    "/api/kernelspecs",
                    "/api/me",
                    "/api/metrics/v1",
                    "/api/sessions",
                    "/api/status",
                    "/api/terminals",
                    "/lab/extensions/lyceum/static/notices.json",
                    "/metrics");

    /** RStudio's; a POST that is answered when there is something to tell. */
    private static final String AWAITED = "/events/get_events";

    private Polls() {}

    static boolean isOne(HttpServerRequest in, Target target) {
        var below = target.below(in.uri());
        if (below == null) {
            return false;
        }
        if (in.method().equals(HttpMethod.POST)) {
            return below.startsWith(AWAITED);
        }
        return in.method().equals(HttpMethod.GET)
                && READ.stream().anyMatch(path -> isBelow(below, path));
    }

    private static boolean isBelow(String path, String parent) {
        return path.startsWith(parent)
                && (path.length() == parent.length()
                        || "/?".indexOf(path.charAt(parent.length())) >= 0);
    }
}
