package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a server's {@code user_options} that is a choice, under KubeSpawner's names: {@code
 * profile}, one key for each option, and {@code OPTION--unlisted-choice} for what is not listed.
 * What else is there belongs to others and is left alone.
 */
public final class UserOptions {

    /** In a form: the answer is in the field beside. */
    public static final String UNLISTED = "unlisted_choice";

    private static final String PROFILE = "profile";
    private static final String OF_OPTION = "profile-option-";
    private static final String SEPARATOR = "--";
    private static final String UNLISTED_KEY = SEPARATOR + "unlisted-choice";

    private final Map<String, Object> options;

    public UserOptions(Map<String, Object> options) {
        this.options = options;
    }

    /** Name of the field for an option in a form with several profiles. */
    public static String field(String profile, String option) {
        return OF_OPTION + profile + SEPARATOR + option;
    }

    /** Name of the field for what is not listed. */
    public static String unlistedField(String profile, String option) {
        return field(profile, option) + UNLISTED_KEY;
    }

    /**
     * What a form comes to: the chosen profile's fields under their short names, those of other
     * profiles not at all, and everything else as it came.
     *
     * @param form lists of texts
     */
    public static Map<String, Object> ofForm(Map<String, Object> form) {
        var profile = text(form.get(PROFILE));
        if (profile == null) {
            return form;
        }
        var own = OF_OPTION + profile + SEPARATOR;
        var kept = new LinkedHashMap<String, Object>();
        form.forEach(
                (key, value) -> {
                    if (key.equals(PROFILE)) {
                        kept.put(PROFILE, profile);
                    } else if (key.startsWith(own)) {
                        put(kept, key.substring(own.length()), text(value), form, key);
                    } else if (!key.startsWith(OF_OPTION)) {
                        kept.put(key, value);
                    }
                });
        return kept;
    }

    /** A listed answer takes the place of what was typed, and the other way round. */
    private static void put(
            Map<String, Object> into,
            String key,
            @Nullable String text,
            Map<String, Object> form,
            String field) {
        boolean typed = key.endsWith(UNLISTED_KEY);
        var select = typed ? field.substring(0, field.length() - UNLISTED_KEY.length()) : field;
        var selected = text(form.get(select));
        boolean counts = typed == (selected == null || selected.equals(UNLISTED));
        if (text != null && counts && !text.equals(UNLISTED)) {
            into.put(key, text);
        }
    }

    /** The profile by name; null when it is left to the platform. */
    public @Nullable String profile() {
        return text(options.get(PROFILE));
    }

    /** The listed choice for an option; null when there is none. */
    public @Nullable String choice(String option) {
        var text = text(options.get(option));
        return UNLISTED.equals(text) ? null : text;
    }

    /** What was typed for an option; null when nothing was. */
    public @Nullable String unlisted(String option) {
        return text(options.get(option + UNLISTED_KEY));
    }

    /** JupyterHub's forms send a list of one, its API a text. */
    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case String text when !text.isBlank() -> text.strip();
            case List<?> list when list.size() == 1 -> text(list.getFirst());
            case null, default -> null;
        };
    }
}
