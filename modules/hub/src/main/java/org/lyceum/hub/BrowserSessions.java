package org.lyceum.hub;

import org.lyceum.hub.HubCaller.Browser;
import org.lyceum.identity.SessionService;
import org.lyceum.identity.TokenService;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.Optional;

/** Signs browsers in and out of one community's hub, and recognises those that are. Blocking. */
final class BrowserSessions {

    /** A browser sends one cookie of the name, or two when an old one is left; more is junk. */
    private static final int MAX_COOKIES = 4;

    /** Of a User-Agent as it is kept with a session. */
    private static final int MAX_AGENT_LENGTH = 255;

    private final CommunityId community;
    private final SessionService sessions;
    private final TokenService tokens;
    private final HubCookies cookies;
    private final Xsrf xsrf;

    BrowserSessions(
            CommunityId community,
            SessionService sessions,
            TokenService tokens,
            HubCookies cookies,
            Xsrf xsrf) {
        this.community = community;
        this.sessions = sessions;
        this.tokens = tokens;
        this.cookies = cookies;
        this.xsrf = xsrf;
    }

    /** Whoever this browser is signed in as. */
    Optional<HubCaller> of(Request request) {
        return request.cookies(HubCookies.LOGIN).stream()
                .filter(cookie -> !cookie.isEmpty())
                .limit(MAX_COOKIES)
                .map(Secret::presented)
                .flatMap(cookie -> of(cookie).stream())
                .findFirst();
    }

    /** Opens a session of its own for this sign-in and adds its cookies to {@code response}. */
    Response signIn(Request request, Response response, User user) {
        of(request).ifPresent(this::end);
        var agent = request.header("user-agent").orElse("");
        var opened =
                sessions.open(
                        community,
                        user.id(),
                        agent.substring(0, Math.min(agent.length(), MAX_AGENT_LENGTH)));
        var token = xsrf.token(request, opened.cookie());
        var signedIn = cookies.signedIn(request, response, opened);
        return cookies.xsrf(request, signedIn, token, false);
    }

    /**
     * Ends the session with the OAuth tokens issued in it, so servers let go of the browser too.
     */
    Response signOut(Request request, Response response) {
        of(request).ifPresent(this::end);
        return cookies.signedOut(request, response);
    }

    private void end(HubCaller caller) {
        var browser = caller.browser();
        if (browser != null) {
            sessions.end(browser.session());
        }
    }

    private Optional<HubCaller> of(Secret cookie) {
        return sessions.find(community, cookie)
                .flatMap(
                        session -> {
                            try {
                                var caller = tokens.callerOf(session);
                                return Optional.of(
                                        new HubCaller(caller, new Browser(session, cookie)));
                            } catch (Problem userIsGone) {
                                return Optional.empty();
                            }
                        });
    }
}
