package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * A question that a profile asks; as KubeSpawner's {@code profile_options} have it.
 *
 * @param name how user options refer to it
 * @param freeImage null unless an image may be named that is not among the choices
 */
public record ProfileOption(
        String name, String title, List<Choice> choices, @Nullable FreeImage freeImage) {

    public ProfileOption {
        choices = List.copyOf(choices);
    }

    /** What counts until somebody picks; empty when there is only a field for an image. */
    public Optional<Choice> initial() {
        return choices.stream()
                .filter(Choice::initial)
                .findFirst()
                .or(() -> choices.stream().findFirst());
    }

    public Optional<Choice> choice(String wanted) {
        return choices.stream().filter(choice -> choice.name().equals(wanted)).findFirst();
    }
}
