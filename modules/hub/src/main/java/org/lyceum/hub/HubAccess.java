package org.lyceum.hub;

import org.lyceum.identity.Decision;
import org.lyceum.identity.Target;
import org.lyceum.identity.TokenService;
import org.lyceum.identity.UserService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Access.Credential;
import org.lyceum.platform.http.Access.Rule;
import org.lyceum.platform.http.Refusal;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Who may call the hub's endpoints (contract §1.2, §3.6, §4.1, §5.6). Each rule finds the caller,
 * by token or cookie, and attaches a {@link HubCaller}. Pages know cookies only; the API knows
 * both, and answers 403 to whoever lacks the scopes, 404 to whoever has them for something else.
 */
final class HubAccess {

    /** What the scopes of an endpoint are about; names come from its path. */
    enum Aim {
        /** The hub as a whole. */
        HUB,
        /** {@code :user}. */
        USER,
        /** {@code :server} of {@code :user}, or the default one. */
        SERVER,
        /** {@code :group}. */
        GROUP,
        /** {@code :service}. */
        SERVICE,
        /** A list, of which the endpoint shows what the caller may see. */
        LIST
    }

    private record Admission(Rule rule, UnaryOperator<Request> admission) implements Access {
        @Override
        public Request admit(Request request) {
            return admission.apply(request);
        }
    }

    private static final List<Credential> COOKIE = List.of(Credential.COOKIE);

    private static final List<Credential> ANY = List.of(Credential.TOKEN, Credential.COOKIE);

    private static final Set<String> SCHEMES = Set.of("token", "bearer");

    private final CommunityId community;
    private final HubUrls urls;
    private final BrowserSessions browsers;
    private final TokenService tokens;
    private final UserService users;
    private final Targets targets;
    private final Xsrf xsrf;

    HubAccess(
            CommunityId community,
            HubUrls urls,
            BrowserSessions browsers,
            TokenService tokens,
            UserService users,
            Targets targets,
            Xsrf xsrf) {
        this.community = community;
        this.urls = urls;
        this.browsers = browsers;
        this.tokens = tokens;
        this.users = users;
        this.targets = targets;
        this.xsrf = xsrf;
    }

    /** Everybody. */
    Access open() {
        return Access.open();
    }

    /** Whoever is signed in; others are sent to sign in first. */
    Access page() {
        return new Admission(new Rule("signed in", COOKIE, List.of()), this::signedIn);
    }

    /**
     * The same for what is in people's files: a picture or a script of another page on this host,
     * which may be somebody else's notebook, must not read it.
     */
    Access files() {
        return new Admission(
                new Rule("signed in", COOKIE, List.of()),
                request -> {
                    var caller = browsers.of(request).orElseThrow(() -> toSignIn(request));
                    return proven(Xsrf.Kind.FILES, request, caller);
                });
    }

    /** Whoever is signed in and holds any of {@code scopes}. */
    Access page(Aim aim, String... scopes) {
        var required = Set.of(scopes);
        return new Admission(
                new Rule("signed in, scope " + written(required), COOKIE, sorted(required)),
                request -> checked(signedIn(request), aim, required));
    }

    /** Whoever has any valid token or cookie. */
    Access api() {
        return new Admission(new Rule("any token", ANY, List.of()), this::identified);
    }

    /** Whoever holds any of {@code scopes} for the aim. */
    Access api(Aim aim, String... scopes) {
        var required = Set.of(scopes);
        return new Admission(
                new Rule("scope " + written(required), ANY, sorted(required)),
                request -> checked(identified(request), aim, required));
    }

    /** A page that also takes a token, and asks for no XSRF proof when it is only read. */
    Access visit() {
        return new Admission(
                new Rule("signed in, or any token", ANY, List.of()),
                request ->
                        presented(request).isPresent()
                                ? byToken(request).orElseThrow(() -> toSignIn(request))
                                : visitor(request));
    }

    /** The caller of an API request, if it has a token or cookie that is good. */
    Optional<Request> identify(Request request) {
        if (presented(request).isPresent()) {
            return byToken(request);
        }
        if (isForeignForm(request)) {
            return Optional.empty();
        }
        return browsers.of(request).map(caller -> proven(Xsrf.Kind.API, request, caller));
    }

    /**
     * @throws Problem as the contract splits them: FORBIDDEN or NOT_FOUND
     */
    static void check(HubCaller caller, Set<String> required, Target target) {
        decide(caller.caller().check(required, target), required);
    }

    /** Looking at where a server was is not activity. */
    private Request visitor(Request request) {
        return request.withCaller(browsers.of(request).orElseThrow(() -> toSignIn(request)));
    }

    private Request signedIn(Request request) {
        var caller = browsers.of(request).orElseThrow(() -> toSignIn(request));
        return proven(Xsrf.Kind.PAGE, request, caller);
    }

    private Request identified(Request request) {
        return identify(request)
                .orElseThrow(
                        () ->
                                Problem.forbidden(
                                        "credentials.invalid", "Missing or invalid credentials."));
    }

    private Optional<Request> byToken(Request request) {
        return presented(request)
                .flatMap(secret -> tokens.authenticate(community, secret))
                .map(caller -> request.withCaller(new HubCaller(caller, null)));
    }

    private Request proven(Xsrf.Kind kind, Request request, HubCaller caller) {
        xsrf.check(kind, request, caller.cookie());
        users.touch(caller.user().id());
        return request.withCaller(caller);
    }

    private Request checked(Request request, Aim aim, Set<String> required) {
        var caller = HubCaller.of(request);
        if (aim == Aim.LIST) {
            boolean any = required.stream().anyMatch(caller.caller().scopes()::holdsAny);
            decide(any ? Decision.ALLOWED : Decision.LACKING, required);
        } else {
            check(caller, required, targets.of(aim, request));
        }
        return request;
    }

    private static void decide(Decision decision, Set<String> required) {
        switch (decision) {
            case ALLOWED -> {}
            case FILTERED_OUT ->
                    throw Problem.notFound(
                            "resource.unknown", "No access to resources or resources not found");
            case LACKING ->
                    throw Problem.forbidden(
                            "scope.lacking",
                            "Action is not authorized with current scopes; requires any of ["
                                    + written(required)
                                    + "]");
        }
    }

    private RuntimeException toSignIn(Request request) {
        if (!request.method().equals("GET")) {
            return Problem.forbidden(
                    "credentials.invalid", "You are not signed in. Sign in, then try again.");
        }
        return new Refusal(Response.redirect(302, urls.loginThen(request.rawTarget())));
    }

    /** The token of {@code Authorization: token …} or {@code bearer …}. */
    private static Optional<Secret> presented(Request request) {
        return request.header("authorization")
                .map(value -> value.strip().split("\\s+", 2))
                .filter(parts -> SCHEMES.contains(parts[0].toLowerCase(Locale.ROOT)))
                .map(parts -> Secret.presented(parts.length == 2 ? parts[1] : ""));
    }

    /** A form on a foreign page can send these content types, so the cookie does not count. */
    private static boolean isForeignForm(Request request) {
        var type = request.header("content-type").orElse("").split(";")[0].strip();
        return request.method().equals("POST")
                && !type.isEmpty()
                && !type.equalsIgnoreCase("application/json");
    }

    private static String written(Set<String> scopes) {
        return String.join(", ", sorted(scopes));
    }

    private static List<String> sorted(Set<String> scopes) {
        return scopes.stream().sorted().toList();
    }
}
