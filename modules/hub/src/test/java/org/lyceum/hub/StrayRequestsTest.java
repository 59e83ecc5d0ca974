package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.SurfaceDriver;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.ContractRow;

import java.util.List;

/** Goal: what lies outside the hub is led into it, byte for byte (contract §1.3). */
class StrayRequestsTest {

    @ContractRow({47, 50, 56})
    @ParameterizedTest
    @CsvSource({
        "/, /, 302, /hub/",
        "/, /user/alice, 301, /user/alice/",
        "/, /user/alice?x=1, 301, /user/alice/?x=1",
        "/, /services/a%40b, 301, /services/a%40b/",
        "/, /tree?x=1, 302, /hub/tree?x=1",
        "/, /user/alice/lab, 302, /hub/user/alice/lab",
        "/, /user/alice/files/a%2Fb%20c?x=%2B, 302, /hub/user/alice/files/a%2Fb%20c?x=%2B",
        "/, //evil.com, 302, /hub//evil.com",
        "/, /user/, 302, /hub/user/",
        "/pre/fix/, /pre/fix/, 302, /pre/fix/hub/",
        "/pre/fix/, /pre/fix/user/alice, 301, /pre/fix/user/alice/",
        "/pre/fix/, /pre/f%69x/lab, 302, /pre/fix/hub/lab",
    })
    void a_get_is_redirected(String base, String target, int status, String location) {
        var strays = new StrayRequests(new HubUrls(base));

        var response =
                strays.answer(
                        SurfaceDriver.request("GET", target, List.of(), ""),
                        () -> Response.of(405));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Location")).contains(location);
    }

    @ContractRow({47, 50, 56})
    @Test
    void what_would_change_something_is_refused() {
        var strays = new StrayRequests(new HubUrls("/"));
        var post = SurfaceDriver.request("POST", "/user/alice/api/x", List.of(), "");
        var head = SurfaceDriver.request("HEAD", "/user/alice/", List.of(), "");

        assertThatThrownBy(() -> strays.answer(post, () -> Response.of(405)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(HubFailures.status(problem)).isEqualTo(403));
        assertThat(strays.answer(head, () -> Response.of(405)).status()).isEqualTo(405);
    }
}
