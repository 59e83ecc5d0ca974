package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.SurfaceDriver;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.ContractRow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Goal: the rules of contract §3.6, each row of its table. */
class XsrfTest {

    private final Xsrf xsrf = new Xsrf(Secret.random());
    private final Secret session = Secret.random();

    @ParameterizedTest
    @CsvSource({
        // kind, method, Sec-Fetch-Mode, Sec-Fetch-Site, required
        "PAGE, GET, , , false",
        "PAGE, GET, cors, same-origin, false",
        "PAGE, HEAD, , , false",
        "PAGE, OPTIONS, , , false",
        "PAGE, POST, , , true",
        "PAGE, POST, navigate, same-origin, true",
        "API, GET, cors, same-origin, true",
        "API, GET, same-origin, same-origin, true",
        "API, POST, cors, same-origin, true",
        "API, GET, websocket, same-origin, false",
        "API, GET, , , false",
        "API, HEAD, , , false",
        "API, GET, navigate, none, false",
        "API, GET, no-cors, same-origin, false",
        "API, GET, no-cors, cross-site, true",
        "API, GET, no-cors, , true",
        "API, POST, , , true",
        "API, DELETE, , , true",
        "API, POST, no-cors, same-origin, true",
        "API, GET, something-new, same-origin, true",
    })
    @ContractRow({40, 41})
    void a_proof_is_required_as_the_table_says(
            Xsrf.Kind kind, String method, String mode, String site, boolean required) {
        var headers = new ArrayList<Map.Entry<String, String>>();
        if (mode != null) {
            headers.add(Map.entry("Sec-Fetch-Mode", mode));
        }
        if (site != null) {
            headers.add(Map.entry("Sec-Fetch-Site", site));
        }

        assertThat(Xsrf.required(kind, request(method, "/hub/x", headers, ""))).isEqualTo(required);
    }

    @Test
    void the_token_counts_in_a_header_the_query_or_a_form_if_the_cookie_has_it_too() {
        var token = xsrf.token(request("GET", "/", List.of(), ""), session);
        var cookie = Map.entry("Cookie", "_xsrf=" + token);
        var form = Map.entry("Content-Type", "application/x-www-form-urlencoded");

        check(request("POST", "/", List.of(cookie, Map.entry("X-XSRFToken", token)), ""));
        check(request("POST", "/", List.of(cookie, Map.entry("X-CSRFToken", token)), ""));
        check(request("POST", "/?_xsrf=" + token, List.of(cookie), ""));
        check(request("POST", "/", List.of(cookie, form), "a=b&_xsrf=" + token));
        assertRefused(request("POST", "/?_xsrf=" + token, List.of(), ""), "xsrf.mismatch");
        assertRefused(request("POST", "/", List.of(cookie), ""), "xsrf.missing");
    }

    @Test
    @ContractRow(43)
    void of_several_cookies_the_valid_one_is_honoured() {
        var token = xsrf.token(request("GET", "/", List.of(), ""), session);
        var cookies = Map.entry("Cookie", "_xsrf=of-a-notebook; _xsrf=" + token);

        check(request("POST", "/?_xsrf=" + token, List.of(cookies), ""));
        assertRefused(
                request("POST", "/?_xsrf=of-a-notebook", List.of(cookies), ""), "xsrf.mismatch");
    }

    @Test
    void a_token_of_another_session_or_of_nobody_is_refused() {
        var request = request("GET", "/", List.of(), "");
        for (var foreign :
                List.of(xsrf.token(request, Secret.random()), xsrf.token(request, null))) {
            var cookie = Map.entry("Cookie", "_xsrf=" + foreign);

            assertRefused(
                    request("POST", "/?_xsrf=" + foreign, List.of(cookie), ""), "xsrf.mismatch");
        }
    }

    @Test
    void only_a_navigation_gets_the_token_into_its_page() {
        assertThat(Xsrf.mayReceive(request("GET", "/", List.of(), ""))).isTrue();
        assertThat(Xsrf.mayReceive(mode("navigate"))).isTrue();
        assertThat(Xsrf.mayReceive(mode("cors"))).isFalse();
        assertThat(Xsrf.mayReceive(mode("same-origin"))).isFalse();
    }

    private static Request mode(String mode) {
        return request("GET", "/", List.of(Map.entry("Sec-Fetch-Mode", mode)), "");
    }

    private void check(Request request) {
        xsrf.check(Xsrf.Kind.PAGE, request, session);
    }

    private void assertRefused(Request request, String code) {
        assertThatThrownBy(() -> check(request))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static Request request(
            String method, String target, List<Map.Entry<String, String>> headers, String body) {
        return SurfaceDriver.request(method, target, headers, body);
    }
}
