package org.lyceum.hub;

import org.lyceum.platform.kernel.Names;

/**
 * The hub's addresses: paths, percent-encoded, from the leading slash.
 *
 * @param base the community's base, which starts and ends with a slash
 */
record HubUrls(String base) {

    String hub() {
        return base + "hub/";
    }

    /** A page of the hub. */
    String hub(String page) {
        return hub() + page;
    }

    String login() {
        return hub("login");
    }

    String home() {
        return hub("home");
    }

    /** Sign-in that comes back to {@code target} (a raw path with its query). */
    String loginThen(String target) {
        return login() + "?next=" + Names.queryValue(target);
    }

    /** A single-user server's own address. */
    String server(String user, String server) {
        return base + "user/" + segments(user, server) + "/";
    }

    String service(String service) {
        return base + "services/" + Names.pathSegment(service) + "/";
    }

    String spawn(String user, String server) {
        return hub("spawn/") + segments(user, server);
    }

    /** The page that starts a server and then goes on to {@code target}. */
    String spawnThen(String user, String server, String target) {
        return spawn(user, server) + "?next=" + Names.queryValue(target);
    }

    String spawnPending(String user, String server) {
        return hub("spawn-pending/") + segments(user, server);
    }

    /** The API's stream of what happens while a server starts. */
    String progress(String user, String server) {
        var part = server.isEmpty() ? "/server" : "/servers/" + Names.pathSegment(server);
        return hub("api/users/") + Names.pathSegment(user) + part + "/progress";
    }

    private static String segments(String user, String server) {
        var part = server.isEmpty() ? "" : "/" + Names.pathSegment(server);
        return Names.pathSegment(user) + part;
    }
}
