package org.lyceum.servers;

import org.lyceum.community.Community;
import org.lyceum.platform.kernel.Names;

/** Where a server is served, in the two ways it is written. */
final class ServerPaths {

    private ServerPaths() {}

    /** As URLs have it: {@code /user/alice/my%20srv/}. */
    static String encoded(Community community, String user, String server) {
        return path(community, Names.pathSegment(user), Names.pathSegment(server));
    }

    /** As the route table has it: {@code /user/alice/my srv/}. */
    static String decoded(Community community, String user, String server) {
        return path(community, user, server);
    }

    private static String path(Community community, String user, String server) {
        var ofUser = community.baseUrl() + "user/" + user + "/";
        return server.isEmpty() ? ofUser : ofUser + server + "/";
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
