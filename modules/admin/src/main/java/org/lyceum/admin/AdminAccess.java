package org.lyceum.admin;

import org.lyceum.community.Community;
import org.lyceum.identity.Owner;
import org.lyceum.identity.SessionService;
import org.lyceum.identity.TokenService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.slf4j.MDC;

import java.util.List;

/** Lets platform administrators pass who are signed in, and nobody else. */
final class AdminAccess implements Access {

    /** Set by the hub at sign-in; the same session as the hub's cookie, on the panel's path. */
    static final String COOKIE = "lyceum-session";

    private final Community home;
    private final SessionService sessions;
    private final TokenService tokens;

    /** {@code home}: the community whose sign-in opens the panel. */
    AdminAccess(Community home, SessionService sessions, TokenService tokens) {
        this.home = home;
        this.sessions = sessions;
        this.tokens = tokens;
    }

    @Override
    public Request admit(Request request) {
        var session =
                request.cookies(COOKIE).stream()
                        .limit(4) // a browser sends one; more are somebody's trial
                        .flatMap(
                                cookie ->
                                        sessions.find(home.id(), Secret.presented(cookie)).stream())
                        .findFirst()
                        .orElseThrow(AdminAccess::signedOut);
        var caller = tokens.callerOf(session);
        MDC.put("actor", caller.actor().toString());
        if (!(caller.owner() instanceof Owner.OfUser(var user)) || !user.admin()) {
            throw Problem.forbidden(
                    "admin.required",
                    "Only platform administrators may open the panel; ask one of them to make you"
                            + " one.");
        }
        requireOwnPage(request);
        return request.withCaller(caller);
    }

    /**
     * Another site can make a browser send a form with our cookie, but not a header of ours:
     * browsers ask us first, and we do not allow it.
     */
    private static void requireOwnPage(Request request) {
        boolean reads = request.method().equals("GET");
        if (!reads && request.header("X-Lyceum-CSRF").isEmpty()) {
            throw Problem.forbidden(
                    "admin.not-from-panel",
                    "This change did not come from the panel; send the header X-Lyceum-CSRF: 1.");
        }
    }

    private static Problem signedOut() {
        return Problem.of(
                Problem.Kind.UNAUTHENTICATED,
                "session.missing",
                "You are not signed in; sign in and come back.");
    }

    @Override
    public Rule rule() {
        return new Rule("platform administrator", List.of(Credential.COOKIE), List.of());
    }
}
