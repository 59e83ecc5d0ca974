package org.lyceum.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Names;

import java.util.List;
import java.util.Optional;

/** Goal: a request target is understood in one way, or not at all. */
class RequestPathTest {

    @Test
    void equivalent_spellings_are_the_same_path() {
        assertThat(segments("/user/a%40b.c/x?y=/z"))
                .isEqualTo(segments("/user/a@b.c/x"))
                .contains(List.of("", "user", "a@b.c", "x"));
        assertThat(segments("/%75ser/%C3%a9/")).contains(List.of("", "user", "é", ""));
    }

    @Test
    void dots_lead_nowhere_in_any_spelling() {
        for (var path :
                List.of(
                        "/..",
                        "/a/../b",
                        "/a/./b",
                        "/a/%2e%2e/b",
                        "/a/.%2E",
                        "/a/..%2fb",
                        "/a%2f..%2fb",
                        "/a/..;x/b",
                        "/a/.;/b",
                        "/a/%2e%2e%3bx/b")) {
            assertThat(RequestPath.octets(path)).as(path).isNull();
        }
        assertThat(segments("/a/...;x/.b/..c")).isPresent();
    }

    @Test
    void what_is_no_plain_path_is_not_read() {
        for (var target :
                List.of("", "*", "http://x/", "a", "/a b", "/a#b", "/é", "/%", "/%4", "/%zz")) {
            assertThat(RequestPath.octets(target)).as(target).isNull();
        }
    }

    @Test
    void a_segment_that_is_no_text_is_no_segment() {
        for (var broken : List.of("%", "%4", "%zz", "%c3%28", "%00", "a%0Ab", "a\nb", "%7f")) {
            assertThat(RequestPath.segment(broken)).as(broken).isEmpty();
        }
        assertThat(segments("/a/%c3%28")).isEmpty();
    }

    @Test
    void a_slash_inside_a_segment_separates_nothing() {
        assertThat(segments("/hub%2Fapi/x")).contains(List.of("", "hub/api", "x"));
        assertThat(RequestPath.join(List.of("", "hub/api", "x", ""))).isEqualTo("/hub%2Fapi/x/");
    }

    @Test
    void names_come_back_as_they_were_written() {
        for (var name : List.of("a@b.c", "o'brien", "my srv", "pct%41", "é", "a+b*c!()", "a/b")) {
            assertThat(RequestPath.segment(Names.pathSegment(name))).contains(name);
            assertThat(RequestPath.segment(Names.clientId(name))).contains(name);
        }
    }

    private static Optional<List<String>> segments(String target) {
        return Optional.ofNullable(RequestPath.octets(target)).flatMap(RequestPath::segments);
    }
}
