package org.lyceum.proxy;

import org.lyceum.platform.http.RequestPath;

import java.util.Map;
import java.util.TreeMap;

/**
 * A path prefix and the server it leads to.
 *
 * @param prefix decoded text, not escaped, with a slash at both ends: {@code /user/a@b.c/}
 * @param host address or name dialled, as {@code http://host:port}
 * @param port 1 to 65535
 * @param labels whose server it is; for lists, never for routing
 */
public record Route(String prefix, String host, int port, Map<String, String> labels) {

    /** Base URL, {@code user}, a name and a server name are at most 4; the rest is room. */
    static final int MAX_SEGMENTS = 16;

    public Route {
        if (!prefix.startsWith("/") || !prefix.endsWith("/") || prefix.contains("//")) {
            throw new IllegalArgumentException("a route starts and ends with one slash: " + prefix);
        }
        if (prefix.chars().filter(c -> c == '/').count() - 1 > MAX_SEGMENTS) {
            throw new IllegalArgumentException(
                    "a route has at most " + MAX_SEGMENTS + " segments: " + prefix);
        }
        if (RequestPath.hasDotSegment(prefix)) {
            throw new IllegalArgumentException("a route has no dot segments: " + prefix);
        }
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a route leads to a host and a port: " + prefix);
        }
        labels = Map.copyOf(new TreeMap<>(labels));
    }
}
