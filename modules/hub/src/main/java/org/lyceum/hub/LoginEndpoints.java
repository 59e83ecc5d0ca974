package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.PasswordService;
import org.lyceum.identity.User;
import org.lyceum.login.FactorService.First;
import org.lyceum.login.SignInService.Offer;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Optional;

/** Signing in and out (contract §3.8, §3.9). Source: jupyterhub 5, handlers/login.py. */
final class LoginEndpoints {

    private static final String FORM =
            """
            <section class="card">
            <h1>{}</h1>
            {}{}<form method="post" action="{}">
            {}
            <div class="field">
            <label for="username">User name</label>
            <input id="username" name="username" value="{}" autocomplete="username"
             autocapitalize="none" spellcheck="false" required{}>
            </div>
            <div class="field">
            <label for="password">Password</label>
            <input id="password" name="password" type="password"
             autocomplete="current-password" required{}>
            </div>
            <button class="button primary full" type="submit">Sign in</button>
            </form>
            </section>
            <p class="quiet small">{}</p>
            """;

    private static final String WRONG =
            "This user name and password do not fit. Check both, also capital letters.";

    private static final String LOCAL =
            """
            <p class="quiet small">Or with a name and a password of this platform:</p>
            """;

    private static final String HELP =
            "No account, or password forgotten? Ask an administrator for a link.";

    private static final String SIGN_UP =
            """
            No account? <a href="{}">Make an account</a>. Password forgotten? Ask an administrator for
            a link.
            """;

    private static final Html FOCUS = new Html(" autofocus");

    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final BrowserSessions browsers;
    private final PasswordService passwords;
    private final Entrance entrance;
    private final Xsrf xsrf;
    private final ProviderLogin providers;
    private final SecondStep second;

    LoginEndpoints(
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            BrowserSessions browsers,
            PasswordService passwords,
            Entrance entrance,
            Xsrf xsrf,
            ProviderLogin providers,
            SecondStep second) {
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.browsers = browsers;
        this.passwords = passwords;
        this.entrance = entrance;
        this.xsrf = xsrf;
        this.providers = providers;
        this.second = second;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/login", access.open(), this::form),
                Endpoint.post("hub/login", access.open(), this::signIn),
                Endpoint.get("hub/logout", access.open(), this::signOut));
    }

    private Response form(Request request) {
        if (browsers.of(request).isPresent()) {
            return Response.redirect(302, urls.nextOrHome(request));
        }
        if (entrance.mayKnow(request) && request.query("sso").isEmpty()) {
            return entrance.ask(request, urls.nextOrHome(request));
        }
        return form(request, 200, null, null);
    }

    private Response signIn(Request request) {
        var before = browsers.of(request).orElse(null);
        try {
            xsrf.check(Xsrf.Kind.PAGE, request, before == null ? null : before.cookie());
        } catch (Problem stale) {
            return form(request, 403, before, "The form was out of date. Sign in again.");
        }
        var offer = directory(request);
        Optional<User> user;
        try {
            var password = request.form().first("password").orElse("");
            if (offer.isPresent()) {
                return providers
                        .ask(request, offer.get().provider(), name(request), password)
                        .orElseGet(() -> form(request, 403, before, WRONG));
            }
            user = passwords.verify(name(request), password, request.peer());
        } catch (Problem refused) {
            return form(request, HubFailures.status(refused), before, refused.detail());
        }
        if (user.isEmpty()) {
            return form(request, 403, before, WRONG);
        }
        return second.after(request, user.get(), First.PASSWORD, urls.nextOrHome(request));
    }

    /** By GET, as JupyterHub does it: single-user servers send browsers here. */
    private Response signOut(Request request) {
        boolean elsewhere =
                urls.address().apart()
                        || (browsers.of(request).isEmpty()
                                && BrowserSessions.mayBeSignedIn(request));
        var onward = elsewhere ? entrance.out() : urls.login();
        return browsers.signOut(request, Response.redirect(302, onward), !elsewhere);
    }

    private Response form(
            Request request, int status, @Nullable HubCaller before, @Nullable String error) {
        var name = name(request);
        var alert =
                error == null
                        ? Html.NOTHING
                        : Html.of(
                                "<div class=\"message bad\" role=\"alert\"><p>{}</p></div>\n",
                                error);
        boolean again = !name.isEmpty();
        var with = directory(request);
        var title = with.map(offer -> "Sign in with " + offer.title()).orElse("Sign in");
        var buttons = with.isPresent() ? Html.NOTHING : providers.buttons(request);
        var ways = buttons.markup().isEmpty() ? buttons : new Html(buttons.markup() + LOCAL);
        var body =
                Html.of(
                        FORM,
                        title,
                        alert,
                        ways,
                        action(request),
                        frame.xsrfField(request, before),
                        name,
                        FOCUS.when(!again),
                        FOCUS.when(again),
                        help(request));
        return frame.answer(request, status, Page.narrow("Sign in", body), before);
    }

    private Html help(Request request) {
        if (!providers.signUp(request).any()) {
            return new Html(HELP);
        }
        var next = urls.next(request).map(to -> "?next=" + Names.queryValue(to)).orElse("");
        return Html.of(SIGN_UP, urls.hub(SignUpEndpoints.PATH) + next);
    }

    /** The directory that the page asks for by its button. */
    private Optional<Offer> directory(Request request) {
        return request.query("with")
                .flatMap(
                        number ->
                                providers.offers(request).stream()
                                        .filter(offer -> !offer.elsewhere())
                                        .filter(
                                                offer ->
                                                        number.equals(
                                                                Long.toString(offer.provider())))
                                        .findFirst());
    }

    /** Keeps the query: it says where to go afterwards. */
    private String action(Request request) {
        return request.rawQuery() == null ? urls.login() : urls.login() + "?" + request.rawQuery();
    }

    private static String name(Request request) {
        return Names.normaliseUser(request.form().first("username").orElse(""));
    }
}
