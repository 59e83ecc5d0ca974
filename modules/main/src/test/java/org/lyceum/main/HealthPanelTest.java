package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.catalog.Environment;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.FakeContainerEngine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Goal: an administrator reads what is wrong and what puts it right, and sees that it did. Method:
 * the whole platform over its public door; each fault planted, found, and mended.
 */
class HealthPanelTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeContainerEngine engine = new FakeContainerEngine();
    private HubUnderTest platform;
    private Browser root;

    @BeforeEach
    void start() {
        platform = HubUnderTest.withFake(engine);
        platform.user("root", true);
        root = platform.browserOf("root");
    }

    @AfterEach
    void end() {
        platform.close();
    }

    @Test
    void every_check_has_an_answer_and_a_name_of_its_own() {
        var items = json(root.get("/api/admin/v1/health")).path("items");

        assertThat(items).hasSizeGreaterThanOrEqualTo(30);
        assertThat(items.findValuesAsText("id")).doesNotHaveDuplicates();
        assertThat(items).allSatisfy(each -> assertThat(each.path("words").asText()).isNotEmpty());
        assertThat(items)
                .as("none failed or hung")
                .noneMatch(each -> each.path("level").asText().equals("UNKNOWN"));
    }

    @Test
    void an_engine_that_is_gone_is_told_until_it_is_back_and_somebody_looks() {
        engine.fail(Problem.of(Problem.Kind.UNAVAILABLE, "docker.unavailable", "It is off."));
        assertThat(look("engine.answers").path("words").asText()).contains("It is off.");

        engine.fail(null);
        assertThat(read("engine.answers").path("level").asText()).isEqualTo("FAULT");
        assertThat(look("engine.answers").path("level").asText()).isEqualTo("WELL");
    }

    @Test
    void an_environment_without_its_image_is_named() {
        platform.hub()
                .catalog()
                .environments()
                .create(
                        new Actor.Platform(),
                        platform.community(),
                        new Environment.Draft(
                                "lost", "Lost", "lyceum/none:yet", List.of("run"), "", null));

        var found = look("work.images");

        assertThat(found.path("level").asText()).isEqualTo("WARNING");
        assertThat(found.path("words").asText()).contains("Lost");
    }

    @Test
    void a_key_that_others_can_read_is_named_with_the_command_that_closes_it() throws IOException {
        var key = platform.data().resolve("keys/vault.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        var found = look("storage.keys");

        assertThat(found.path("level").asText()).isEqualTo("FAULT");
        assertThat(found.path("command").asText()).isEqualTo("chmod 600 " + key);
        assertThat(found.toString()).doesNotContain(Files.readString(key).strip());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThat(look("storage.keys").path("level").asText()).isEqualTo("WELL");
    }

    /** What is known. */
    private JsonNode read(String id) {
        return item(json(root.get("/api/admin/v1/health")), id);
    }

    /** What is so now. */
    private JsonNode look(String id) {
        var answer =
                root.send(
                        "POST",
                        "/api/admin/v1/health/check",
                        "",
                        "X-Lyceum-CSRF",
                        root.panelProof());
        return item(json(answer), id);
    }

    private static JsonNode item(JsonNode report, String id) {
        for (var each : report.path("items")) {
            if (each.path("id").asText().equals(id)) {
                return each;
            }
        }
        throw new AssertionError("no check " + id);
    }

    private static JsonNode json(Browser.Page page) {
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        try {
            return JSON.readTree(page.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
