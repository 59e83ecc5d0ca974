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

/**
 * Browser sessions, each good for 14 days from sign-in, in all communities. To each hub a session
 * has an entry with a secret of its own, so that what one hub's cookie proves it proves to that hub
 * only. Blocking.
 */
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
     * Signs a browser in to the platform. The cookie of the answer is new at every sign-in.
     *
     * @param where the community whose hub it signs in at; for the log
     * @throws Problem NOT_FOUND user.unknown
     */
    public Session.Opened open(CommunityId where, UserId user, String userAgent) {
        var cookie = Secret.random();
        var now = clock.instant();
        var agent =
                userAgent.length() > MAX_USER_AGENT
                        ? userAgent.substring(0, MAX_USER_AGENT)
                        : userAgent;
        var draft = new Session(0, user, Secret.random().reveal(), agent, now, now.plus(LIFE));
        var session = sessions.open(where, draft, cookie.hash());
        users.recordActivity(Map.of(user.value(), now.toEpochMilli()));
        return new Session.Opened(session, cookie);
    }

    /**
     * Lets the session into a community's hub; the caller has looked whether its user belongs
     * there. An earlier entry of the session to the same hub ends.
     *
     * @return the cookie that proves the session to this hub; it cannot be had again
     * @throws Problem UNAUTHENTICATED session.ended
     */
    public Secret enter(Session session, CommunityId community) {
        var cookie = Secret.random();
        sessions.enter(session, community, cookie.hash());
        return cookie;
    }

    /**
     * The session that {@code cookie} proves to this hub, unless it has ended. One indexed read.
     */
    public Optional<Session> find(CommunityId community, Secret cookie) {
        return sessions.find(community, cookie.hash(), clock.instant());
    }

    /** The session that {@code cookie} proves to the platform itself, unless it has ended. */
    public Optional<Session> find(Secret cookie) {
        return sessions.find(cookie.hash(), clock.instant());
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

    /** Takes the user's sessions out of one community, where they do not belong any more. */
    public void leave(UserId user, CommunityId community) {
        sessions.leave(user, community);
    }
}
