package org.lyceum.proxy;

import org.lyceum.platform.http.RequestPath;

/**
 * Headers by which an answer would decide about more than itself: about the whole origin, which a
 * user's server may share with the hub and with others, about the whole domain, or about the proxy
 * in front of us.
 */
final class Overreach {

    private Overreach() {}

    /** Whether the header must not reach a browser. By length first: this runs for every header. */
    static boolean is(String name, String value, Target target) {
        return switch (name.length()) {
            // Where browsers send reports about every request to the origin, codes and all.
            case 3 -> target.sharesOrigin && name.equalsIgnoreCase("nel");
            case 9 -> target.sharesOrigin && name.equalsIgnoreCase("report-to");
            // Another door to the origin, remembered by browsers.
            case 7 -> name.equalsIgnoreCase("alt-svc");
            // Cookies of the whole registrable domain, so also from a host of its own.
            case 15 -> name.equalsIgnoreCase("clear-site-data") || isForFrontProxy(name);
            // How the host is spoken to is the operator's decision.
            case 25 -> name.equalsIgnoreCase("strict-transport-security");
            case 22 ->
                    target.sharesOrigin
                            && name.equalsIgnoreCase("service-worker-allowed")
                            && !within(value, target);
            default -> isForFrontProxy(name);
        };
    }

    /** A web server before us would fetch what they name, from places that are not public. */
    private static boolean isForFrontProxy(String name) {
        return (name.regionMatches(true, 0, "x-accel-", 0, 8)
                        && !name.equalsIgnoreCase("x-accel-buffering"))
                || name.equalsIgnoreCase("x-sendfile")
                || name.equalsIgnoreCase("x-lighttpd-send-file")
                || name.equalsIgnoreCase("x-reproxy-url");
    }

    /** A service worker may rule its own server's paths; without the header, its own directory. */
    private static boolean within(String scope, Target target) {
        var path = RequestPath.unescape(RequestPath.octetsOf(scope.strip()));
        return path != null
                && path.startsWith(target.path)
                && !RequestPath.hasDotSegment(path)
                && path.indexOf('\\') < 0;
    }
}
