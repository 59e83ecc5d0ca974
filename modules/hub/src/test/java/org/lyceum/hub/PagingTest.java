package org.lyceum.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.SurfaceDriver;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.ContractRow;

import java.util.List;
import java.util.Map;

/** Goal: lists come in the parts, and the envelope, of contract §4.3. */
class PagingTest {

    private static final String ENVELOPE =
            "application/json, application/jupyterhub-pagination+json";

    @ContractRow(68)
    @Test
    void a_bare_list_has_at_most_200_items() {
        var paging = Paging.of(request("/hub/api/users", "application/json"));

        assertThat(paging).isEqualTo(new Paging(0, 200, false));
    }

    @ContractRow(68)
    @Test
    void the_envelope_is_asked_for_by_one_entry_of_accept() {
        var paging = Paging.of(request("/hub/api/users", ENVELOPE));

        assertThat(paging).isEqualTo(new Paging(0, 50, true));
    }

    @ContractRow(68)
    @Test
    void numbers_lose_their_sign_and_stay_within_bounds() {
        assertThat(Paging.of(request("/x?offset=-3&limit=0", "")).offset()).isEqualTo(3);
        assertThat(Paging.of(request("/x?limit=0", "")).limit()).isEqualTo(1);
        assertThat(Paging.of(request("/x?limit=-500", "")).limit()).isEqualTo(200);
        assertThatThrownBy(() -> Paging.of(request("/x?limit=many", "")))
                .isInstanceOf(Problem.class)
                .hasMessage("Invalid argument type, offset and limit must be integers");
    }

    @ContractRow(68)
    @Test
    void next_is_an_absolute_address_of_the_same_host_with_the_query_kept() {
        var request = request("/hub/api/users?state=ready&limit=2&offset=2", ENVELOPE);

        var about = json(Paging.of(request).answer(request, Json.object(), 5)).get("_pagination");

        assertThat(about.get("total").asInt()).isEqualTo(5);
        assertThat(about.get("offset").asInt()).isEqualTo(2);
        assertThat(about.get("next").get("offset").asInt()).isEqualTo(4);
        assertThat(about.get("next").get("url").asText())
                .isEqualTo("http://own.host:8000/hub/api/users?state=ready&offset=4&limit=2");
    }

    @ContractRow(68)
    @Test
    void the_last_part_has_no_next() {
        var request = request("/hub/api/users?limit=2&offset=3", ENVELOPE);

        var page = json(Paging.of(request).answer(request, Json.object(), 5));

        assertThat(page.get("_pagination").get("next").isNull()).isTrue();
    }

    private static JsonNode json(Response response) {
        return Json.parse(((Response.Body.Whole) response.body()).bytes());
    }

    private static Request request(String target, String accept) {
        return SurfaceDriver.request("GET", target, List.of(Map.entry("Accept", accept)), "");
    }
}
