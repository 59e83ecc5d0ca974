package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.PasswordLinkService;
import org.lyceum.identity.PasswordService;
import org.lyceum.identity.Session;
import org.lyceum.identity.SessionService;
import org.lyceum.identity.User;
import org.lyceum.login.FactorService.First;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Fields;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.List;

/**
 * Where people choose their password. Whoever has a link may use it, so its secret in the form is
 * also the proof that no foreign page sent it.
 */
final class PasswordLinkEndpoints {

    static final String PAGE = "password-link";
    static final String OWN = "password";
    private static final String SIGN_OUT = OWN + "/sign-out";

    /** Instead of a number: all sessions but this. */
    private static final String OTHERS = "others";

    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final BrowserSessions browsers;
    private final PasswordLinkService links;
    private final PasswordService passwords;
    private final SessionService sessions;
    private final SecondStep second;
    private final PasswordPage page;

    PasswordLinkEndpoints(
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            BrowserSessions browsers,
            PasswordLinkService links,
            PasswordService passwords,
            SessionService sessions,
            SecondStep second,
            PasswordPage page) {
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.browsers = browsers;
        this.links = links;
        this.passwords = passwords;
        this.sessions = sessions;
        this.second = second;
        this.page = page;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/" + PAGE, access.open(), this::form),
                Endpoint.post("hub/" + PAGE, access.open(), this::choose),
                Endpoint.get("hub/" + OWN, access.page(), this::own),
                Endpoint.post("hub/" + OWN, access.page(), this::change),
                Endpoint.post("hub/" + SIGN_OUT, access.page(), this::signOut));
    }

    private Response form(Request request) {
        return form(200, key(request.query()), null);
    }

    private Response choose(Request request) {
        var fields = request.form();
        var key = key(fields);
        if (!repeated(fields)) {
            return form(400, key, "The two passwords differ. Type both again.");
        }
        User user;
        try {
            user = links.redeem(key, fields.first("password").orElse(""));
        } catch (Problem refused) {
            return form(HubFailures.status(refused), key, refused.detail());
        }
        second.forget(user); // whoever began with the password before
        return second.after(request, user, First.PASSWORD, urls.home());
    }

    /** The form once more, or why the link works no longer. */
    private Response form(int status, Secret key, @Nullable String error) {
        try {
            var link = links.find(key);
            return unreferred(frame.bare(status, page.choose(link, key, error)));
        } catch (Problem closed) {
            return unreferred(frame.bare(HubFailures.status(closed), page.closed(closed)));
        }
    }

    /** The address holds the link's secret: nobody is told where the browser comes from. */
    private static Response unreferred(Response response) {
        return response.with("Referrer-Policy", "no-referrer");
    }

    private Response own(Request request) {
        return own(request, 200, null);
    }

    private Response change(Request request) {
        var user = HubCaller.of(request).user();
        var fields = request.form();
        if (!repeated(fields)) {
            return own(request, 400, "The two new passwords differ. Type both again.");
        }
        try {
            passwords.change(
                    user,
                    fields.first("current").orElse(""),
                    fields.first("password").orElse(""),
                    request.peer());
        } catch (Problem refused) {
            return own(request, HubFailures.status(refused), refused.detail());
        }
        second.forget(user);
        return browsers.signIn(request, Response.redirect(303, urls.home()), user);
    }

    private Response own(Request request, int status, @Nullable String error) {
        var caller = HubCaller.of(request);
        var user = caller.user();
        var field = frame.xsrfField(request, caller);
        var list =
                SessionList.of(sessions.list(user.id()), here(caller), urls.hub(SIGN_OUT), field);
        var shown =
                passwords.has(user.id())
                        ? page.change(user, field, list, error)
                        : page.none(user, list);
        return frame.answer(request, status, shown, caller);
    }

    private static @Nullable Session here(HubCaller caller) {
        var browser = caller.browser();
        return browser == null ? null : browser.session();
    }

    /** Ends one of one's own, or all but the one it is asked in; one that has ended is fine. */
    private Response signOut(Request request) {
        var caller = HubCaller.of(request);
        var which = request.form().first("session").orElse("");
        var here = here(caller);
        long hereId = here == null ? 0 : here.id();
        for (var session : sessions.list(caller.user().id())) {
            boolean meant =
                    which.equals(OTHERS)
                            ? session.id() != hereId
                            : which.equals(Long.toString(session.id()));
            if (meant) {
                sessions.end(session);
            }
        }
        return Response.redirect(303, urls.hub(OWN));
    }

    private static boolean repeated(Fields fields) {
        return fields.first("password").equals(fields.first("again"));
    }

    private static Secret key(Fields fields) {
        return Secret.presented(fields.first("key").orElse(""));
    }
}
