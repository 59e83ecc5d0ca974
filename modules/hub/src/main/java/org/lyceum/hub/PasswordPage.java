package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.PasswordLink;
import org.lyceum.identity.User;
import org.lyceum.login.FactorService;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Pages on which people choose a password: with a link they were given, or signed in. */
final class PasswordPage {

    private static final String CHOOSE =
            """
            <section class="card">
            <h1>{}</h1>
            <p>{}</p>
            {}<form method="post" action="{}">
            <input type="hidden" name="key" value="{}">
            <input type="hidden" name="username" value="{}" autocomplete="username">
            {}<button class="button primary full" type="submit">{}</button>
            </form>
            <p class="quiet small">The link works once, until {}.</p>
            </section>
            """;

    private static final String CHANGE =
            """
            <section class="card">
            <h1>Change your password</h1>
            <p>You are {}. Afterwards you are signed out everywhere but here, also of your servers' pages;
            they go on running.</p>
            {}<form method="post" action="{}">
            {}<input type="hidden" name="username" value="{}" autocomplete="username">
            <div class="field">
            <label for="current">Current password</label>
            <input id="current" name="current" type="password" autocomplete="current-password"
             required autofocus>
            </div>
            {}<button class="button primary full" type="submit">Change the password</button>
            </form>
            </section>
            """;

    private static final String TWICE =
            """
            <div class="field">
            <label for="password">New password</label>
            <input id="password" name="password" type="password" autocomplete="new-password"
             required minlength="8" aria-describedby="password-hint">
            <p class="hint" id="password-hint">At least 8 characters; the longer the better. Three or
            four words that do not belong together are good.</p>
            </div>
            <div class="field">
            <label for="again">Repeat the new password</label>
            <input id="again" name="again" type="password" autocomplete="new-password" required>
            </div>
            """;

    private static final String NONE =
            """
            <section class="card">
            <h1>You have no password here</h1>
            <p>You sign in to {} in another way, so there is nothing to change. If you want a password as
            well, ask an administrator for a link to choose one.</p>
            <p class="actions"><a class="button" href="{}">Back to the home page</a></p>
            </section>
            """;

    private static final String CLOSED =
            """
            <section class="card">
            <h1>This link does not work</h1>
            <p>{}</p>
            <p class="actions"><a class="button" href="{}">Go to the sign-in page</a></p>
            </section>
            """;

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final HubUrls urls;
    private final LiveCommunity community;
    private final FactorService factors;

    PasswordPage(HubUrls urls, LiveCommunity community, FactorService factors) {
        this.urls = urls;
        this.community = community;
        this.factors = factors;
    }

    /** For whoever has a link that works. */
    Page choose(PasswordLink link, Secret secret, @Nullable String error) {
        var name = link.user().name();
        var here = community.now().title();
        var title = link.first() ? "Welcome to " + here : "Choose a new password";
        var about =
                link.first()
                        ? "Your user name is " + name + ". Choose a password to sign in with."
                        : "For "
                                + name
                                + ". The old one, and whoever is signed in with it, is out.";
        var body =
                Html.of(
                        CHOOSE,
                        title,
                        about,
                        alert(error),
                        urls.hub(PasswordLinkEndpoints.PAGE),
                        secret.reveal(),
                        name,
                        new Html(TWICE),
                        link.first() ? "Choose the password and sign in" : "Change the password",
                        DAY.format(link.until()));
        return Page.narrow(title, body);
    }

    Page closed(Problem problem) {
        var body = Html.of(CLOSED, problem.detail(), urls.login());
        return Page.narrow("This link does not work", body);
    }

    /** For whoever is signed in. */
    Page change(User user, Html xsrfField, Html sessions, @Nullable String error) {
        var form =
                Html.of(
                        CHANGE,
                        user.name(),
                        alert(error),
                        urls.hub(PasswordLinkEndpoints.OWN),
                        xsrfField,
                        user.name(),
                        new Html(TWICE));
        return own("Change your password", form, user, sessions);
    }

    Page none(User user, Html sessions) {
        var words = Html.of(NONE, community.now().title(), urls.home());
        return own("You have no password here", words, user, sessions);
    }

    private Page own(String title, Html password, User user, Html sessions) {
        var card = new FactorPage(urls).card(factors.of(user.id()).orElse(null));
        return Page.of(title, "password", Html.of("{}{}{}", password, card, sessions));
    }

    private static Html alert(@Nullable String error) {
        return error == null
                ? Html.NOTHING
                : Html.of("<div class=\"message bad\" role=\"alert\"><p>{}</p></div>\n", error);
    }
}
