package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.MemberService;
import org.lyceum.identity.SetupService;
import org.lyceum.login.FactorService.First;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Fields;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.List;

/**
 * The page behind the link that the installer prints: it makes the first administrator. It lies at
 * {@code /setup}, in the hub of the community at {@code /}. Whoever has the link may use it, so the
 * secret in the form is also the proof that no foreign page sent it.
 */
final class SetupEndpoints {

    private static final String PATH = "setup";

    private static final String FORM =
            """
            <section class="card">
            <h1>Welcome</h1>
            <p>Choose a name and a password for the first administrator. You sign in with them
            from now on, and can add other people later.</p>
            {}<form method="post" action="/setup">
            <input type="hidden" name="token" value="{}">
            <div class="field">
            <label for="username">User name</label>
            <input id="username" name="username" value="{}" autocomplete="username"
             autocapitalize="none" spellcheck="false" maxlength="255" required autofocus
             aria-describedby="username-hint">
            <p class="hint" id="username-hint">Short and simple, such as <code>ada</code>. It is
            part of web addresses.</p>
            </div>
            <div class="field">
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="new-password"
             required aria-describedby="password-hint">
            <p class="hint" id="password-hint">The longer the better. Three or four words that do
            not belong together are good.</p>
            </div>
            <div class="field">
            <label for="again">Repeat the password</label>
            <input id="again" name="again" type="password" autocomplete="new-password" required>
            </div>
            <button class="button primary full" type="submit">Create administrator</button>
            </form>
            </section>
            """;

    private static final String CLOSED =
            """
            <section class="card">
            <h1>This link does not work</h1>
            <p>{}</p>
            <p>To get a new link, run <code>installer/lyceum setup-link</code> on the machine that
            Lyceum runs on. A link works once, for 30 minutes.</p>
            <p class="actions"><a class="button" href="{}">Go to the sign-in page</a></p>
            </section>
            """;

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final SecondStep second;
    private final SetupService setup;
    private final MemberService members;

    SetupEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            SecondStep second,
            SetupService setup,
            MemberService members) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.second = second;
        this.setup = setup;
        this.members = members;
    }

    /** The address to print, below the platform's own. */
    static String url(Secret link) {
        return "/" + PATH + "?token=" + Names.queryValue(link.reveal());
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(PATH, access.open(), this::form),
                Endpoint.post(PATH, access.open(), this::create));
    }

    private Response form(Request request) {
        var link = link(request.query());
        try {
            setup.check(link);
        } catch (Problem closed) {
            return closed(closed);
        }
        return form(200, link, "", null);
    }

    private Response create(Request request) {
        var fields = request.form();
        var link = link(fields);
        try {
            setup.check(link);
        } catch (Problem closed) {
            return closed(closed);
        }
        var name = Names.normaliseUser(fields.first("username").orElse(""));
        var password = fields.first("password").orElse("");
        if (!password.equals(fields.first("again").orElse(""))) {
            return form(400, link, name, "The two passwords differ. Type both again.");
        }
        try {
            var user = setup.redeem(link, name, password);
            members.join(user.actor(), community, user.id());
            return second.after(request, user, First.PASSWORD, urls.home());
        } catch (Problem refused) {
            return again(link, name, refused);
        }
    }

    private Response again(Secret link, String name, Problem refused) {
        if (refused.code().startsWith("setup.")) {
            return closed(refused); // somebody else was quicker
        }
        return form(HubFailures.status(refused), link, name, refused.detail());
    }

    private Response form(int status, Secret link, String name, @Nullable String error) {
        var alert =
                error == null
                        ? Html.NOTHING
                        : Html.of(
                                "<div class=\"message bad\" role=\"alert\"><p>{}</p></div>\n",
                                error);
        var body = Html.of(FORM, alert, link.reveal(), name);
        return unreferred(frame.bare(status, Page.narrow("Set up Lyceum", body)));
    }

    private Response closed(Problem closed) {
        var body = Html.of(CLOSED, closed.detail(), urls.login());
        var page = Page.narrow("This link does not work", body);
        return unreferred(frame.bare(HubFailures.status(closed), page));
    }

    /** The address holds the link's secret: nobody is told where the browser comes from. */
    private static Response unreferred(Response response) {
        return response.with("Referrer-Policy", "no-referrer");
    }

    private static Secret link(Fields fields) {
        return Secret.presented(fields.first("token").orElse(""));
    }
}
