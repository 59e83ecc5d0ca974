package org.lyceum.hub;

import org.lyceum.community.HubAddress;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Names;
import org.lyceum.servers.Server;

import java.util.Optional;

/**
 * The hub's addresses: paths, percent-encoded, from the leading slash; of servers and services on
 * hosts of their own, whole URLs.
 *
 * @param address where the hub is
 */
record HubUrls(HubAddress address) {

    /** A hub on whatever host people use. */
    HubUrls(String base) {
        this(HubAddress.path(base));
    }

    /** Starts and ends with a slash. */
    String base() {
        return address.base();
    }

    String hub() {
        return base() + "hub/";
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

    /** Where the request wants to go afterwards, if that is ours. */
    Optional<String> next(Request request) {
        return NextUrl.of(request, address.domain());
    }

    /** The same; home with the other query parameters when it wants nothing. */
    String nextOrHome(Request request) {
        return NextUrl.orElse(request, home(), address.domain());
    }

    /** A single-user server's own address. */
    String server(String user, String server) {
        return address.link(address.serverHost(user), serverPath(user, server));
    }

    /** The path of that. */
    String serverPath(String user, String server) {
        return base() + "user/" + segments(user, server) + "/";
    }

    /** Where a server is found: as long as it runs, where it was started. */
    String of(User user, Server server) {
        return server.active() ? of(server) : server(user.name(), server.key().name());
    }

    /** Where a server that runs is found. */
    String of(Server server) {
        return address.link(server.host(), server.path());
    }

    String service(String service) {
        var path = base() + "services/" + Names.pathSegment(service) + "/";
        return address.link(address.serviceHost(service), path);
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
