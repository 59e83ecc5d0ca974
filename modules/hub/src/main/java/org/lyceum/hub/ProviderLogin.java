package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.IdentityModule;
import org.lyceum.login.Entry;
import org.lyceum.login.Errand;
import org.lyceum.login.FactorService.First;
import org.lyceum.login.LoginModule;
import org.lyceum.login.SignInService.Arrival;
import org.lyceum.login.SignInService.Offer;
import org.lyceum.login.SignUpService;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Signing in by somebody else's word, as one hub's pages do it. Blocking. */
final class ProviderLogin {

    /** Where every browser comes back to, whatever hub it set out from. */
    static final String CALLBACK = SsoSurface.BASE + "callback";

    /** What a form of ours calls a provider. */
    static final String PROVIDER = "provider";

    /** Of what a browser brings back; a code is a few hundred characters. */
    private static final int MAX_PARAMETER = 4_000;

    private static final int MAX_PARAMETERS = 30;

    private static final String BUTTON =
            """
            <li><a class="button full" href="{}">Sign in with {}</a>{}</li>
            """;

    private static final String SILENT =
            """
            <p class="hint">It does not answer since {}. Another way to sign in may work.</p>
            """;

    private static final String REFUSED =
            """
            <section class="card">
            <h1>You cannot come in yet</h1>
            <p role="status">You are <strong>{}</strong> at {}. {}</p>
            <p>{}</p>
            <p class="actions"><a class="button" href="{}">Sign in another way</a></p>
            </section>
            """;

    private static final String FAILED =
            """
            <section class="card">
            <h1>Signing in did not work</h1>
            <p role="alert">{}</p>
            <p class="actions"><a class="button primary" href="{}">{}</a></p>
            <p class="quiet small">Number of this request: <code>{}</code></p>
            </section>
            """;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final CommunityId community;
    private final HubUrls urls;
    private final PageFrame frame;
    private final HubCookies cookies;
    private final BrowserSessions browsers;
    private final LoginModule login;
    private final IdentityModule identity;
    private final SecondStep second;

    ProviderLogin(
            CommunityId community,
            HubUrls urls,
            PageFrame frame,
            HubCookies cookies,
            BrowserSessions browsers,
            LoginModule login,
            IdentityModule identity,
            SecondStep second) {
        this.community = community;
        this.urls = urls;
        this.frame = frame;
        this.cookies = cookies;
        this.browsers = browsers;
        this.login = login;
        this.identity = identity;
        this.second = second;
    }

    /**
     * The community somebody wants into: this one, or the one on a host of its own that has sent
     * them to the platform's sign-in page.
     */
    CommunityId wanted(Request request) {
        return urls.next(request)
                .filter(next -> next.startsWith(SsoSurface.BASE + "enter?"))
                .flatMap(ProviderLogin::numberIn)
                .orElse(community);
    }

    private static Optional<CommunityId> numberIn(String next) {
        for (var pair : next.substring(next.indexOf('?') + 1).split("&")) {
            if (pair.matches("to=[0-9]{1,18}")) {
                return Optional.of(new CommunityId(Math.max(1, Long.parseLong(pair.substring(3)))));
            }
        }
        return Optional.empty();
    }

    List<Offer> offers(Request request) {
        return login.signIn().offers(wanted(request));
    }

    /** How people make an account in the community that they want into. */
    SignUpService.Offer signUp(Request request) {
        return login.signUps().offer(wanted(request));
    }

    /** The buttons of the sign-in page; nothing where no provider is accepted. */
    Html buttons(Request request) {
        var all = offers(request).stream().map(offer -> button(request, offer)).toList();
        return all.isEmpty() ? Html.NOTHING : Html.of("<ul class=\"ways\">\n{}</ul>\n", all);
    }

    private Html button(Request request, Offer offer) {
        var down = offer.down();
        var note = down == null ? Html.NOTHING : Html.of(SILENT, time(down.since()));
        return Html.of(BUTTON, target(request, offer), offer.title(), note);
    }

    private String target(Request request, Offer offer) {
        if (!offer.elsewhere()) {
            var query = request.rawQuery() == null ? "" : request.rawQuery() + "&";
            return urls.login() + "?" + query + "with=" + offer.provider();
        }
        var next = urls.next(request).map(to -> "&next=" + Names.queryValue(to)).orElse("");
        return urls.address()
                .toPlatform(
                        SsoSurface.BASE
                                + "start?to="
                                + wanted(request)
                                + "&provider="
                                + offer.provider()
                                + next);
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    /** Sends a browser to the provider's page, with what proves it when it comes back. */
    Response depart(Request request, long provider, Errand errand) {
        var proof = cookies.awayProof(request).map(Secret::presented).orElseGet(Secret::random);
        var to = login.signIn().depart(provider, errand, callback(request), proof);
        return cookies.away(request, Response.redirect(302, to), proof)
                .with("Referrer-Policy", "no-referrer");
    }

    /** A browser that comes back from a provider's page. */
    Arrival arrive(Request request) {
        var proof = cookies.awayProof(request).map(Secret::presented).orElseGet(Secret::random);
        var parameters = new HashMap<String, String>();
        request.query().names().stream()
                .limit(MAX_PARAMETERS)
                .forEach(name -> parameters.put(name, request.query(name).orElse("")));
        if (parameters.values().stream().anyMatch(value -> value.length() > MAX_PARAMETER)) {
            throw Problem.invalid(
                    "login.answer-too-long", "The provider's answer is too long; sign in again.");
        }
        return login.signIn().arrive(Map.copyOf(parameters), callback(request), proof);
    }

    /** What the provider has to know; as it was configured, or by the name this browser uses. */
    String callback(Request request) {
        return urls.address().platform() == null
                ? request.scheme() + "://" + request.host() + CALLBACK
                : urls.address().platform() + CALLBACK;
    }

    /** Lets in whom the directory knows. Empty when name and password do not fit. */
    Optional<Response> ask(Request request, long provider, String name, String password) {
        var errand = Errand.signIn(wanted(request), urls.next(request).orElse(null));
        return login.signIn()
                .ask(provider, errand, name, Secret.presented(password), request.peer())
                .map(arrival -> admit(request, arrival, First.PASSWORD));
    }

    /**
     * The answer to somebody of whom it is known who they are at the provider.
     *
     * @param first how they have shown it: a directory's password is typed here, like ours
     */
    Response admit(Request request, Arrival arrival, First first) {
        var errand = arrival.errand();
        var entry = login.logins().enter(arrival.provider(), arrival.who(), errand.community());
        return switch (entry) {
            case Entry.Welcome(var user) -> second.after(request, user, first, onward(errand));
            case Entry.Refused(var sentence, var asked) ->
                    frame.bare(403, refused(arrival, sentence, asked));
        };
    }

    /** A community on a host of its own is entered from there. */
    private String onward(Errand errand) {
        var next = errand.next();
        if (next != null) {
            return next;
        }
        return errand.community().equals(community)
                ? urls.home()
                : SsoSurface.BASE + "enter?to=" + errand.community();
    }

    private Page refused(Arrival arrival, String sentence, boolean asked) {
        var then =
                asked
                        ? "A manager of the community has been told that you would like to come in."
                                + " Sign in again when they have answered."
                        : "If you should belong here, ask one of the community's managers.";
        var body =
                Html.of(
                        REFUSED,
                        arrival.who().words(),
                        arrival.provider().title(),
                        sentence,
                        then,
                        again(arrival.errand()));
        return Page.narrow("You cannot come in yet", body);
    }

    private String again(Errand errand) {
        var next = errand.next();
        return next == null || errand.community().equals(community)
                ? urls.login() + "?sso=no"
                : urls.login() + "?sso=no&next=" + Names.queryValue(next);
    }

    /** A page that says why signing in did not work, and leads back. */
    Response failed(Request request, Problem problem, boolean trial) {
        var status = HubFailures.status(problem);
        var back = trial ? "/panel/sign-in" : urls.login() + "?sso=no";
        var words = trial ? "Back to the settings" : "Back to the sign-in page";
        var body = Html.of(FAILED, problem.detail(), back, words, request.id());
        return frame.bare(status, Page.narrow("Signing in did not work", body));
    }

    /** Runs an errand that is not signing in, for who is signed in to the platform. */
    Response finish(Request request, Arrival arrival) {
        var errand = arrival.errand();
        var user =
                browsers.platformSession(request)
                        .map(session -> session.user())
                        .filter(id -> id.equals(errand.user()))
                        .flatMap(identity.users()::find)
                        .orElseThrow(ProviderLogin::signedOut);
        if (errand.kind() == Errand.Kind.TRIAL) {
            login.providers().tried(user.actor(), arrival.provider(), arrival.who());
            return Response.redirect(302, "/panel/sign-in");
        }
        login.logins().link(user, arrival.provider(), arrival.who());
        var next = errand.next();
        return Response.redirect(302, next == null ? urls.hub("ways") : next);
    }

    /** The administrator who is signed in to the platform, for a trial. */
    Errand trial(Request request) {
        var user =
                browsers.platformSession(request)
                        .flatMap(session -> identity.users().find(session.user()))
                        .filter(found -> found.admin())
                        .orElseThrow(ProviderLogin::signedOut);
        return new Errand(Errand.Kind.TRIAL, community, null, user.id());
    }

    private static Problem signedOut() {
        return Problem.forbidden(
                "login.signed-out",
                "You are not signed in any more as who began this; sign in, then begin again.");
    }

    @Nullable String next(Request request) {
        return urls.next(request).orElse(null);
    }
}
