package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lyceum.platform.http.SurfaceDriver;
import org.lyceum.platform.testing.ContractRow;

import java.util.List;
import java.util.Map;

/** Goal: programs are told from people by what they accept. */
class AcceptedTest {

    @ContractRow(52)
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | true",
                "application/json, text/html;q=0.9 | true",
                "text/html;q=0.5, application/json;q=0.8 | true",
                "application/json, */*;q=0.5 | true",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | false",
                "*/* | false",
                "text/html, application/json | false",
                "application/json;q=0.1, text/html | false",
                "application/json;q=nonsense, text/html | false",
                "'' | false",
            })
    void json_must_rank_above_html(String accept, boolean json) {
        var headers = List.of(Map.entry("Accept", accept));

        assertThat(Accepted.prefersJson(SurfaceDriver.request("GET", "/", headers, "")))
                .isEqualTo(json);
    }
}
