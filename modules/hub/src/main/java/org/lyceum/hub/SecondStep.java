package org.lyceum.hub;

import org.lyceum.identity.User;
import org.lyceum.login.FactorService;
import org.lyceum.login.FactorService.First;
import org.lyceum.login.FactorService.Step;
import org.lyceum.login.HalfSignedIn;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Secret;

import java.util.Optional;

/**
 * Between the first factor and the session: opens one where nothing more is wanted, and else sends
 * the browser to the page of the second step. Blocking.
 */
final class SecondStep {

    static final String PAGE = "second-step";

    private final HubUrls urls;
    private final PageFrame frame;
    private final HubCookies cookies;
    private final BrowserSessions browsers;
    private final Entrance entrance;
    private final FactorService factors;

    SecondStep(
            HubUrls urls,
            PageFrame frame,
            HubCookies cookies,
            BrowserSessions browsers,
            Entrance entrance,
            FactorService factors) {
        this.urls = urls;
        this.frame = frame;
        this.cookies = cookies;
        this.browsers = browsers;
        this.entrance = entrance;
        this.factors = factors;
    }

    /**
     * The answer to somebody who has shown the first factor.
     *
     * @param onward where they want to go
     */
    Response after(Request request, User user, First first, String onward) {
        var step = factors.after(user, first);
        if (step == Step.NONE) {
            return signIn(request, user, onward);
        }
        var waiting = factors.begin(user, step, onward);
        return cookies.half(request, Response.redirect(302, urls.hub(PAGE)), waiting);
    }

    /** Ends what waits for this user in whatever browser: their password is another one. */
    void forget(User user) {
        factors.forget(user.id());
    }

    /** The sign-in that waits in this browser. */
    Optional<HalfSignedIn> waiting(Request request) {
        return proof(request).flatMap(factors::waiting);
    }

    /** What this browser keeps while it waits. */
    Optional<Secret> proof(Request request) {
        return cookies.halfProof(request).map(Secret::presented);
    }

    /** Both factors are shown. */
    Response done(Request request, HalfSignedIn half, User user) {
        factors.finish(half);
        return cookies.whole(request, signIn(request, user, half.onward()));
    }

    /** The same, with a page to be read before going on. */
    Response done(Request request, HalfSignedIn half, User user, Page page) {
        factors.finish(half);
        var shown =
                factors.takeNotice(user.id())
                        .map(notice -> FactorPage.told(notice, half.onward()).body())
                        .map(told -> Page.narrow(page.title(), Html.of("{}{}", page.body(), told)))
                        .orElse(page);
        return cookies.whole(request, browsers.signIn(request, frame.bare(200, shown), user));
    }

    private Response signIn(Request request, User user, String onward) {
        return browsers.signIn(request, answer(user, onward), user);
    }

    private Response answer(User user, String onward) {
        var notice = factors.takeNotice(user.id());
        if (notice.isPresent()) {
            return frame.bare(200, FactorPage.told(notice.get(), onward));
        }
        return browsers.admits(user)
                ? Response.redirect(302, onward)
                : entrance.refused(user, Optional.of(onward));
    }
}
