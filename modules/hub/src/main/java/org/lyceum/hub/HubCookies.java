package org.lyceum.hub;

import org.lyceum.identity.Session;
import org.lyceum.platform.http.Cookie;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;

import java.time.Duration;
import java.util.List;

/**
 * The hub's cookies (contract §3.5). The hub never sets one below {@code …/user/}: those belong to
 * the single-user servers.
 */
final class HubCookies {

    /** Proves who is signed in; only the hub's own pages and API get it. */
    static final String LOGIN = "jupyterhub-hub-login";

    /** Which browser session it is; single-user servers read it. Proves nothing. */
    static final String SESSION_ID = "jupyterhub-session-id";

    /** The same proof as {@link #LOGIN}, for the admin panel's API, which lies outside the hub. */
    static final String PANEL = "lyceum-session";

    /** Path of the admin panel's API. */
    static final String PANEL_PATH = "/api/admin/";

    /** How long a session lives; the browser forgets it then. */
    private static final Duration LIFE = Duration.ofDays(14);

    /** Life of the XSRF cookie of somebody who has not signed in yet. */
    private static final Duration ANONYMOUS_LIFE = Duration.ofHours(1);

    private final HubUrls urls;

    HubCookies(HubUrls urls) {
        this.urls = urls;
    }

    Response signedIn(Request request, Response response, Session.Opened opened) {
        boolean secure = request.secure();
        var proof = opened.cookie().reveal();
        return response.with(new Cookie(LOGIN, proof, urls.hub(), true, secure, LIFE))
                .with(new Cookie(PANEL, proof, PANEL_PATH, true, secure, LIFE))
                .with(sessionId(request, opened.session()));
    }

    Response signedOut(Request request, Response response) {
        boolean secure = request.secure();
        return response.with(Cookie.removed(LOGIN, urls.hub(), secure))
                .with(Cookie.removed(PANEL, PANEL_PATH, secure))
                .with(Cookie.removed(SESSION_ID, urls.base(), secure))
                .with(Cookie.removed(Xsrf.NAME, urls.hub(), secure));
    }

    /** Readable by scripts of the hub's pages, and by no others. */
    Response xsrf(Request request, Response response, String token, boolean anonymous) {
        if (request.cookies(Xsrf.NAME).equals(List.of(token))) {
            return response;
        }
        var life = anonymous ? ANONYMOUS_LIFE : null;
        return response.with(
                new Cookie(Xsrf.NAME, token, urls.hub(), false, request.secure(), life));
    }

    /**
     * Sets the session id again when the browser has lost it: it lasts until the browser closes,
     * the proof of sign-in lasts longer.
     */
    Response keepSessionId(Request request, Response response, Session session) {
        boolean there = request.cookies(SESSION_ID).contains(session.publicId());
        return there ? response : response.with(sessionId(request, session));
    }

    private Cookie sessionId(Request request, Session session) {
        return new Cookie(
                SESSION_ID, session.publicId(), urls.base(), true, request.secure(), null);
    }
}
