package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.login.Errand;
import org.lyceum.login.Linked;
import org.lyceum.login.LoginModule;
import org.lyceum.login.SignInService.Offer;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.List;

/** The page where people see by which providers they sign in, and add or remove one. */
final class WaysEndpoints {

    private static final String BODY =
            """
            <h1>Ways to sign in</h1>
            <p>However you sign in, you are the same person here, with the same files.</p>
            {}
            <section class="card">
            <h2>Your ways</h2>
            {}
            </section>
            {}
            """;

    private static final String NONE =
            """
            <p class="empty">No provider knows you yet. You sign in with a name and a password of
            this platform.</p>
            """;

    private static final String WAY =
            """
            <li><span class="about"><strong>{}</strong> {}<br><span class="quiet small">last used
            {}</span></span>
            <form class="actions" method="post" action="{}">{}
            <input type="hidden" name="way" value="{}">
            <button class="button" type="submit" aria-label="Remove {}">Remove</button></form></li>
            """;

    private static final String ADD =
            """
            <section class="card">
            <h2>Add a way</h2>
            {}
            </section>
            """;

    private static final String ELSEWHERE =
            """
            <form class="actions" method="post" action="{}">{}
            <input type="hidden" name="provider" value="{}">
            <button class="button" type="submit">Add {}</button></form>
            """;

    private static final String DIRECTORY =
            """
            <form method="post" action="{}">{}
            <input type="hidden" name="provider" value="{}">
            <h3>{}</h3>
            <div class="field"><label for="name-{}">Name there</label>
            <input id="name-{}" name="username" autocomplete="off" autocapitalize="none" required>
            </div>
            <div class="field"><label for="word-{}">Password there</label>
            <input id="word-{}" name="password" type="password" autocomplete="off" required></div>
            <button class="button" type="submit">Add {}</button></form>
            """;

    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final HubHeaders headers;
    private final ProviderLogin providers;
    private final LoginModule login;

    WaysEndpoints(
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            HubHeaders headers,
            ProviderLogin providers,
            LoginModule login) {
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.headers = headers;
        this.providers = providers;
        this.login = login;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/ways", access.page(), this::list),
                Endpoint.post("hub/ways/add", access.page(), this::add),
                Endpoint.post("hub/ways/remove", access.page(), this::remove));
    }

    private Response list(Request request) {
        return list(request, 200, null);
    }

    private Response add(Request request) {
        try {
            long provider = number(request, ProviderLogin.PROVIDER);
            var user = HubCaller.of(request).user();
            var offer =
                    providers.offers(request).stream()
                            .filter(each -> each.provider() == provider)
                            .findFirst()
                            .orElseThrow(WaysEndpoints::unknown);
            var errand =
                    new Errand(
                            Errand.Kind.LINK,
                            providers.wanted(request),
                            urls.address().absolute(urls.hub("ways")),
                            user.id());
            if (offer.elsewhere()) {
                var ticket = login.signIn().invite(provider, errand);
                var start = SsoSurface.BASE + "start?ticket=" + ticket;
                return Response.redirect(303, urls.address().toPlatform(start));
            }
            var form = request.form();
            var name = form.first("username").orElse("");
            var password = Secret.presented(form.first("password").orElse(""));
            var arrival =
                    login.signIn()
                            .ask(provider, errand, name, password, request.peer())
                            .orElseThrow(WaysEndpoints::wrong);
            login.logins().link(user, arrival.provider(), arrival.who());
            return Response.redirect(303, urls.hub("ways"));
        } catch (Problem refused) {
            return list(request, HubFailures.status(refused), refused.detail());
        }
    }

    private Response remove(Request request) {
        try {
            login.logins().unlink(HubCaller.of(request).user(), number(request, "way"));
            return Response.redirect(303, urls.hub("ways"));
        } catch (Problem refused) {
            return list(request, HubFailures.status(refused), refused.detail());
        }
    }

    private Response list(Request request, int status, @Nullable String error) {
        var caller = HubCaller.of(request);
        var field = frame.xsrfField(request, caller);
        var own = login.logins().ways(caller.user().id());
        var lines = own.stream().map(way -> line(way, field)).toList();
        var alert =
                error == null
                        ? Html.NOTHING
                        : Html.of(
                                "<div class=\"message bad\" role=\"alert\"><p>{}</p></div>", error);
        var forms =
                providers.offers(request).stream()
                        .filter(o -> own.stream().noneMatch(way -> way.provider() == o.provider()))
                        .map(offer -> form(offer, field))
                        .toList();
        var body =
                Html.of(
                        BODY,
                        alert,
                        lines.isEmpty()
                                ? new Html(NONE)
                                : Html.of("<ul class=\"things\">\n{}</ul>", lines),
                        forms.isEmpty() ? Html.NOTHING : Html.of(ADD, forms));
        // Its forms lead on to a provider, on another host.
        return frame.answer(request, status, Page.of("Ways to sign in", "token", body), caller)
                .with("Content-Security-Policy", headers.confirmPolicy());
    }

    private Html line(Linked way, Html field) {
        var title = title(way);
        var who = way.email() == null ? way.name() : way.name() + " (" + way.email() + ")";
        var used = ProviderLogin.time(way.lastUsedAt());
        return Html.of(WAY, title, who, used, urls.hub("ways/remove"), field, way.id(), title);
    }

    private String title(Linked way) {
        return login.providers().list().stream()
                .filter(provider -> provider.id() == way.provider())
                .map(provider -> provider.title())
                .findFirst()
                .orElse(way.issuer());
    }

    private Html form(Offer offer, Html field) {
        var to = urls.hub("ways/add");
        long id = offer.provider();
        return offer.elsewhere()
                ? Html.of(ELSEWHERE, to, field, id, offer.title())
                : Html.of(DIRECTORY, to, field, id, offer.title(), id, id, id, id, offer.title());
    }

    private static long number(Request request, String name) {
        try {
            return Long.parseLong(request.form().first(name).orElse(""));
        } catch (NumberFormatException e) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return Problem.notFound("identity.unknown", "You have no such way to sign in.");
    }

    private static Problem wrong() {
        return Problem.forbidden(
                "login.wrong",
                "This name and password do not fit. Check both, also capital letters.");
    }
}
