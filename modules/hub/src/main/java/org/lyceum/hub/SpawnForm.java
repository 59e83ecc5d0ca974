package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.Choice;
import org.lyceum.catalog.DeviceKinds;
import org.lyceum.catalog.FreeImage;
import org.lyceum.catalog.Profile;
import org.lyceum.catalog.ProfileOption;
import org.lyceum.catalog.Size;
import org.lyceum.catalog.UserOptions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page on which somebody picks what a server is started as (contract §1.6). Works without
 * scripts: the style sheet shows the options of the profile that is picked. Fields have
 * KubeSpawner's names.
 */
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
            <label for="profile-{}">{}{}<span class="quiet small">{}</span></label>
            {}</div>
            """;

    private static final String OPTIONS =
            """
            <div class="options" role="group" aria-label="Options of {}">
            {}</div>
            """;

    private static final String SELECT =
            """
            <div class="option"><label for="{}">{}</label>
            <select id="{}" name="{}">
            {}</select>
            {}</div>
            """;

    private static final String FIELD =
            """
            <div class="unlisted"><label for="{}">{}</label>
            <input type="text" id="{}" name="{}" value="{}" maxlength="255" autocomplete="off"
             autocapitalize="none" spellcheck="false" placeholder="name:tag"
             aria-describedby="{}-hint">
            <p class="quiet small" id="{}-hint">{}</p></div>
            """;

    private static final Html CHECKED = new Html(" checked");
    private static final Html SELECTED = new Html(" selected");
    private static final UserOptions NOTHING = new UserOptions(Map.of());

    private final HubUrls urls;
    private final DeviceKinds devices;

    SpawnForm(HubUrls urls, DeviceKinds devices) {
        this.urls = urls;
        this.devices = devices;
    }

    /**
     * @param which the server, as people call it
     * @param action where the form goes: this very page, with its query
     * @param picked what is picked already; null for nothing
     * @param trouble why the last try was refused; empty for the first
     */
    Page of(
            String which,
            String action,
            Html xsrf,
            List<Profile> offered,
            Choices.@Nullable Pick picked,
            String trouble) {
        var message =
                trouble.isEmpty()
                        ? Html.NOTHING
                        : Html.of("<p class=\"message bad\" role=\"alert\">{}</p>\n", trouble);
        var choices = offered.stream().map(profile -> choice(profile, picked)).toList();
        var body = Html.of(FORM, which, message, action, xsrf, choices, urls.home());
        return Page.of("Start " + which, "home", body);
    }

    private Html choice(Profile profile, Choices.@Nullable Pick picked) {
        boolean mine = picked != null && picked.profile().id() == profile.id();
        var answers = picked != null && mine ? picked.options() : NOTHING;
        var options =
                profile.options().stream().map(option -> option(profile, option, answers)).toList();
        return Html.of(
                CHOICE,
                profile.id(),
                profile.name(),
                CHECKED.when(mine),
                profile.id(),
                profile.title(),
                Html.of("<span class=\"small\">{}</span>", profile.description())
                        .when(!profile.description().isBlank()),
                size(profile.size()),
                options.isEmpty() ? Html.NOTHING : Html.of(OPTIONS, profile.title(), options));
    }

    private Html option(Profile profile, ProfileOption option, UserOptions answers) {
        var free = option.freeImage();
        var typed = answers.unlisted(option.name());
        var chosen = answers.choice(option.name());
        boolean unlisted = free != null && typed != null && chosen == null;
        var field =
                free == null
                        ? Html.NOTHING
                        : field(profile, option, free, unlisted && typed != null ? typed : "");
        if (option.choices().isEmpty()) {
            return Html.of("<div class=\"option\">{}</div>\n", field);
        }
        var initial = option.initial().map(Choice::name).orElse("");
        var wanted = option.choice(chosen == null ? "" : chosen).map(Choice::name).orElse(initial);
        var items = new ArrayList<Html>();
        for (var each : option.choices()) {
            items.add(
                    item(
                            each.name(),
                            words(profile, each),
                            !unlisted && each.name().equals(wanted)));
        }
        if (free != null) {
            items.add(item(UserOptions.UNLISTED, free.title() + "…", unlisted));
        }
        var id = "option-" + profile.id() + "-" + option.name();
        return Html.of(
                SELECT,
                id,
                option.title(),
                id,
                UserOptions.field(profile.name(), option.name()),
                items,
                field);
    }

    private static Html item(String value, String words, boolean selected) {
        return Html.of(
                "<option value=\"{}\"{}>{}</option>\n", value, SELECTED.when(selected), words);
    }

    private static Html field(Profile profile, ProfileOption option, FreeImage free, String typed) {
        var id = "unlisted-" + profile.id() + "-" + option.name();
        return Html.of(
                FIELD,
                id,
                free.title(),
                id,
                UserOptions.unlistedField(profile.name(), option.name()),
                typed,
                id,
                id,
                free.advice().isBlank()
                        ? "An image that is on this machine, as name:tag."
                        : free.advice());
    }

    /** A choice that changes the size says so. */
    private String words(Profile profile, Choice choice) {
        var change = choice.change();
        var device = change.device();
        if (change.memory() == null && change.milliCpus() == null && device == null) {
            return choice.title();
        }
        var base = profile.size();
        var memory = change.memory() == null ? base.memory() : change.memory();
        var size =
                new Size(
                        memory,
                        memory,
                        change.milliCpus() == null ? base.milliCpus() : change.milliCpus(),
                        base.pids(),
                        device == null ? base.device() : device);
        return choice.title() + " (" + size(size) + ")";
    }

    /** Cores without needless digits: 0.5, 2. */
    private String size(Size size) {
        int milli = size.milliCpus();
        var cores =
                milli % 1000 == 0
                        ? Integer.toString(milli / 1000)
                        : String.format(Locale.ROOT, "%.1f", milli / 1000.0);
        var device = size.device();
        return size.memory()
                + " of memory, "
                + cores
                + (milli == 1000 ? " core" : " cores")
                + (device == null || device.count() == 0 ? "" : ", " + devices.words(device));
    }
}
