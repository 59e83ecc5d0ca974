package org.lyceum.hub;

import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Names;
import org.lyceum.servers.Server;

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

    /** Where a server is found: as long as it runs, where it was started. */
    String of(User user, Server server) {
        return server.active() ? server.path() : server(user.name(), server.key().name());
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

    /**
     * What follows a base in a raw path. The path may spell the base with escapes, so segments are
     * counted and not characters.
     */
    static String below(String base, String rawPath) {
        int at = 0;
        for (long left = base.chars().filter(c -> c == '/').count(); left > 1; left--) {
            at = rawPath.indexOf('/', at + 1);
        }
        return rawPath.substring(at + 1);
    }

    private static String segments(String user, String server) {
        var part = server.isEmpty() ? "" : "/" + Names.pathSegment(server);
        return Names.pathSegment(user) + part;
    }
}
