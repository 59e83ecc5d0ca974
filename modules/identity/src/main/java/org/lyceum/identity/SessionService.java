package org.lyceum.identity;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Browser sessions of the hubs, each good for 14 days from sign-in. Blocking. */
public final class SessionService {

    /** JupyterHub's cookie_max_age_days. */
    static final Duration LIFE = Duration.ofDays(14);

    /** Real ones are shorter; the rest is padding. */
    private static final int MAX_USER_AGENT = 400;

    private final SessionRepository sessions;
    private final UserRepository users;
    private final Clock clock;

    SessionService(SessionRepository sessions, UserRepository users, Clock clock) {
        this.sessions = sessions;
        this.users = users;
        this.clock = clock;
    }

    /**
     * Signs a browser in. The cookie of the answer is new at every sign-in.
     *
     * @throws Problem NOT_FOUND user.unknown
     */
    public Session.Opened open(CommunityId community, UserId user, String userAgent) {
        var cookie = Secret.random();
        var now = clock.instant();
        var draft = new Session(0, community, user, Secret.random().reveal(), now, now.plus(LIFE));
        var agent =
                userAgent.length() > MAX_USER_AGENT
                        ? userAgent.substring(0, MAX_USER_AGENT)
                        : userAgent;
        var session = sessions.open(draft, cookie.hash(), agent);
        users.recordActivity(Map.of(user.value(), now.toEpochMilli()));
        return new Session.Opened(session, cookie);
    }

    /**
     * The session {@code cookie} proves in this community, unless it has ended. One indexed read.
     */
    public Optional<Session> find(CommunityId community, Secret cookie) {
        return sessions.find(community, cookie.hash(), clock.instant());
    }

    /** All of the user's sessions that have not ended, newest first; at most 50. */
    public List<Session> list(UserId user) {
        return sessions.list(user, clock.instant());
    }

    /** Ends the session and the OAuth tokens issued in it. Ending twice is fine. */
    public void end(Session session) {
        sessions.end(session);
    }

    /** Ends all sessions of the user, in every community, and the OAuth tokens issued in them. */
    public void endAll(UserId user) {
        sessions.endAll(user);
    }

    /** The same for one community. */
    public void endAll(UserId user, CommunityId community) {
        sessions.endAll(user, community);
    }
}
