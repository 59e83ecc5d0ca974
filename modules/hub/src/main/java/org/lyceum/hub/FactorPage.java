package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.User;
import org.lyceum.login.FactorNotice;
import org.lyceum.login.FactorService;
import org.lyceum.login.Factors;
import org.lyceum.platform.kernel.HostNames;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Secret;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Pages about the second factor: asking for it, setting it up, one's own. */
final class FactorPage {

    private static final String ASK =
            """
            <section class="card">
            <h1>Your code</h1>
            <p>Open your authenticator and type the code that it shows for {}.</p>
            {}<form method="post" action="{}">
            {}{}<button class="button primary full" type="submit">Sign in</button>
            </form>
            <p class="quiet small">No authenticator at hand? Type one of your recovery codes instead. Without
            those, an administrator can help you.</p>
            <p class="quiet small"><a href="{}">Sign in as somebody else</a></p>
            </section>
            """;

    private static final String CODE =
            """
            <div class="field">
            <label for="code">Code</label>
            <input id="code" name="code" autocomplete="one-time-code" autocapitalize="none"
             spellcheck="false" maxlength="40" required{}>
            </div>
            """;

    private static final String SET_UP =
            """
            <section class="card">
            <h1>Set up a second factor</h1>
            <p>{}</p>
            {}<ol>
            <li><p>Scan this with an authenticator on your telephone, or in your password manager.</p>
            {}<p>Or type the key there: <code id="factor-key">{}</code></p></li>
            <li><p>Type the code that it shows now.</p>
            <form method="post" action="{}">
            {}{}{}<button class="button primary full" type="submit">Set it up</button>
            </form></li>
            </ol>
            </section>
            """;

    private static final String PASSWORD =
            """
            <div class="field">
            <label for="current">Your password</label>
            <input id="current" name="current" type="password" autocomplete="current-password"
             required>
            </div>
            """;

    private static final String CODES =
            """
            <section class="card">
            <h1>Keep your recovery codes</h1>
            <p>With one of these you get in without your authenticator, each once. They are not shown
            again: print this page or write them down, and keep them apart from your telephone.</p>
            <pre id="recovery-codes">{}</pre>
            <p class="actions"><button class="button" type="button" data-copy="recovery-codes"
             hidden>Copy</button>
            <a class="button primary" href="{}">I have kept them</a></p>
            </section>
            """;

    private static final String TOLD =
            """
            <section class="card">
            <h1>Your second factor was removed</h1>
            <p>An administrator did it on {}, and gave this reason:</p>
            <blockquote><p>{}</p></blockquote>
            <p>If you did not ask for this, tell them now, and change your password. Else set up a new one
            soon, on your account’s page.</p>
            <p class="actions"><a class="button primary" href="{}">Go on</a></p>
            </section>
            """;

    private static final String OWN =
            """
            <section class="card">
            <h1>Your second factor</h1>
            <p>You have an authenticator since {}, and {} of ten recovery codes.</p>
            {}<form method="post" action="{}">
            {}{}<p class="actions">
            <button class="button" type="submit" name="do" value="codes">Make new recovery codes</button>
            <button class="button danger" type="submit" name="do" value="remove">Remove the
            authenticator</button></p>
            </form>
            <p class="quiet small">Either wants a code, of the authenticator or a recovery code. For a new
            telephone remove this one, then set up the other.{}</p>
            </section>
            """;

    private static final String OVER =
            """
            <section class="card">
            <h1>Begin again</h1>
            <p>{}</p>
            <p class="actions"><a class="button primary" href="{}">Sign in</a></p>
            </section>
            """;

    private static final String CARD =
            """
            <section class="card">
            <h2>Second factor</h2>
            <p>{}</p>
            <p class="actions"><a class="button" href="{}">{}</a></p>
            </section>
            """;

    private static final String MUST =
            " Your role wants a second factor: you are signed out then, and set one up at the next"
                    + " sign-in.";

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final int KEY_GROUP = 4;

    private final HubUrls urls;

    FactorPage(HubUrls urls) {
        this.urls = urls;
    }

    Page ask(User user, Html xsrfField, @Nullable String error) {
        var body =
                Html.of(
                        ASK,
                        user.name(),
                        alert(error),
                        urls.hub(SecondStep.PAGE),
                        xsrfField,
                        code(true),
                        urls.login() + "?sso=no");
        return Page.narrow("Your code", body);
    }

    Page setUp(SetUp form, @Nullable String error) {
        var key = form.key.reveal();
        var body =
                Html.of(
                        SET_UP,
                        form.why,
                        alert(error),
                        QrSvg.of(uri(form.user, form.host, key), "QR code of the key below"),
                        key.replaceAll("(.{" + KEY_GROUP + "})(?!$)", "$1 "),
                        form.action,
                        form.xsrfField,
                        new Html(PASSWORD).when(form.password),
                        code(false));
        return Page.narrow("Set up a second factor", body);
    }

    /** After too many wrong codes. */
    Page over() {
        var body = Html.of(OVER, FactorService.lost().detail(), urls.login() + "?sso=no");
        return Page.narrow("Begin again", body);
    }

    /**
     * What the page for setting up is made of.
     *
     * @param why what stands above it
     * @param action where its form leads
     * @param password whether it is asked for as well
     * @param host what the authenticator calls us
     */
    record SetUp(
            User user,
            Secret key,
            String why,
            String action,
            Html xsrfField,
            boolean password,
            String host) {}

    /** Source: google-authenticator's wiki, Key URI Format, which all authenticators read. */
    private static String uri(User user, String host, String key) {
        var issuer = Names.queryValue(HostNames.of(host));
        return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=30"
                .formatted(issuer, Names.queryValue(user.name()), key, issuer);
    }

    Page codes(List<String> codes, String onward) {
        var body = Html.of(CODES, String.join("\n", codes), onward);
        return Page.narrow("Keep your recovery codes", body);
    }

    static Page told(FactorNotice notice, String onward) {
        var body = Html.of(TOLD, DAY.format(notice.at()), notice.reason(), onward);
        return Page.narrow("Your second factor was removed", body);
    }

    Page own(Factors factors, boolean must, Html xsrfField, @Nullable String error) {
        var body =
                Html.of(
                        OWN,
                        DAY.format(factors.since()),
                        factors.recoveryCodes(),
                        alert(error),
                        urls.hub(FactorEndpoints.OWN),
                        xsrfField,
                        code(false),
                        must ? MUST : "");
        return Page.narrow("Your second factor", body);
    }

    /** For the page of one's account. */
    Html card(@Nullable Factors factors) {
        var words =
                factors == null
                        ? "Your password alone opens this account. An authenticator on your"
                                + " telephone makes a stolen password useless."
                        : "An authenticator is asked for after your password. "
                                + factors.recoveryCodes()
                                + " recovery codes are left.";
        return Html.of(
                CARD,
                words,
                urls.hub(FactorEndpoints.OWN),
                factors == null ? "Set it up" : "Change it");
    }

    private static Html code(boolean focus) {
        return Html.of(CODE, new Html(" autofocus").when(focus));
    }

    private static Html alert(@Nullable String error) {
        return error == null
                ? Html.NOTHING
                : Html.of("<div class=\"message bad\" role=\"alert\"><p>{}</p></div>\n", error);
    }
}
