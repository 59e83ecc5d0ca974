package org.lyceum.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.list;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.orNull;
import static org.lyceum.platform.http.Shape.text;
import static org.lyceum.platform.http.Shape.whole;
import static org.lyceum.platform.http.Shape.word;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Access.Credential;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Meaning;
import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.Shape;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Goal: the document says of an endpoint what its description, path and access say. */
class OpenApiTest {

    enum Mood {
        GLAD,
        SAD
    }

    record PlantJson(
            long id,
            @Meaning("Latin.") String name,
            @Nullable Instant wateredAt,
            List<@Nullable Mood> moods,
            Map<String, Boolean> flags) {}

    private static final Shape FAILURE = object("Failure", field("message", text(), ""));

    private static final Api API =
            new Api(
                    "Garden",
                    "1",
                    "Plants.",
                    "api",
                    List.of(new Api.Chapter("plants", "Plants")),
                    Map.of("plant", new Api.Name("A plant.", "rose")),
                    Map.of(Credential.TOKEN, new Api.Proof("header", "Key", "A key.", "")),
                    new Api.Failure(Operation.JSON, FAILURE));

    @Test
    void an_endpoint_without_a_description_is_left_out() {
        var bare = Endpoint.get("page", Access.open(), r -> Response.noContent());
        var described = bare.as(Operation.of("plants", "Look").answers(204, "Seen."));

        assertThat(paths(List.of(bare))).isEmpty();
        assertThat(paths(List.of(api(described)))).hasSize(1);
    }

    @Test
    void a_path_names_its_parameters_and_who_may_call_is_one_alternative_for_each_scope() {
        var get =
                Endpoint.get(
                                "api/plants/:plant?",
                                access(List.of("read:plants", "water")),
                                r -> Response.noContent())
                        .as(
                                Operation.of("plants", "Look")
                                        .query(optional("deep", word("1", "0"), "How far."))
                                        .answers(204, "Seen."));

        var operation = paths(List.of(get)).at("/~1plants~1{plant}/get");

        assertThat(operation.at("/parameters/0/name").asText()).isEqualTo("plant");
        assertThat(operation.at("/parameters/0/description").asText())
                .isEqualTo("A plant. May be empty.");
        assertThat(operation.at("/parameters/1/in").asText()).isEqualTo("query");
        assertThat(operation.get("security"))
                .hasToString("[{\"token\":[\"read:plants\"]},{\"token\":[\"water\"]}]");
        assertThat(operation.get("operationId").asText()).isEqualTo("get_plants_plant");
    }

    @Test
    void a_parameter_that_nobody_explains_stops_the_document() {
        var get =
                Endpoint.get("api/:weed", Access.open(), r -> Response.noContent())
                        .as(Operation.of("plants", "Look"));

        assertThatThrownBy(() -> OpenApi.document(API, "/", List.of(get)))
                .hasMessageContaining(":weed");
    }

    @Test
    void a_record_is_described_by_its_components() {
        var shape = Shape.of(PlantJson.class);
        var post =
                Endpoint.post("api/plants", Access.open(), r -> Response.noContent())
                        .as(
                                Operation.of("plants", "Plant")
                                        .body(object("", field("n", whole(), "")), "{\"n\":1}")
                                        .answers(201, "Them.", list(shape)));

        var document = OpenApi.document(API, "/", List.of(post));
        var plant = document.at("/components/schemas/Plant");

        assertThat(plant.at("/properties/id/type").asText()).isEqualTo("integer");
        assertThat(plant.at("/properties/name/description").asText()).isEqualTo("Latin.");
        assertThat(plant.at("/properties/wateredAt"))
                .hasToString("{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"}");
        assertThat(plant.at("/properties/moods/items"))
                .hasToString("{\"type\":[\"string\",\"null\"],\"enum\":[\"GLAD\",\"SAD\",null]}");
        assertThat(plant.at("/properties/flags/additionalProperties/type").asText())
                .isEqualTo("boolean");
        assertThat(plant.at("/required")).hasSize(5);
        assertThat(document.at("/paths/~1plants/post/requestBody/content/application~1json"))
                .hasToString(
                        "{\"schema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\","
                            + "\"format\":\"int64\"}},\"required\":[\"n\"]},\"example\":{\"n\":1}}");
        assertThat(document.at("/servers/0/url").asText()).isEqualTo("/api");
    }

    @Test
    void two_shapes_of_one_name_are_a_mistake() {
        var one = object("Plant", field("a", text(), ""));
        var other = object("Plant", field("b", orNull(text()), ""));
        var get =
                Endpoint.get("api/x", Access.open(), r -> Response.noContent())
                        .as(
                                Operation.of("plants", "Look")
                                        .answers(200, "One.", one)
                                        .answers(201, "Other.", other));

        assertThatThrownBy(() -> OpenApi.document(API, "/", List.of(get)))
                .hasMessageContaining("Plant");
    }

    private static JsonNode paths(List<Endpoint> endpoints) {
        return OpenApi.document(API, "/", endpoints).get("paths");
    }

    private static Endpoint api(Endpoint endpoint) {
        return new Endpoint(
                endpoint.method(),
                "api/" + endpoint.path(),
                endpoint.access(),
                endpoint.action(),
                endpoint.operation());
    }

    private static Access access(List<String> scopes) {
        return new Access() {
            @Override
            public Request admit(Request request) {
                return request;
            }

            @Override
            public Rule rule() {
                return new Rule("some", List.of(Credential.TOKEN), scopes);
            }
        };
    }
}
