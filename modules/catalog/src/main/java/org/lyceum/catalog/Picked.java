package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

/**
 * What a choice comes to within one profile.
 *
 * @param environmentId of the profile, or of the choice that changes it
 * @param freeImage a reference that was typed; null for the environment's own image
 * @param words what was chosen, for people; empty where there was nothing to choose
 */
record Picked(long environmentId, Size size, @Nullable String freeImage, String words) {

    /**
     * @throws Problem INVALID {@code profile.choice-unknown}, {@code profile.image-refused}
     */
    static Picked of(Profile profile, UserOptions options) {
        long environment = profile.environmentId();
        var size = profile.size();
        String image = null;
        var words = new StringBuilder();
        for (var option : profile.options()) {
            var typed = options.unlisted(option.name());
            if (typed != null && options.choice(option.name()) == null) {
                image = accepted(option, typed);
                words.append(words.isEmpty() ? "" : ", ").append(image);
                continue;
            }
            var choice = choice(option, options.choice(option.name()));
            if (choice != null) {
                var change = choice.change();
                environment = change.environmentId() == null ? environment : change.environmentId();
                size = size.with(change);
                words.append(words.isEmpty() ? "" : ", ").append(choice.title());
            }
        }
        return new Picked(environment, size, image, words.toString());
    }

    private static @Nullable Choice choice(ProfileOption option, @Nullable String wanted) {
        if (wanted == null) {
            return option.initial().orElse(null);
        }
        return option.choice(wanted)
                .orElseThrow(
                        () ->
                                Problem.invalid(
                                        "profile.choice-unknown",
                                        "“"
                                                + option.title()
                                                + "” has no such choice; pick one of those on the"
                                                + " start page."));
    }

    private static String accepted(ProfileOption option, String image) {
        var free = option.freeImage();
        if (free == null) {
            throw Problem.invalid(
                    "profile.image-refused",
                    "“" + option.title() + "” does not take an image of your own; pick a choice.");
        }
        if (!ImagePattern.of(free.pattern()).matches(image)) {
            throw Problem.invalid(
                    "profile.image-refused",
                    free.advice().isBlank()
                            ? "This image is not allowed here; it must match " + free.pattern()
                            : free.advice());
        }
        return image;
    }
}
