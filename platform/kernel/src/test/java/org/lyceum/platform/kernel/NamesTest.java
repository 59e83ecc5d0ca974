package org.lyceum.platform.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** The table of the wire contract's section on escaping, row by row. */
class NamesTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "a@b.c, a@b.c, a%40b.c",
                "o'brien, o%27brien, o%27brien",
                "my srv, my%20srv, my%20srv",
                "pct%41, pct%2541, pct%2541",
                "é, %C3%A9, %C3%A9",
                "a+b*c!(), a%2Bb%2Ac%21%28%29, a%2Bb%2Ac%21%28%29"
            })
    void names_are_escaped_as_jupyterhub_escapes_them(
            String name, String segment, String clientId) {
        assertThat(Names.pathSegment(name)).isEqualTo(segment);
        assertThat(Names.clientId(name)).isEqualTo(clientId);
    }

    @Test
    void a_name_that_could_leave_its_path_segment_is_not_valid() {
        assertThat(
                        List.of(
                                "",
                                ".",
                                "..",
                                "..;a",
                                ".;",
                                "a/b",
                                " a",
                                "a ",
                                "a\u0000",
                                "x".repeat(256)))
                .noneMatch(Names::valid);
        assertThat(
                        List.of(
                                "ada",
                                "a@b.c",
                                "my srv",
                                "pct%41",
                                "é",
                                "..a",
                                "a;b",
                                "...",
                                "x".repeat(255)))
                .allMatch(Names::valid);
    }
}
