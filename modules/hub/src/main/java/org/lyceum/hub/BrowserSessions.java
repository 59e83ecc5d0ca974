package org.lyceum.hub;

import org.lyceum.community.MemberService;
import org.lyceum.hub.HubCaller.Browser;
import org.lyceum.identity.Session;
import org.lyceum.identity.SessionService;
import org.lyceum.identity.TokenService;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.Optional;

/**
 * Signs browsers in and out, and recognises those that are signed in and belong to this community.
 * Blocking.
 */
final class BrowserSessions {

    /** A browser sends one cookie of the name, or two when an old one is left; more is junk. */
    private static final int MAX_COOKIES = 4;

    /** Of a User-Agent as it is kept with a session. */
    private static final int MAX_AGENT_LENGTH = 255;

    private final CommunityId community;
    private final SessionService sessions;
    private final TokenService tokens;
    private final MemberService members;
    private final HubCookies cookies;
    private final Xsrf xsrf;

    BrowserSessions(
            CommunityId community,
            SessionService sessions,
            TokenService tokens,
            MemberService members,
            HubCookies cookies,
            Xsrf xsrf) {
        this.community = community;
        this.sessions = sessions;
        this.tokens = tokens;
        this.members = members;
        this.cookies = cookies;
        this.xsrf = xsrf;
    }

    /** Whoever this browser is signed in as, if they belong to the community. */
    Optional<HubCaller> of(Request request) {
        return cookies.proofs(request).stream()
                .filter(cookie -> !cookie.isEmpty())
                .limit(MAX_COOKIES)
                .map(Secret::presented)
                .flatMap(cookie -> of(cookie).stream())
                .findFirst();
    }

    /** Whether it is worth asking the platform who this is. */
    static boolean mayBeSignedIn(Request request) {
        return !request.cookies(HubCookies.SIGNED_IN).isEmpty();
    }

    /**
     * Opens a session of its own for this sign-in and adds its cookies to {@code response}; those
     * of the hub only for a member.
     */
    Response signIn(Request request, Response response, User user) {
        of(request).ifPresent(this::end);
        var agent = request.header("user-agent").orElse("");
        var opened =
                sessions.open(
                        community,
                        user.id(),
                        agent.substring(0, Math.min(agent.length(), MAX_AGENT_LENGTH)));
        var signedIn = cookies.opened(request, response, opened.cookie());
        return admits(user) ? enter(request, signedIn, opened.session()) : signedIn;
    }

    /** Lets a session of the platform into this hub. */
    Response enter(Request request, Response response, Session session) {
        var proof = sessions.enter(session, community);
        var entered = cookies.entered(request, response, session, proof);
        return cookies.xsrf(request, entered, xsrf.token(request, proof), false);
    }

    /** Administrators belong to every community from their first visit on. */
    boolean admits(User user) {
        if (members.isMember(community, user.id())) {
            return true;
        }
        if (user.admin()) {
            members.join(user.actor(), community, user.id());
        }
        return user.admin();
    }

    /**
     * Ends the session with the OAuth tokens issued in it, so servers let go of the browser too;
     * and with it its sign-in to every other hub.
     *
     * @param platform whether the platform's cookies go as well; else they are still needed where
     *     the response leads
     */
    Response signOut(Request request, Response response, boolean platform) {
        of(request).ifPresent(this::end);
        var left = cookies.left(request, response);
        return platform ? cookies.closed(request, left) : left;
    }

    /** Takes the platform's cookies from a browser. */
    Response forget(Request request, Response response) {
        return cookies.closed(request, response);
    }

    /** The platform's session, as this browser proves it where it sends the platform's cookie. */
    Optional<Session> platformSession(Request request) {
        return cookies.platformProofs(request).stream()
                .limit(MAX_COOKIES)
                .flatMap(cookie -> sessions.find(Secret.presented(cookie)).stream())
                .findFirst();
    }

    void end(Session session) {
        sessions.end(session);
    }

    private void end(HubCaller caller) {
        var browser = caller.browser();
        if (browser != null) {
            end(browser.session());
        }
    }

    /** Whom a cookie of this name and value signs in, if it is this hub's own. */
    Optional<HubCaller> of(Request request, String name, String value) {
        boolean own = name.equals(HubCookies.LOGIN) || name.equals(cookies.loginName(request));
        return own && !value.isEmpty() ? of(Secret.presented(value)) : Optional.empty();
    }

    /** Whoever this cookie proves now. */
    Optional<HubCaller> of(Secret cookie) {
        return sessions.find(community, cookie)
                .filter(session -> members.isMember(community, session.user()))
                .flatMap(
                        session -> {
                            try {
                                var caller = tokens.callerOf(community, session);
                                return Optional.of(
                                        new HubCaller(caller, new Browser(session, cookie)));
                            } catch (Problem userIsGone) {
                                return Optional.empty();
                            }
                        });
    }
}
