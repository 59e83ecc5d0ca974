package org.lyceum.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** Goal: a form comes to the same user options as with KubeSpawner. */
class UserOptionsTest {

    @Test
    void a_form_keeps_what_is_the_chosen_profiles_under_short_names() {
        var form =
                Map.<String, Object>of(
                        "profile", List.of("lab"),
                        "profile-option-lab--image", List.of("r"),
                        "profile-option-lab--image--unlisted-choice", List.of("left/over:1"),
                        "profile-option-other--image", List.of("python"),
                        "own", List.of("a", "b"));

        assertThat(UserOptions.ofForm(form))
                .isEqualTo(Map.of("profile", "lab", "image", "r", "own", List.of("a", "b")));
    }

    @Test
    void what_was_typed_counts_where_the_menu_says_so_or_there_is_none() {
        var typed = "profile-option-lab--image--unlisted-choice";
        var wanted = Map.of("profile", "lab", "image--unlisted-choice", "lab/own:1");

        for (var form :
                List.<Map<String, Object>>of(
                        Map.of("profile", List.of("lab"), typed, List.of(" lab/own:1 ")),
                        Map.of(
                                "profile",
                                List.of("lab"),
                                "profile-option-lab--image",
                                List.of(UserOptions.UNLISTED),
                                typed,
                                List.of("lab/own:1")))) {
            assertThat(UserOptions.ofForm(form)).isEqualTo(wanted);
        }
    }

    @Test
    void a_form_without_a_profile_is_left_as_it_is() {
        var form = Map.<String, Object>of("a", List.of("1"));

        assertThat(UserOptions.ofForm(form)).isSameAs(form);
    }
}
