package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.Profile;

import java.util.List;
import java.util.Locale;

/** The page on which somebody picks what a server is started as (contract §1.6). */
final class SpawnForm {

    private static final String FORM =
            """
            <section class="card">
            <h1>Start {}</h1>
            {}<form method="post" action="{}">
            {}
            <fieldset class="choices"><legend>What do you want to work with?</legend>
            {}</fieldset>
            <div class="actions"><button class="button primary" type="submit">Start</button>
            <a class="button" href="{}">Go to the home page</a></div>
            </form>
            </section>
            """;

    private static final String CHOICE =
            """
            <div class="choice">
            <input type="radio" id="profile-{}" name="profile" value="{}" required{}>
            <label for="profile-{}">{}<span class="quiet small">{}</span></label>
            </div>
            """;

    private static final Html CHECKED = new Html(" checked");

    private final HubUrls urls;

    SpawnForm(HubUrls urls) {
        this.urls = urls;
    }

    /**
     * @param which the server, as people call it
     * @param action where the form goes: this very page, with its query
     * @param picked the profile that is picked already; null for none
     * @param trouble why the last try was refused; empty for the first
     */
    Page of(
            String which,
            String action,
            Html xsrf,
            List<Profile> offered,
            @Nullable Profile picked,
            String trouble) {
        var message =
                trouble.isEmpty()
                        ? Html.NOTHING
                        : Html.of("<p class=\"message bad\" role=\"alert\">{}</p>\n", trouble);
        var choices =
                offered.stream().map(profile -> choice(profile, profile.equals(picked))).toList();
        var body = Html.of(FORM, which, message, action, xsrf, choices, urls.home());
        return Page.of("Start " + which, "home", body);
    }

    private static Html choice(Profile profile, boolean picked) {
        return Html.of(
                CHOICE,
                profile.id(),
                profile.name(),
                CHECKED.when(picked),
                profile.id(),
                profile.title(),
                size(profile));
    }

    /** Cores without needless digits: 0.5, 2. */
    private static String size(Profile profile) {
        int milli = profile.milliCpus();
        var cores =
                milli % 1000 == 0
                        ? Integer.toString(milli / 1000)
                        : String.format(Locale.ROOT, "%.1f", milli / 1000.0);
        return profile.memory() + " of memory, " + cores + (milli == 1000 ? " core" : " cores");
    }
}
