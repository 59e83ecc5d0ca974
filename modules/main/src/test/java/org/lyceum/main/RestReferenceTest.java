package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Surface;
import org.lyceum.platform.testing.FakeContainerEngine;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;

/**
 * Goal: the OpenAPI documents say what is served. Method: the whole platform serves them, and they
 * are compared with what is committed; {@code -Dreference.write=true} writes them instead.
 */
class RestReferenceTest {

    private static final ObjectMapper PRETTY =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static HubUnderTest platform;

    @BeforeAll
    static void start() {
        platform = HubUnderTest.withFake(new FakeContainerEngine());
    }

    @AfterAll
    static void end() {
        platform.close();
    }

    @Test
    void the_hubs_document() throws Exception {
        check("rest-hub.json", served("/hub/api/openapi.json"));
    }

    @Test
    void the_panels_document() throws Exception {
        check("rest-admin.json", served("/api/admin/v1/openapi.json"));
    }

    @Test
    void every_endpoint_of_an_api_is_described() {
        for (var surface : platform.hub().surfaces().all()) {
            var inApi = surface.endpoints().stream().filter(e -> inApi(surface, e)).toList();
            assertThat(inApi)
                    .filteredOn(endpoint -> !endpoint.method().equals("HEAD"))
                    .allSatisfy(
                            endpoint ->
                                    assertThat(endpoint.operation())
                                            .as(
                                                    "%s %s needs .as(…Operations.X)",
                                                    endpoint.method(), endpoint.path())
                                            .isNotNull());
        }
    }

    private static boolean inApi(Surface surface, Endpoint endpoint) {
        return (surface.basePath() + endpoint.path()).contains("/api");
    }

    private static JsonNode served(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(platform.origin() + path)).build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return PRETTY.readTree(answer.body());
        }
    }

    private static void check(String name, JsonNode document) throws IOException {
        var file = SourceTree.ROOT.resolve("docs/reference").resolve(name);
        var text = PRETTY.writeValueAsString(document) + "\n";
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(file, text);
        }
        assertThat(file)
                .as(
                        "made again with: mvn -pl modules/main -am test -Dtest=RestReferenceTest"
                                + " -Dreference.write=true")
                .content()
                .isEqualTo(text);
    }
}
