package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.testing.TempDatabase;

/** Goal: people can read what the API does, and every operation of the document is on the page. */
class ReferenceApiTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    @Test
    void every_operation_of_the_document_is_on_the_page_with_a_command_that_calls_it() {
        try (var scenario = new HubScenario(temp)) {
            var browser = scenario.signedIn(scenario.user("ada"));

            var page = browser.get("/hub/api-reference");
            var document = HubScenario.json(browser.get("/hub/api/openapi.json"));

            assertThat(page.status()).isEqualTo(200);
            var html = HubScenario.text(page);
            for (var path : document.get("paths").properties()) {
                for (var method : path.getValue().properties()) {
                    var operation = method.getValue();
                    assertThat(html)
                            .contains(
                                    "<details id=\"" + operation.get("operationId").asText() + '"')
                            .contains(Html.escape(operation.get("summary").asText()));
                }
            }
            assertThat(html)
                    .contains("curl -X POST -H &quot;Authorization: token $TOKEN&quot;")
                    .contains("http://own.host:8000/hub/api/users/ada")
                    .contains("<a href=\"#shape-User\">User</a>")
                    .contains("id=\"shape-User\"")
                    .doesNotContain("style=")
                    .doesNotContain("onclick");
        }
    }

    @Test
    void who_is_not_signed_in_is_led_to_where_they_can() {
        try (var scenario = new HubScenario(temp)) {
            var answer = scenario.client().get("/hub/api-reference");

            assertThat(answer.header("Location").orElseThrow()).startsWith("/hub/login?next=");
        }
    }
}
