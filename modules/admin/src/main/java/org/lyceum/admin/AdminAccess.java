package org.lyceum.admin;

import org.lyceum.community.Community;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.Session;
import org.lyceum.identity.User;
import org.lyceum.login.FactorService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.slf4j.MDC;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Lets those pass who are signed in, at whatever hub, and administer something: the whole platform,
 * or a community of theirs.
 */
final class AdminAccess {

    /** Set by the hubs at sign-in: proves the session to the platform. */
    static final String COOKIE = "lyceum-session";

    /** What it is called where no other host may set it (HubCookies). */
    static final String HOST_COOKIE = "__Host-" + COOKIE;

    /** A browser sends one; more are somebody's trial. */
    private static final int MAX_COOKIES = 4;

    private record Admission(Rule rule, UnaryOperator<Request> admission) implements Access {
        @Override
        public Request admit(Request request) {
            return admission.apply(request);
        }
    }

    private final IdentityModule identity;
    private final FactorService factors;
    private final boolean hostCookies;

    /**
     * @param hostCookies whether over https only {@link #HOST_COOKIE} counts
     */
    AdminAccess(IdentityModule identity, FactorService factors, boolean hostCookies) {
        this.identity = identity;
        this.factors = factors;
        this.hostCookies = hostCookies;
    }

    /** What proves the session, as far as this browser knows. */
    List<String> cookies(Request request) {
        return request.cookies(hostCookies && request.secure() ? HOST_COOKIE : COOKIE);
    }

    /** Administrators of the platform. */
    Access platform() {
        return rule("platform administrator", this::admitAdministrator);
    }

    /** They, and managers of communities; the endpoint keeps to what is theirs. */
    Access managers() {
        return rule("platform administrator or manager of a community", this::admitManager);
    }

    private static Access rule(String words, UnaryOperator<Request> admission) {
        return new Admission(
                new Access.Rule(words, List.of(Access.Credential.COOKIE), List.of()), admission);
    }

    private Request admitAdministrator(Request request) {
        var session = session(request).session();
        var user = user(session);
        if (!user.admin()) {
            throw Problem.forbidden(
                    "admin.required",
                    "Only platform administrators may do this; ask one of them to make you one.");
        }
        requireFactor(user);
        return request.withCaller(identity.tokens().callerOf(Community.DEFAULT, session));
    }

    private Request admitManager(Request request) {
        var user = user(session(request).session());
        Set<CommunityId> manages = user.admin() ? Set.of() : identity.roles().managedBy(user.id());
        if (!user.admin() && manages.isEmpty()) {
            throw Problem.forbidden(
                    "admin.manager-required",
                    "Only administrators and managers of a community may open the panel; ask one of"
                            + " them to make you one.");
        }
        requireFactor(user);
        return request.withCaller(new AdminCaller(user, manages));
    }

    /** A session may be older than the rule, or than the role. */
    private void requireFactor(User user) {
        if (factors.lacks(user)) {
            throw Problem.forbidden(
                    "factor.required",
                    "Your role wants a second factor. Set one up on your account's page: press your"
                            + " name on the home page; then come back.");
        }
    }

    /** A session, and the cookie that proved it. */
    private record Proven(Session session, Secret cookie) {}

    private Proven session(Request request) {
        var proven =
                cookies(request).stream()
                        .limit(MAX_COOKIES)
                        .map(Secret::presented)
                        .flatMap(cookie -> proven(cookie).stream())
                        .findFirst()
                        .orElseThrow(AdminAccess::signedOut);
        PanelProof.require(request, proven.cookie());
        return proven;
    }

    private Optional<Proven> proven(Secret cookie) {
        return identity.sessions().find(cookie).map(session -> new Proven(session, cookie));
    }

    private User user(Session session) {
        var user = identity.users().find(session.user()).orElseThrow(AdminAccess::signedOut);
        MDC.put("actor", user.actor().toString());
        return user;
    }

    private static Problem signedOut() {
        return Problem.of(
                Problem.Kind.UNAUTHENTICATED,
                "session.missing",
                "You are not signed in; sign in and come back.");
    }
}
