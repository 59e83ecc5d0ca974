package org.lyceum.servers;

import org.lyceum.identity.UserService;

import java.time.Instant;

/** Remembers when servers, and with them their users, were last active. Blocking. */
public final class ActivityService {

    private final ServerRepository servers;
    private final UserService users;

    ActivityService(ServerRepository servers, UserService users) {
        this.servers = servers;
        this.users = users;
    }

    /**
     * Moves the server's last activity, and its user's, forward to {@code at}; never back.
     *
     * @return whether there is such a server
     */
    public boolean record(ServerKey key, Instant at) {
        boolean known = servers.touch(key, at);
        if (known) {
            users.recordActivity(key.user(), at);
        }
        return known;
    }
}
