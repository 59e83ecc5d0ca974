package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.PasswordService;
import org.lyceum.identity.User;
import org.lyceum.login.FactorService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.List;

/** One's own second factor: set up, new recovery codes, removed. */
final class FactorEndpoints {

    static final String OWN = "second-factor";
    private static final String SET_UP = OWN + "/set-up";

    private static final String WHY =
            "Signing in then takes your password and a code that changes every half minute. Who"
                    + " steals the password does not get in.";

    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final PasswordService passwords;
    private final FactorService factors;

    FactorEndpoints(
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            PasswordService passwords,
            FactorService factors) {
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.passwords = passwords;
        this.factors = factors;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/" + OWN, access.page(), this::own),
                Endpoint.post("hub/" + OWN, access.page(), this::change),
                Endpoint.post("hub/" + SET_UP, access.page(), this::setUp));
    }

    private Response own(Request request) {
        return own(request, 200, null);
    }

    private Response own(Request request, int status, @Nullable String error) {
        var caller = HubCaller.of(request);
        var user = caller.user();
        var field = frame.xsrfField(request, caller);
        var page =
                factors.of(user.id())
                        .map(
                                there ->
                                        new FactorPage(urls)
                                                .own(there, factors.must(user), field, error))
                        .orElseGet(() -> form(request, caller, field, error));
        return frame.answer(request, status, page, caller);
    }

    private Page form(Request request, HubCaller caller, Html field, @Nullable String error) {
        var user = caller.user();
        var form =
                new FactorPage.SetUp(
                        user,
                        factors.key(user.id(), browser(caller)),
                        WHY,
                        urls.hub(SET_UP),
                        field,
                        passwords.has(user.id()),
                        request.host());
        return new FactorPage(urls).setUp(form, error);
    }

    private Response setUp(Request request) {
        var caller = HubCaller.of(request);
        var user = caller.user();
        try {
            requirePassword(request, user);
            var typed = request.form().first("code").orElse("");
            return codes(request, factors.confirm(user, browser(caller), typed, request.peer()));
        } catch (Problem refused) {
            return own(request, HubFailures.status(refused), refused.detail());
        }
    }

    /** Whoever sits down at an open browser does not lock its owner out. */
    private void requirePassword(Request request, User user) {
        var password = request.form().first("current").orElse("");
        if (passwords.has(user.id())
                && passwords.verify(user.name(), password, request.peer()).isEmpty()) {
            throw Problem.invalid(
                    "password.wrong", "The password is not right. Type it again, and a code.");
        }
    }

    private Response change(Request request) {
        var user = HubCaller.of(request).user();
        var form = request.form();
        var typed = form.first("code").orElse("");
        try {
            if (form.first("do").orElse("").equals("remove")) {
                factors.remove(user, typed, request.peer());
                return Response.redirect(303, urls.hub(PasswordLinkEndpoints.OWN));
            }
            return codes(request, factors.renewCodes(user, typed, request.peer()));
        } catch (Problem refused) {
            return own(request, HubFailures.status(refused), refused.detail());
        }
    }

    private Response codes(Request request, List<String> codes) {
        var page = new FactorPage(urls).codes(codes, urls.hub(PasswordLinkEndpoints.OWN));
        return frame.answer(request, 200, page, HubCaller.of(request));
    }

    private static Secret browser(HubCaller caller) {
        var cookie = caller.cookie();
        if (cookie == null) {
            throw Problem.forbidden(
                    "factor.browser-only", "A second factor is set up in a browser, signed in.");
        }
        return cookie;
    }
}
