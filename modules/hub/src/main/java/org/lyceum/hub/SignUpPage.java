package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.login.SignUpService.Offer;
import org.lyceum.login.SignUpService.Outcome;

/** Pages on which people make an account for themselves, or see what became of their request. */
final class SignUpPage {

    private static final String FORM =
            """
            <section class="card">
            <h1>Make an account</h1>
            <p>{}</p>
            {}<form method="post" action="{}">
            {}
            {}<div class="field">
            <label for="username">User name</label>
            <input id="username" name="username" value="{}" autocomplete="username"
             autocapitalize="none" spellcheck="false" maxlength="255" required
             aria-describedby="username-hint">
            <p class="hint" id="username-hint">Short and simple, such as <code>ada</code>. It is
            part of web addresses.</p>
            </div>
            <div class="field">
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="new-password"
             required minlength="8" aria-describedby="password-hint">
            <p class="hint" id="password-hint">At least 8 characters; the longer the better. Three or
            four words that do not belong together are good.</p>
            </div>
            <div class="field">
            <label for="again">Repeat the password</label>
            <input id="again" name="again" type="password" autocomplete="new-password" required>
            </div>
            {}<button class="button primary full" type="submit">Make the account</button>
            </form>
            </section>
            <p class="quiet small">You have an account? <a href="{}">Sign in</a></p>
            """;

    private static final String CODE =
            """
            <div class="field">
            <label for="code">Code of the event{}</label>
            <input id="code" name="code" value="{}" autocomplete="off" autocapitalize="characters"
             spellcheck="false" maxlength="40"{}>
            </div>
            """;

    private static final String NOTE =
            """
            <div class="field">
            <label for="note">Who you are{}</label>
            <input id="note" name="note" value="{}" autocomplete="name" maxlength="200"
             aria-describedby="note-hint">
            <p class="hint" id="note-hint">So that a manager knows you: your full name, your course.</p>
            </div>
            """;

    private static final String WORDS =
            """
            <section class="card">
            <h1>{}</h1>
            <p role="status">{}</p>
            <p class="actions"><a class="button" href="{}">Go to the sign-in page</a></p>
            </section>
            """;

    private final HubUrls urls;

    SignUpPage(HubUrls urls) {
        this.urls = urls;
    }

    /** What somebody has typed, to be shown again; never a password. */
    record Typed(String name, String code, String note) {}

    Page form(Offer offer, String action, Html xsrf, Typed typed, @Nullable String error) {
        var both = offer.byCode() && offer.byRequest();
        var about =
                both
                        ? "With the code of an event you come in at once. Without one a manager of"
                                + " the community is asked."
                        : offer.byCode()
                                ? "Type the code that you were given, and choose a name and a"
                                        + " password."
                                : "Choose a name and a password. A manager of the community is"
                                        + " asked whether you may come in.";
        var code =
                offer.byCode()
                        ? Html.of(
                                CODE,
                                both ? ", if you have one" : "",
                                typed.code(),
                                new Html(" required").when(!both))
                        : Html.NOTHING;
        var note =
                offer.byRequest()
                        ? Html.of(NOTE, both ? ", if you have no code" : "", typed.note())
                        : Html.NOTHING;
        var alert =
                error == null
                        ? Html.NOTHING
                        : Html.of(
                                "<div class=\"message bad\" role=\"alert\"><p>{}</p></div>\n",
                                error);
        var body =
                Html.of(FORM, about, alert, action, xsrf, code, typed.name(), note, urls.login());
        return Page.narrow("Make an account", body);
    }

    Page closed() {
        return words(
                "No accounts are made here",
                "People cannot make an account for themselves here now. Ask one of the community's"
                        + " managers for an invitation.");
    }

    Page outcome(Outcome outcome) {
        return switch (outcome.answer()) {
            case WAITING ->
                    words(
                            "Your request is waiting",
                            "A manager of the community answers it. Keep the address of this page:"
                                    + " it tells you the answer.");
            case ADMITTED ->
                    words(
                            "You are in",
                            "Your user name is "
                                    + outcome.name()
                                    + ". Sign in with it and the password that you chose.");
            case REFUSED ->
                    words(
                            "You were not let in",
                            "A manager of the community has declined your request. If you should"
                                    + " belong here, talk to them; you may ask again.");
        };
    }

    Page unknown() {
        return words(
                "There is no such request",
                "The address is not complete, or the request was answered more than 30 days ago."
                        + " Ask again if you still need an account.");
    }

    private Page words(String title, String sentence) {
        return Page.narrow(title, Html.of(WORDS, title, sentence, urls.login()));
    }
}
