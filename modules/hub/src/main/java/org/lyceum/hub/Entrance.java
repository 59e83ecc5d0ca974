package org.lyceum.hub;

import org.lyceum.identity.Session;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.List;
import java.util.Optional;

/** Lets whoever is signed in to the platform into this hub, or says why not. Blocking. */
final class Entrance {

    /** What is the platform's and needs no membership: its pages, and the way into other hubs. */
    private static final List<String> PLATFORM = List.of("/panel/", SsoSurface.BASE);

    /** A browser sends one cookie of the name, or two when an old one is left; more is junk. */
    private static final int MAX_TRIPS = 4;

    private static final String LOST =
            "The way back from signing in took too long, or began in another browser. Open the page"
                    + " again that you wanted.";

    private static final String TICKET = "ticket";
    private static final String TRIP = "trip";

    private final LiveCommunity community;
    private final HubUrls urls;
    private final PageFrame frame;
    private final ErrorPages errors;
    private final HubCookies cookies;
    private final BrowserSessions browsers;
    private final UserService users;
    private final StrangerPage stranger;
    private final Handover handover;

    Entrance(
            LiveCommunity community,
            HubUrls urls,
            PageFrame frame,
            ErrorPages errors,
            HubCookies cookies,
            BrowserSessions browsers,
            UserService users,
            StrangerPage stranger,
            Handover handover) {
        this.community = community;
        this.urls = urls;
        this.frame = frame;
        this.errors = errors;
        this.cookies = cookies;
        this.browsers = browsers;
        this.users = users;
        this.stranger = stranger;
        this.handover = handover;
    }

    List<Endpoint> endpoints(HubAccess access) {
        return urls.address().apart()
                ? List.of(Endpoint.get("hub/sso", access.open(), this::arrive))
                : List.of();
    }

    /** Whether it is worth asking the platform who this is. */
    boolean mayKnow(Request request) {
        return urls.address().apart() || BrowserSessions.mayBeSignedIn(request);
    }

    /**
     * Sends a browser to ask whether it is signed in to the platform; it comes back from there.
     * From another host it takes half of a secret along and keeps the other half.
     */
    Response ask(Request request, String next) {
        var target =
                SsoSurface.BASE
                        + "enter?to="
                        + community.now().id()
                        + "&next="
                        + Names.queryValue(next);
        if (!urls.address().apart()) {
            return Response.redirect(302, target);
        }
        var secret = Secret.random();
        var trip = "&" + TRIP + "=" + Handover.trip(secret);
        var onward = Response.redirect(302, urls.address().toPlatform(target + trip));
        return cookies.departed(request, onward, secret);
    }

    /** Where a session of the platform ends. */
    String out() {
        return urls.address().toPlatform(SsoSurface.BASE + "out?to=" + community.now().id());
    }

    /**
     * The sign-in form, for somebody the platform does not know. There is one on the platform's
     * host for all hubs that are not there, so that its cookies are set where they count.
     */
    String form(Optional<String> next, String trip) {
        if (urls.address().apart()) {
            var back =
                    SsoSurface.BASE
                            + "enter?to="
                            + community.now().id()
                            + "&"
                            + TRIP
                            + "="
                            + Names.queryValue(trip)
                            + next.map(n -> "&next=" + Names.queryValue(n)).orElse("");
            return "/hub/login?sso=no&next=" + Names.queryValue(back);
        }
        var login = urls.login() + "?sso=no";
        return next.map(n -> login + "&" + NextUrl.PARAMETER + "=" + Names.queryValue(n))
                .orElse(login);
    }

    /** The answer to a browser that asks, by the platform's cookie. */
    Response answer(Request request) {
        var next = urls.next(request);
        return browsers.platformSession(request)
                .map(session -> admit(request, session, next))
                .orElseGet(() -> unknown(request, next));
    }

    /** A browser that comes back from the platform's host with a ticket. */
    private Response arrive(Request request) {
        var next = urls.next(request).orElse(urls.home());
        var ticket = Secret.presented(request.query(TICKET).orElse(""));
        var session =
                cookies.trips(request).stream()
                        .limit(MAX_TRIPS)
                        .map(trip -> Handover.trip(Secret.presented(trip)))
                        .flatMap(trip -> redeem(ticket, trip).stream())
                        .findFirst();
        if (session.isEmpty()) {
            // Too late, or somebody else's: begin anew, by a click, or it could go in circles.
            return frame.bare(403, errors.problem(403, LOST, request.id()));
        }
        var onward = cookies.arrived(request, Response.redirect(302, next));
        return browsers.enter(request, onward, session.get());
    }

    private Optional<Session> redeem(Secret ticket, String trip) {
        return handover.redeem(ticket, community.now().id(), trip);
    }

    /** Without the cookies, or the browser would be sent here again. */
    private Response unknown(Request request, Optional<String> next) {
        var trip = request.query(TRIP).orElse("");
        return browsers.forget(request, Response.redirect(302, form(next, trip)));
    }

    /** Ends the platform's session in this browser. */
    Response leave(Request request) {
        browsers.platformSession(request).ifPresent(browsers::end);
        return unknown(request, Optional.empty());
    }

    private Response admit(Request request, Session session, Optional<String> next) {
        var user = users.find(session.user());
        if (user.isEmpty()) {
            return unknown(request, next);
        }
        if (browsers.admits(user.get()) && urls.address().apart()) {
            return handOver(request, session, next);
        }
        if (browsers.admits(user.get())) {
            var onward = Response.redirect(302, next.orElse(urls.home()));
            return browsers.enter(request, onward, session);
        }
        return refused(user.get(), next);
    }

    private Response handOver(Request request, Session session, Optional<String> next) {
        var address = urls.address();
        var trip = request.query(TRIP).orElse("");
        var after = next.orElse(urls.home());
        if (trip.isEmpty()) { // by a link, or after signing out: set out from there
            var login = urls.login() + "?next=" + Names.queryValue(after);
            return Response.redirect(302, address.absolute(login));
        }
        var ticket =
                handover.issue(session, community.now().id(), trip)
                        .orElseThrow(
                                () ->
                                        Problem.of(
                                                Problem.Kind.BUSY,
                                                "sso.too-many",
                                                "Too many people sign in just now; try again in a"
                                                        + " minute."));
        var target =
                urls.hub("sso?" + TICKET + "=" + ticket.reveal())
                        + "&next="
                        + Names.queryValue(after);
        return Response.redirect(302, address.absolute(target));
    }

    /** The answer to somebody who is known and does not belong here. */
    Response refused(User user, Optional<String> next) {
        var toPlatform = next.filter(n -> PLATFORM.stream().anyMatch(n::startsWith));
        return toPlatform
                .map(panel -> Response.redirect(302, panel))
                .orElseGet(() -> frame.bare(403, stranger.of(user, out())));
    }
}
