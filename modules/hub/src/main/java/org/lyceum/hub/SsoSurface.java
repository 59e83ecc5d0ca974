package org.lyceum.hub;

import org.lyceum.community.Community;
import org.lyceum.login.Errand;
import org.lyceum.login.FactorService.First;
import org.lyceum.login.LoginModule;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.Surface;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code /sso/}: the one place, besides the panel, that gets the platform's own cookie. A browser
 * without an entry to a hub is sent here by that hub's sign-in page and comes back with one, if its
 * session has not ended and its user belongs there. And the way to providers and back, which is one
 * for all hubs: a provider knows one address of ours.
 */
final class SsoSurface implements Surface {

    static final String BASE = "/sso/";

    private final Function<CommunityId, Optional<CommunityHub>> hubs;
    private final LoginModule login;

    SsoSurface(Function<CommunityId, Optional<CommunityHub>> hubs, LoginModule login) {
        this.hubs = hubs;
        this.login = login;
    }

    @Override
    public String basePath() {
        return BASE;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("enter", Access.open(), this::enter),
                Endpoint.get("out", Access.open(), this::out),
                Endpoint.get("start", Access.open(), this::start),
                Endpoint.get("callback", Access.open(), this::callback));
    }

    private Response enter(Request request) {
        var hub = hub(request);
        var response = hub.entrance().answer(request);
        return hub.finish(request, response, false);
    }

    private Response out(Request request) {
        var hub = hub(request);
        return hub.finish(request, hub.entrance().leave(request), false);
    }

    /** Leaves for a provider: to sign in, on trial, or with a ticket for something else. */
    private Response start(Request request) {
        boolean trial = request.query("trial").isPresent();
        var to = hub(request);
        var here = onThisHost(to);
        try {
            var ticket = request.query("ticket");
            if (ticket.isPresent()) {
                var invited = login.signIn().redeem(ticket.get());
                return finish(
                        here,
                        request,
                        here.providers().depart(request, invited.provider(), invited.errand()));
            }
            var errand =
                    trial
                            ? here.providers().trial(request)
                            : Errand.signIn(id(request), here.providers().next(request));
            return finish(
                    here, request, here.providers().depart(request, provider(request), errand));
        } catch (Problem problem) {
            return finish(here, request, here.providers().failed(request, problem, trial));
        }
    }

    private Response callback(Request request) {
        var first = hubs.apply(Community.DEFAULT).orElseThrow(SsoSurface::missing);
        var began = login.signIn().errandOf(request.query("state").orElse(""));
        var here =
                began.flatMap(errand -> hubs.apply(errand.community()))
                        .map(this::onThisHost)
                        .orElse(first);
        boolean trial = began.filter(errand -> errand.kind() == Errand.Kind.TRIAL).isPresent();
        try {
            var arrival = here.providers().arrive(request);
            var response =
                    arrival.errand().kind() == Errand.Kind.SIGN_IN
                            ? here.providers().admit(request, arrival, First.PROVIDER)
                            : here.providers().finish(request, arrival);
            return finish(here, request, response);
        } catch (Problem problem) {
            return finish(here, request, here.providers().failed(request, problem, trial));
        }
    }

    /** Cookies are set for the platform's host; a hub that has another is entered afterwards. */
    private CommunityHub onThisHost(CommunityHub hub) {
        return hub.address().apart()
                ? hubs.apply(Community.DEFAULT).orElseThrow(SsoSurface::missing)
                : hub;
    }

    /** The address may hold a code: nobody is told where the browser comes from. */
    private static Response finish(CommunityHub hub, Request request, Response response) {
        return hub.finish(request, response.with("Referrer-Policy", "no-referrer"), false);
    }

    private static long provider(Request request) {
        try {
            return Long.parseLong(request.query("provider").orElse(""));
        } catch (NumberFormatException e) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND, "provider.unknown", "There is no such provider.", e);
        }
    }

    private CommunityHub hub(Request request) {
        return hubs.apply(id(request)).orElseThrow(SsoSurface::missing);
    }

    private static CommunityId id(Request request) {
        try {
            return new CommunityId(Long.parseLong(request.query("to").orElse("1")));
        } catch (IllegalArgumentException e) {
            throw missing();
        }
    }

    private static Problem missing() {
        return Problem.notFound("community.unknown", "There is no such community.");
    }

    @Override
    public boolean serves(Listener listener, String path) {
        return listener == Listener.PUBLIC;
    }

    @Override
    public Response unmatched(Request request) {
        return Response.text(404, "Nothing is served at this address.\n");
    }

    @Override
    public Response wrongMethod(Request request) {
        return Response.text(405, "This address can only be visited.\n");
    }

    @Override
    public Response failed(Request request, Problem problem) {
        return Response.text(HubFailures.status(problem), problem.detail() + "\n");
    }

    @Override
    public Response finish(Request request, Response response) {
        return response.withDefault("Cache-Control", "no-store")
                .withDefault("Content-Security-Policy", "default-src 'none'")
                .withDefault("X-Content-Type-Options", "nosniff");
    }
}
