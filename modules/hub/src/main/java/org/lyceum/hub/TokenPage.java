package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.Token;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The page of somebody's tokens. */
final class TokenPage {

    private static final String BODY =
            """
            {}<section class="card">
            <h1>Tokens</h1>
            <p>With a token, a program on your computer can act as you: an editor, a script. Treat it
            like a password. <a href="{}">What a program can ask for</a></p>
            <form method="post" action="{}">
            {}<div class="field">
            <label for="note">What is it for?</label>
            <input id="note" name="note" maxlength="200" autocomplete="off"
             placeholder="for example: editor on my laptop">
            </div>
            <div class="field">
            <label for="days">How long is it valid?</label>
            <select id="days" name="days">
            <option value="1">a day</option>
            <option value="7">a week</option>
            <option value="30" selected>30 days</option>
            <option value="365">a year</option>
            <option value="">until I revoke it</option>
            </select>
            </div>
            <button class="button primary" type="submit">Make a token</button>
            </form>
            </section>
            <section class="card">
            <h2>Your tokens</h2>
            {}
            </section>
            <section class="card">
            <h2>Servers and services that know you</h2>
            {}
            </section>
            <p><a href="{}">Ways to sign in</a>: by which providers you are known here.</p>
            """;

    private static final String FRESH =
            """
            <div class="message good" role="status">
            <p><strong>Your new token.</strong> Copy it now; it is not shown again.</p>
            <p><code class="secret" tabindex="0">{}</code></p>
            </div>
            """;

    private static final String ITEM =
            """
            <li><div class="about"><strong>{}</strong><br>
            <span class="quiet small">{}</span></div>
            <form method="post" action="{}">{}
            <input type="hidden" name="token" value="{}">
            <button class="button danger" type="submit" aria-label="Revoke {}">Revoke</button>
            </form></li>
            """;

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final HubUrls urls;

    TokenPage(HubUrls urls) {
        this.urls = urls;
    }

    Page of(
            List<Token> tokens,
            Token.@Nullable Issued fresh,
            @Nullable String error,
            Html xsrfField) {
        Html news = Html.NOTHING;
        if (fresh != null) {
            news = Html.of(FRESH, fresh.secret().reveal());
        } else if (error != null) {
            news = Html.of("<div class=\"message bad\" role=\"alert\"><p>{}</p></div>\n", error);
        }
        var own = tokens.stream().filter(t -> t.kind() != Token.Kind.OAUTH).toList();
        var oauth = tokens.stream().filter(t -> t.kind() == Token.Kind.OAUTH).toList();
        var body =
                Html.of(
                        BODY,
                        news,
                        urls.hub("api-reference"),
                        urls.hub("token"),
                        xsrfField,
                        list(
                                own,
                                xsrfField,
                                "You have no tokens yet. Make one above when a program"
                                        + " asks for it."),
                        list(
                                oauth,
                                xsrfField,
                                "None. A server is listed here once you have opened" + " it."),
                        urls.hub("ways"));
        return Page.of("Tokens", "token", body);
    }

    private Html list(List<Token> tokens, Html xsrfField, String none) {
        if (tokens.isEmpty()) {
            return Html.of("<p class=\"quiet\">{}</p>", none);
        }
        var items = tokens.stream().map(token -> item(token, xsrfField)).toList();
        return Html.of("<ul class=\"things\">\n{}</ul>", items);
    }

    private Html item(Token token, Html xsrfField) {
        var title =
                switch (token.kind()) {
                    case OAUTH -> token.oauthClient();
                    case API, SERVER -> token.note();
                };
        var about =
                "made "
                        + DAY.format(token.createdAt())
                        + ", "
                        + when("last used ", token.lastActivityAt(), "never used")
                        + ", "
                        + when("expires ", token.expiresAt(), "does not expire");
        return Html.of(ITEM, title, about, urls.hub("token/revoke"), xsrfField, token.id(), title);
    }

    private static String when(String word, @Nullable Instant at, String never) {
        return at == null ? never : word + DAY.format(at);
    }
}
