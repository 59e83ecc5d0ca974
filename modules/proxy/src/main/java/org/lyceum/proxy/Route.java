package org.lyceum.proxy;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.RequestPath;
import org.lyceum.platform.kernel.HostNames;

import java.util.Map;
import java.util.TreeMap;

/**
 * A path prefix and the server it leads to.
 *
 * @param prefix decoded text, not escaped, with a slash at both ends: {@code /user/a@b.c/}. A host
 *     before it, {@code ada.hub.org/user/ada/}, makes it a route for requests to that host alone
 * @param host address or name dialled, as {@code http://host:port}
 * @param port 1 to 65535
 * @param labels whose server it is; for lists, never for routing
 * @param guard null for a server that decides by itself whom it lets in
 */
public record Route(
        String prefix, String host, int port, Map<String, String> labels, @Nullable Guard guard) {

    /** Base URL, {@code user}, a name and a server name are at most 4; the rest is room. */
    static final int MAX_SEGMENTS = 16;

    /** To a server that decides by itself whom it lets in. */
    public Route(String prefix, String host, int port, Map<String, String> labels) {
        this(prefix, host, port, labels, null);
    }

    public Route {
        int start = prefix.indexOf('/');
        boolean hosted = start > 0 && HostNames.valid(prefix.substring(0, start));
        if ((start != 0 && !hosted) || !prefix.endsWith("/") || prefix.contains("//")) {
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

    /** The host that requests must be for, in lower case; empty for any. */
    String site() {
        return prefix.substring(0, prefix.indexOf('/'));
    }

    /** The prefix from its first slash on. */
    String path() {
        return prefix.substring(prefix.indexOf('/'));
    }
}
