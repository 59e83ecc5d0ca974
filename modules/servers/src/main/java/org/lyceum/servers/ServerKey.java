package org.lyceum.servers;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

/**
 * Which server: a user has one default server (name empty) and any number of named ones in each
 * community.
 */
public record ServerKey(CommunityId community, UserId user, String name) {

    public static ServerKey ofDefault(CommunityId community, UserId user) {
        return new ServerKey(community, user, "");
    }

    /** Whether this is the user's default server. */
    public boolean unnamed() {
        return name.isEmpty();
    }

    /** For log lines: {@code c1/u7/name}. Numbers only, apart from the server's own name. */
    @Override
    public String toString() {
        return "c" + community + "/u" + user + "/" + name;
    }
}
