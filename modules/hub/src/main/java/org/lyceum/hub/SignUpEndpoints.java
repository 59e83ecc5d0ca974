package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.User;
import org.lyceum.login.SignUpService;
import org.lyceum.login.SignUpService.Offer;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.List;

/** Where people make an account for themselves, if the community lets them. */
final class SignUpEndpoints {

    static final String PATH = "signup";
    private static final String ANSWER = PATH + "/answer";

    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final BrowserSessions browsers;
    private final Xsrf xsrf;
    private final ProviderLogin providers;
    private final SignUpService signUps;
    private final SignUpPage page;

    SignUpEndpoints(
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            BrowserSessions browsers,
            Xsrf xsrf,
            ProviderLogin providers,
            SignUpService signUps) {
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.browsers = browsers;
        this.xsrf = xsrf;
        this.providers = providers;
        this.signUps = signUps;
        this.page = new SignUpPage(urls);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/" + PATH, access.open(), this::form),
                Endpoint.post("hub/" + PATH, access.open(), this::signUp),
                Endpoint.get("hub/" + ANSWER, access.open(), this::answer));
    }

    private Response form(Request request) {
        if (browsers.of(request).isPresent()) {
            return Response.redirect(302, urls.nextOrHome(request));
        }
        return form(request, 200, null, null);
    }

    private Response signUp(Request request) {
        var before = browsers.of(request).orElse(null);
        try {
            xsrf.check(Xsrf.Kind.PAGE, request, before == null ? null : before.cookie());
        } catch (Problem stale) {
            return form(request, 403, before, "The form was out of date. Send it again.");
        }
        if (!offer(request).any()) {
            return form(request, 403, before, null);
        }
        if (!text(request, "password").equals(text(request, "again"))) {
            return form(request, 400, before, "The two passwords differ. Type both again.");
        }
        try {
            return text(request, "code").isBlank() ? ask(request) : enter(request);
        } catch (Problem refused) {
            return form(request, HubFailures.status(refused), before, refused.detail());
        }
    }

    private Response ask(Request request) {
        var key =
                signUps.ask(
                        providers.wanted(request),
                        text(request, "username"),
                        text(request, "password"),
                        text(request, "note"),
                        request.peer());
        var to = urls.hub(ANSWER) + "?key=" + Names.queryValue(key.reveal());
        return Response.redirect(303, to);
    }

    private Response enter(Request request) {
        User user =
                signUps.enter(
                        providers.wanted(request),
                        text(request, "username"),
                        text(request, "password"),
                        text(request, "code"),
                        request.peer());
        return browsers.signIn(request, Response.redirect(303, urls.nextOrHome(request)), user);
    }

    /** The address holds the request's key: nobody is told where the browser comes from. */
    private Response answer(Request request) {
        var key = Secret.presented(request.query("key").orElse(""));
        var outcome = signUps.outcome(key);
        var shown = outcome.map(page::outcome).orElseGet(page::unknown);
        return frame.bare(outcome.isPresent() ? 200 : 404, shown)
                .with("Referrer-Policy", "no-referrer");
    }

    private Response form(
            Request request, int status, @Nullable HubCaller before, @Nullable String error) {
        var offer = offer(request);
        if (!offer.any()) {
            return frame.answer(request, error == null ? 404 : status, page.closed(), before);
        }
        var typed =
                new SignUpPage.Typed(
                        Names.normaliseUser(text(request, "username")),
                        text(request, "code"),
                        text(request, "note"));
        var field = frame.xsrfField(request, before);
        var shown = page.form(offer, action(request), field, typed, error);
        return frame.answer(request, status, shown, before);
    }

    private Offer offer(Request request) {
        return signUps.offer(providers.wanted(request));
    }

    /** Keeps the query: it says where to go afterwards. */
    private String action(Request request) {
        var query = request.rawQuery();
        return query == null ? urls.hub(PATH) : urls.hub(PATH) + "?" + query;
    }

    private static String text(Request request, String field) {
        return request.form().first(field).orElse("");
    }
}
