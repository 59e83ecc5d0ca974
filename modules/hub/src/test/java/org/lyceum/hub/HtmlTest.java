package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Goal: nothing from outside becomes markup. */
class HtmlTest {

    @Test
    void a_value_is_escaped_in_text_and_in_attributes() {
        var html = Html.of("<a href=\"{}\">{}</a>", "\"><script>", "o'brien & <b>");

        assertThat(html.markup())
                .isEqualTo("<a href=\"&quot;&gt;&lt;script&gt;\">o&#39;brien &amp; &lt;b&gt;</a>");
    }

    @Test
    void markup_of_our_own_is_not_escaped_again() {
        var item = Html.of("<li>{}</li>", "<x>");

        assertThat(Html.of("<ul>{}</ul>", List.of(item, item)).markup())
                .isEqualTo("<ul><li>&lt;x&gt;</li><li>&lt;x&gt;</li></ul>");
    }

    @Test
    void a_value_that_looks_like_a_slot_is_not_filled() {
        assertThat(Html.of("{}-{}", "{}", "b").markup()).isEqualTo("{}-b");
    }

    @Test
    void slots_and_values_must_fit() {
        assertThatThrownBy(() -> Html.of("{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.of("{}", "a", "b"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
