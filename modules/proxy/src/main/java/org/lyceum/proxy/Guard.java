package org.lyceum.proxy;

/**
 * How a server is kept that lets nobody in by itself: only those with a pass reach it (ADR 0034).
 *
 * @param signIn where passes are given: path or URL of a page, without a query
 * @param home the route's prefix as browsers write it, escaped
 * @param stripsPrefix whether the server believes to be at {@code /}
 */
public record Guard(String signIn, String home, boolean stripsPrefix) {

    public Guard {
        if (!home.startsWith("/") || !home.endsWith("/")) {
            throw new IllegalArgumentException("a home starts and ends with a slash: " + home);
        }
    }

    /** The path below the home, without the slash at its end. */
    String base() {
        return home.substring(0, home.length() - 1);
    }
}
