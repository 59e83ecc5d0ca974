package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.SurfaceDriver;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;

import java.util.List;
import java.util.Map;

/** Goal: the headers of contract §1.2 and of our own security list. */
class HubHeadersTest {

    private final HubHeaders headers = new HubHeaders(new HubUrls("/pre/"), List::of);

    @Test
    @ContractRow(45)
    @SecurityStatement(38)
    void pages_and_api_have_their_content_policies() {
        var page = headers.finish(get(List.of()), Response.html(200, "x"), false);
        var api = headers.finish(get(List.of()), Response.json(200, 1), true);

        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'", "frame-ancestors 'none'")
                .contains("report-uri /pre/hub/security/csp-report")
                .doesNotContain("unsafe-inline");
        assertThat(api.header("Content-Security-Policy"))
                .contains(
                        "frame-ancestors 'none'; report-uri /pre/hub/security/csp-report;"
                                + " default-src 'none'");
        assertThat(page.header("X-JupyterHub-Version")).contains("5.5.1");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.header("Strict-Transport-Security")).isEmpty();
    }

    @Test
    @SecurityStatement(38)
    void https_is_remembered() {
        var request = SurfaceDriver.request(Listener.PUBLIC, "https", "GET", "/", List.of(), "");

        var response = headers.finish(request, Response.html(200, "x"), false);

        assertThat(response.header("Strict-Transport-Security")).isPresent();
    }

    @Test
    void a_body_that_is_known_is_not_sent_again() {
        var first = headers.finish(get(List.of()), Response.json(200, 1), true);
        var etag = first.header("Etag").orElseThrow();

        var again =
                headers.finish(
                        get(List.of(Map.entry("If-None-Match", "\"other\", " + etag))),
                        Response.json(200, 1),
                        true);
        var other =
                headers.finish(
                        get(List.of(Map.entry("If-None-Match", etag))),
                        Response.json(200, 2),
                        true);

        assertThat(again.status()).isEqualTo(304);
        assertThat(((Response.Body.Whole) again.body()).bytes()).isEmpty();
        assertThat(again.header("X-JupyterHub-Version")).isPresent();
        assertThat(other.status()).isEqualTo(200);
    }

    private static Request get(List<Map.Entry<String, String>> headers) {
        return SurfaceDriver.request("GET", "/pre/hub/x", headers, "");
    }
}
