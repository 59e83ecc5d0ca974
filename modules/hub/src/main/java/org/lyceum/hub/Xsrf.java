package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Proof that a request made with a cookie comes from a page of the hub, not from somebody else's
 * page or from a notebook on the same host. Rules: jupyterhub 5.5.1, {@code _xsrf_utils.py}.
 *
 * <p>The token is derived from the browser session's secret, and before sign-in from a key of this
 * process and what is known of the client; so nothing is stored, and a token is worth nothing in
 * another session. The browser sends it twice, as a cookie and as a field, query argument or
 * header.
 */
final class Xsrf {

    /** Name of the cookie, the form field and the query argument. */
    static final String NAME = "_xsrf";

    /** What is asked for: pages are opened by people, the API is called by scripts. */
    enum Kind {
        PAGE,
        API,
        /** What is in people's files: nothing but a visit reads it without proof. */
        FILES
    }

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Secret anonymousKey;

    /**
     * @param anonymousKey derives the tokens of people who are not signed in
     */
    Xsrf(Secret anonymousKey) {
        this.anonymousKey = anonymousKey;
    }

    /**
     * The token this client must send.
     *
     * @param session the secret of the browser session; null before sign-in
     */
    String token(Request request, @Nullable Secret session) {
        if (session != null) {
            return session.sign("xsrf");
        }
        return anonymousKey.sign(request.peer() + "\n" + request.header("user-agent").orElse(""));
    }

    /**
     * Whether a page may carry the token in its markup. A script on the same host (a notebook)
     * could fetch the page and read it there; only a navigation, whose result no script sees, gets
     * it.
     */
    static boolean mayReceive(Request request) {
        return mode(request).map("navigate"::equals).orElse(true);
    }

    /** Whether a request that is authenticated by cookie has to prove where it comes from. */
    static boolean required(Kind kind, Request request) {
        boolean reading = READING.contains(request.method());
        if (kind == Kind.PAGE) {
            return !reading;
        }
        var mode = mode(request).orElse("");
        if (kind == Kind.FILES) {
            return !reading || !(mode.isEmpty() || mode.equals("navigate"));
        }
        return switch (mode) {
            case "websocket" -> false; // its Origin is checked instead
            case "", "navigate" -> !reading;
            case "no-cors" -> !reading || !sameOrigin(request);
            default -> true; // cors, same-origin and what may come: a script sent it
        };
    }

    /**
     * Passes when no proof is needed or the right one is there. Of several cookies of that name (a
     * notebook server sets its own) any may be ours.
     *
     * @throws Problem FORBIDDEN xsrf.missing, xsrf.mismatch
     */
    void check(Kind kind, Request request, @Nullable Secret session) {
        if (!required(kind, request)) {
            return;
        }
        var proof = proof(request);
        if (proof.isEmpty()) {
            throw Problem.forbidden(
                    "xsrf.missing", "'_xsrf' argument missing from " + request.method());
        }
        var token = token(request, session);
        boolean cookie = request.cookies(NAME).stream().anyMatch(c -> Secret.same(c, token));
        if (!cookie || !Secret.same(proof.get(), token)) {
            throw Problem.forbidden(
                    "xsrf.mismatch",
                    "XSRF cookie does not match " + request.method() + " argument");
        }
    }

    private static Optional<String> proof(Request request) {
        return request.header("x-xsrftoken")
                .or(() -> request.header("x-csrftoken"))
                .or(() -> request.query(NAME))
                .or(() -> request.hasForm() ? request.form().first(NAME) : Optional.empty())
                .filter(proof -> !proof.isEmpty());
    }

    private static boolean sameOrigin(Request request) {
        return request.header("sec-fetch-site").map("same-origin"::equals).orElse(false);
    }

    private static Optional<String> mode(Request request) {
        return request.header("sec-fetch-mode").map(mode -> mode.toLowerCase(Locale.ROOT));
    }
}
