package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.http.SurfaceDriver;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;

import java.util.List;

/** Goal: no redirect leaves the host. Method: the contract's whole table (§9.2), and more. */
class NextUrlTest {

    @ContractRow(59)
    @SecurityStatement(39)
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "/user/bob/tree?x=1&y=2#f -> /user/bob/tree?x=1&y=2#f",
                "/hub/api/oauth2/authorize?client_id=a -> /hub/api/oauth2/authorize?client_id=a",
                "http://own.host:8000/hub/home?a=b -> /hub/home?a=b",
                "//own.host:8000/hub/token -> /hub/token",
                "http://own.host:8000//evil.com/ -> /evil.com/",
                "http://own.host:8000///evil -> /evil",
                "/\\evil.com -> /%5Cevil.com",
                "/%2Fevil.com -> /%2Fevil.com",
                "/user/bob/a b -> /user/bob/a%20b",
                "/user/é -> /user/%C3%A9",
            })
    void a_path_of_ours_is_followed(String next, String result) {
        assertThat(NextUrl.local(next, "http", "own.host:8000", "")).contains(result);
    }

    @ContractRow(59)
    @SecurityStatement(39)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.com/x",
                "///evil.com",
                "https://evil.com/",
                "https:evil.com",
                "http://own.host@evil.com/",
                "http://own.host:8000@evil.com/",
                "http://own.host:8000.evil.com/",
                "\\\\evil.com",
                "foo",
                "",
                "javascript:alert(1)",
                "HTTP://own.host:8000/hub/home",
                "https://own.host:8000/hub/home",
                "/\t/evil.com",
                "/a\r\nSet-Cookie: x=y",
                " //evil.com",
            })
    void anything_else_is_discarded(String next) {
        assertThat(NextUrl.local(next, "http", "own.host:8000", "")).isEmpty();
    }

    @ContractRow(59)
    @SecurityStatement(39)
    @Test
    void without_next_the_other_parameters_go_along_but_not_blank_ones_or_the_token() {
        var request =
                SurfaceDriver.request(
                        "GET", "/hub/login?foo=a%20b&_xsrf=t&x=&foo=c", List.of(), "");

        assertThat(NextUrl.orElse(request, "/hub/home", "")).isEqualTo("/hub/home?foo=a%20b&foo=c");
    }

    @ContractRow(59)
    @SecurityStatement(39)
    @Test
    void with_next_nothing_is_added() {
        var request = SurfaceDriver.request("GET", "/hub/login?foo=a&next=%2Fx%3Fy", List.of(), "");

        assertThat(NextUrl.orElse(request, "/hub/home", "")).isEqualTo("/x?y");
    }

    @ParameterizedTest
    @ContractRow(59)
    @SecurityStatement(39)
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "http://ada.jh.test:8000/user/ada/lab?x -> /user/ada/lab?x",
                "https://jh.test/hub/home -> /hub/home",
                "http://ada.jh.test//evil.com/ -> /evil.com/",
                "http://ada.jh.test -> /",
                "/user/ada/a b -> /user/ada/a%20b",
            })
    void a_host_within_the_domain_is_left_for_its_path(String next, String result) {
        assertThat(NextUrl.local(next, "http", "own.host", "jh.test")).contains(result);
    }

    @ParameterizedTest
    @SecurityStatement(39)
    @ValueSource(
            strings = {
                "http://evil-jh.test/",
                "http://jh.test.evil.com/",
                "http://jh.test@evil.com/",
                "http://evil.com\\.jh.test/",
                "ftp://jh.test/",
                "http:jh.test",
                "//evil.jh.test/"
            })
    void a_host_beside_the_domain_is_not_followed(String next) {
        assertThat(NextUrl.local(next, "http", "own.host", "jh.test")).isEmpty();
    }
}
