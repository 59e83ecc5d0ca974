package org.lyceum.hub;

import org.lyceum.identity.Session;
import org.lyceum.platform.http.Cookie;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Secret;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

    /** What a browser keeps while it is at a provider's page; only the way back gets it. */
    private static final String AWAY = "lyceum-away";

    /** People look for their telephone in between; longer than any departure is good. */
    private static final Duration AWAY_LIFE = Duration.ofMinutes(15);

    /** What a browser keeps between the first and the second factor; it opens nothing. */
    private static final String HALF = "lyceum-half";

    /** Half of what proves that a browser comes back to where it set out. */
    private static final String TRIP = "lyceum-trip";

    /** Says that there is a session to ask {@code /sso/} about. Proves nothing. */
    static final String SIGNED_IN = "lyceum-signed-in";

    /** How long a session lives; the browser forgets it then. */
    private static final Duration LIFE = Duration.ofDays(14);

    /** Life of the XSRF cookie of somebody who has not signed in yet. */
    private static final Duration ANONYMOUS_LIFE = Duration.ofHours(1);

    /** Browsers let no other host, and no path but {@code /}, set a cookie of such a name. */
    private static final String HOST_PREFIX = "__Host-";

    private final HubUrls urls;

    HubCookies(HubUrls urls) {
        this.urls = urls;
    }

    /** Cookies with the hub's proof; a browser sends several when an old one is left. */
    List<String> proofs(Request request) {
        return request.cookies(loginName(request));
    }

    /** Cookies with the platform's proof. */
    List<String> platformProofs(Request request) {
        return request.cookies(bound(request) ? HOST_PREFIX + PLATFORM : PLATFORM);
    }

    /**
     * Whether cookies are bound to this host by their names. Then they are for all of its paths,
     * which is as good where no user's server is on the host; elsewhere the path protects them.
     */
    private boolean bound(Request request) {
        return urls.address().hostCookies() && request.secure();
    }

    /** What the proof of who is signed in is called. */
    String loginName(Request request) {
        var mark = urls.address().mark();
        return bound(request) ? HOST_PREFIX + LOGIN + (mark.isEmpty() ? "" : "-" + mark) : LOGIN;
    }

    private String loginPath(Request request) {
        return bound(request) ? "/" : urls.hub();
    }

    /** For a browser that signed in to the platform. */
    Response opened(Request request, Response response, Secret proof) {
        boolean secure = request.secure();
        var out = response.with(new Cookie(SIGNED_IN, "1", "/", true, secure, LIFE));
        if (bound(request)) {
            return out.with(
                    new Cookie(HOST_PREFIX + PLATFORM, proof.reveal(), "/", true, true, LIFE));
        }
        for (var path : PLATFORM_PATHS) {
            out = out.with(new Cookie(PLATFORM, proof.reveal(), path, true, secure, LIFE));
        }
        return out;
    }

    Response closed(Request request, Response response) {
        boolean secure = request.secure();
        var out = response.with(Cookie.removed(SIGNED_IN, "/", secure));
        if (bound(request)) {
            return out.with(Cookie.removed(HOST_PREFIX + PLATFORM, "/", true));
        }
        for (var path : PLATFORM_PATHS) {
            out = out.with(Cookie.removed(PLATFORM, path, secure));
        }
        return out;
    }

    /** For a browser that may enter this hub. */
    Response entered(Request request, Response response, Session session, Secret proof) {
        var name = loginName(request);
        var path = loginPath(request);
        return response.with(new Cookie(name, proof.reveal(), path, true, request.secure(), LIFE))
                .with(sessionId(request, session));
    }

    Response left(Request request, Response response) {
        boolean secure = request.secure();
        var domain = urls.address().domain();
        return response.with(Cookie.removed(loginName(request), loginPath(request), secure))
                .with(Cookie.removed(SESSION_ID, urls.base(), secure).within(domain))
                .with(Cookie.removed(Xsrf.NAME, urls.hub(), secure));
    }

    /** For a browser that goes to the platform's host and will come back. */
    Response departed(Request request, Response response, Secret trip) {
        var path = loginPath(request);
        boolean secure = request.secure();
        return response.with(
                new Cookie(tripName(request), trip.reveal(), path, true, secure, ANONYMOUS_LIFE));
    }

    /** For a browser that goes to a provider's page; a second tab goes with the same. */
    Response away(Request request, Response response, Secret proof) {
        boolean secure = request.secure();
        return response.with(
                new Cookie(
                        awayName(request),
                        proof.reveal(),
                        awayPath(request),
                        true,
                        secure,
                        AWAY_LIFE));
    }

    /** For a browser whose user has shown the first factor and not yet the second. */
    Response half(Request request, Response response, Secret proof) {
        var path = loginPath(request);
        boolean secure = request.secure();
        return response.with(
                new Cookie(halfName(request), proof.reveal(), path, true, secure, AWAY_LIFE));
    }

    Optional<String> halfProof(Request request) {
        return request.cookies(halfName(request)).stream().filter(c -> !c.isEmpty()).findFirst();
    }

    Response whole(Request request, Response response) {
        return response.with(
                Cookie.removed(halfName(request), loginPath(request), request.secure()));
    }

    private String halfName(Request request) {
        return bound(request) ? HOST_PREFIX + HALF : HALF;
    }

    Optional<String> awayProof(Request request) {
        return request.cookies(awayName(request)).stream().filter(c -> !c.isEmpty()).findFirst();
    }

    private String awayName(Request request) {
        return bound(request) ? HOST_PREFIX + AWAY : AWAY;
    }

    private String awayPath(Request request) {
        return bound(request) ? "/" : SsoSurface.BASE;
    }

    List<String> trips(Request request) {
        return request.cookies(tripName(request));
    }

    Response arrived(Request request, Response response) {
        return response.with(
                Cookie.removed(tripName(request), loginPath(request), request.secure()));
    }

    private String tripName(Request request) {
        return bound(request) ? HOST_PREFIX + TRIP : TRIP;
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

    /** Servers must see it, also on hosts of their own. */
    private Cookie sessionId(Request request, Session session) {
        var id = session.publicId();
        return new Cookie(SESSION_ID, id, urls.base(), true, request.secure(), null)
                .within(urls.address().domain());
    }
}
