package org.lyceum.hub;

import org.lyceum.identity.Session;
import org.lyceum.platform.http.Cookie;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Secret;

import java.time.Duration;
import java.util.List;

/**
 * The hub's cookies (contract §3.5), and the platform's. Neither sets one below {@code …/user/}:
 * those belong to the single-user servers.
 */
final class HubCookies {

    /** Proves to one hub who is signed in; only its own pages and API get it. */
    static final String LOGIN = "jupyterhub-hub-login";

    /** Which browser session it is; single-user servers read it. Proves nothing. */
    static final String SESSION_ID = "jupyterhub-session-id";

    /** Proves to the platform who is signed in. */
    static final String PLATFORM = "lyceum-session";

    /** The only paths that get {@link #PLATFORM}: panel, its API, and the way into other hubs. */
    static final List<String> PLATFORM_PATHS = List.of("/api/admin/", "/panel/", "/sso/");

    /** Says that there is a session to ask {@code /sso/} about. Proves nothing. */
    static final String SIGNED_IN = "lyceum-signed-in";

    /** How long a session lives; the browser forgets it then. */
    private static final Duration LIFE = Duration.ofDays(14);

    /** Life of the XSRF cookie of somebody who has not signed in yet. */
    private static final Duration ANONYMOUS_LIFE = Duration.ofHours(1);

    private final HubUrls urls;

    HubCookies(HubUrls urls) {
        this.urls = urls;
    }

    /** For a browser that signed in to the platform. */
    static Response opened(Request request, Response response, Secret proof) {
        boolean secure = request.secure();
        var out = response.with(new Cookie(SIGNED_IN, "1", "/", true, secure, LIFE));
        for (var path : PLATFORM_PATHS) {
            out = out.with(new Cookie(PLATFORM, proof.reveal(), path, true, secure, LIFE));
        }
        return out;
    }

    static Response closed(Request request, Response response) {
        boolean secure = request.secure();
        var out = response.with(Cookie.removed(SIGNED_IN, "/", secure));
        for (var path : PLATFORM_PATHS) {
            out = out.with(Cookie.removed(PLATFORM, path, secure));
        }
        return out;
    }

    /** For a browser that may enter this hub. */
    Response entered(Request request, Response response, Session session, Secret proof) {
        return response.with(
                        new Cookie(LOGIN, proof.reveal(), urls.hub(), true, request.secure(), LIFE))
                .with(sessionId(request, session));
    }

    Response left(Request request, Response response) {
        boolean secure = request.secure();
        return response.with(Cookie.removed(LOGIN, urls.hub(), secure))
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
