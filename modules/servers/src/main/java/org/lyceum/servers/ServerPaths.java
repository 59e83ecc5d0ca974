package org.lyceum.servers;

import org.lyceum.community.HubAddress;
import org.lyceum.platform.kernel.Names;

/** Where a server is served, in the two ways it is written. */
final class ServerPaths {

    private ServerPaths() {}

    /** As URLs have it: {@code /user/alice/my%20srv/}. */
    static String encoded(HubAddress hub, String user, String server) {
        return path(hub, Names.pathSegment(user), Names.pathSegment(server));
    }

    /** As the route table has it: {@code /user/alice/my srv/}, after the user's host if need be. */
    static String decoded(HubAddress hub, String user, String server) {
        return hub.serverHost(user) + path(hub, user, server);
    }

    private static String path(HubAddress hub, String user, String server) {
        var ofUser = hub.base() + "user/" + user + "/";
        return server.isEmpty() ? ofUser : ofUser + server + "/";
    }

    /** The path of a prefix that may have a host before it. */
    static String path(String prefix) {
        return prefix.substring(prefix.indexOf('/'));
    }

    /** Writes a decoded prefix as URLs have it. */
    static String encode(String decoded) {
        var written = new StringBuilder();
        for (var segment : decoded.substring(1, decoded.length() - 1).split("/", -1)) {
            written.append('/').append(Names.pathSegment(segment));
        }
        return written.append('/').toString();
    }
}
