package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.login.FactorService;
import org.lyceum.login.FactorService.Step;
import org.lyceum.login.HalfSignedIn;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Problem;

import java.util.List;

/**
 * The page after the password: asks for a code, or has who must have a second factor set one up.
 * Open, because there is no session yet; whoever comes without a sign-in that waits in their
 * browser is sent back to its beginning.
 */
final class SecondStepEndpoints {

    private static final String WRONG =
            "This code is not right, or has been used. Type the one that is shown now.";

    private static final String STALE = "The form was out of date. Type the code again.";

    private static final String WHY =
            "Your role wants a second factor besides the password. It takes a minute, once.";

    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final Xsrf xsrf;
    private final BrowserSessions browsers;
    private final UserService users;
    private final SecondStep second;
    private final FactorService factors;

    SecondStepEndpoints(
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            Xsrf xsrf,
            BrowserSessions browsers,
            UserService users,
            SecondStep second,
            FactorService factors) {
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.xsrf = xsrf;
        this.browsers = browsers;
        this.users = users;
        this.second = second;
        this.factors = factors;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/" + SecondStep.PAGE, access.open(), this::form),
                Endpoint.post("hub/" + SecondStep.PAGE, access.open(), this::answer));
    }

    /** The sign-in that waits here, and whose it is. */
    private record Waiting(HalfSignedIn half, User user) {}

    private @Nullable Waiting waiting(Request request) {
        return second.waiting(request)
                .flatMap(half -> users.find(half.user()).map(user -> new Waiting(half, user)))
                .orElse(null);
    }

    private Response form(Request request) {
        var waiting = waiting(request);
        return waiting == null ? begin() : form(request, 200, waiting, null);
    }

    private Response begin() {
        return Response.redirect(303, urls.login());
    }

    private Response answer(Request request) {
        var waiting = waiting(request);
        if (waiting == null) {
            return begin();
        }
        var before = browsers.of(request).orElse(null);
        try {
            xsrf.check(Xsrf.Kind.PAGE, request, before == null ? null : before.cookie());
        } catch (Problem stale) {
            return form(request, 403, waiting, STALE);
        }
        var typed = request.form().first("code").orElse("");
        try {
            return waiting.half.step() == Step.SET_UP
                    ? setUp(request, waiting, typed)
                    : check(request, waiting, typed);
        } catch (Problem refused) {
            return form(request, HubFailures.status(refused), waiting, refused.detail());
        }
    }

    private Response check(Request request, Waiting waiting, String typed) {
        if (factors.verify(waiting.half, waiting.user, typed, request.peer())) {
            return second.done(request, waiting.half, waiting.user);
        }
        var still = waiting(request);
        return still == null
                ? frame.bare(403, new FactorPage(urls).over())
                : form(request, 403, still, WRONG);
    }

    private Response setUp(Request request, Waiting waiting, String typed) {
        var browser = second.proof(request).orElseThrow(FactorService::lost);
        var codes = factors.confirm(waiting.user, browser, typed, request.peer());
        var page = new FactorPage(urls).codes(codes, waiting.half.onward());
        return second.done(request, waiting.half, waiting.user, page);
    }

    private Response form(Request request, int status, Waiting waiting, @Nullable String error) {
        var before = browsers.of(request).orElse(null);
        var field = frame.xsrfField(request, before);
        var page = page(request, waiting, field, error);
        return frame.answer(request, status, page, before);
    }

    private Page page(Request request, Waiting waiting, Html field, @Nullable String error) {
        var pages = new FactorPage(urls);
        if (waiting.half.step() != Step.SET_UP) {
            return pages.ask(waiting.user, field, error);
        }
        var browser = second.proof(request).orElseThrow(FactorService::lost);
        return pages.setUp(
                new FactorPage.SetUp(
                        waiting.user,
                        factors.key(waiting.user.id(), browser),
                        WHY,
                        urls.hub(SecondStep.PAGE),
                        field,
                        false,
                        request.host()),
                error);
    }
}
