package org.lyceum.identity;

import java.util.List;
import java.util.Optional;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;

/** Browser sessions of the hubs, each good for 14 days from sign-in. Blocking. */
public final class SessionService {

    SessionService() {}

    public Session.Opened open(CommunityId community, UserId user, String userAgent) {
        return Todo.later();
    }

    /** The session {@code cookie} proves in this community, unless it has ended. One indexed read. */
    public Optional<Session> find(CommunityId community, Secret cookie) {
        return Todo.later();
    }

    /** All of the user's sessions that have not ended, newest first. */
    public List<Session> list(UserId user) {
        return Todo.later();
    }

    /** Ends the session and the OAuth tokens issued in it. Ending twice is fine. */
    public void end(Session session) {
        Todo.later();
    }

    /** Ends all sessions of the user, in every community, and the OAuth tokens issued in them. */
    public void endAll(UserId user) {
        Todo.later();
    }
}
