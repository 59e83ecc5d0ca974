package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import org.lyceum.main.RestDocument.Operation;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Secret;

import java.util.ArrayList;
import java.util.Map;

/**
 * Goal: whatever the panel's API is sent, it takes it or says why not: never a 5xx. Method: as
 * {@link BadInputTest}, signed in as an administrator of the platform, from the panel's document.
 */
class AdminBadInputTest {

    private static final String SEED = "20261";
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Sending(Operation operation, String path, String body) {}

    private static AccessWorld world;
    private static Browser root;
    private static String proof;

    @BeforeContainer
    static void begin() {
        world = new AccessWorld();
        root = world.platform.browserOf("root");
        var cookie = root.cookie("lyceum-session", "/api/admin/").orElseThrow();
        proof = Secret.presented(cookie).sign("panel");
    }

    @AfterContainer
    static void end() throws Exception {
        world.close();
    }

    @Property(tries = 2_000, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
    void a_body_is_taken_or_refused_with_a_reason(@ForAll("sendings") Sending sending) {
        var page =
                root.send(
                        sending.operation().method(),
                        sending.path(),
                        sending.body(),
                        "Content-Type",
                        "application/json",
                        "X-Lyceum-CSRF",
                        proof,
                        "Sec-Fetch-Mode",
                        "cors");

        requireReason(sending.operation().title() + " " + sending, page);
    }

    @Property(tries = 500, seed = SEED)
    void a_query_is_understood_or_refused_with_a_reason(
            @ForAll("reads") Operation operation, @ForAll("queries") String query) {
        var path = world.admin.server() + operation.at(Map.of()) + "?" + query;
        var page = root.get(path, "X-Lyceum-CSRF", proof, "Sec-Fetch-Mode", "cors");

        requireReason(path, page);
    }

    private static void requireReason(String what, Browser.Page page) {
        assertThat(page.status()).as("%s: %s", what, page.body()).isBetween(200, 499);
        assertThat(page.status()).as(what).isNotEqualTo(401);
        if (page.status() >= 400) {
            var problem = parsed(page.body());
            assertThat(problem.path("code").asText()).as(what).isNotEmpty();
            assertThat(problem.path("detail").asText()).as(what).isNotEmpty();
        }
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }

    @Provide
    Arbitrary<Sending> sendings() {
        var operations =
                world.admin.operations().stream().filter(o -> !o.reads() && !o.open()).toList();
        return Arbitraries.of(operations)
                .flatMap(
                        operation ->
                                Combinators.combine(paths(operation), OddBodies.of(operation))
                                        .as((path, body) -> new Sending(operation, path, body)));
    }

    /** With numbers and names that are there, and such as nobody has. */
    private static Arbitrary<String> paths(Operation operation) {
        var value =
                Arbitraries.of(
                        "1",
                        "2",
                        "3",
                        "0",
                        "-1",
                        "99999999999999999999",
                        "1.5",
                        "x",
                        "grader",
                        "admin",
                        "hub.mount",
                        "a/b",
                        "é",
                        " ",
                        "'; --");
        var names = new ArrayList<>(operation.names().keySet());
        return value.list()
                .ofSize(names.size())
                .map(
                        values -> {
                            var path = operation.path();
                            for (int i = 0; i < values.size(); i++) {
                                var written = Names.pathSegment(values.get(i));
                                path = path.replace("{" + names.get(i) + "}", written);
                            }
                            return world.admin.server() + path;
                        });
    }

    @Provide
    Arbitrary<Operation> reads() {
        return Arbitraries.of(
                world.admin.operations().stream().filter(o -> o.reads() && !o.open()).toList());
    }

    @Provide
    Arbitrary<String> queries() {
        var name = Arbitraries.of("offset", "limit", "name", "before", "x", "");
        var value = Arbitraries.of("0", "-1", "2147483648", "1e3", "", "%25", "%00", "%C3%28", "'");
        return Combinators.combine(name, value)
                .as((n, v) -> n + "=" + v)
                .list()
                .ofMaxSize(3)
                .map(pairs -> String.join("&", pairs));
    }
}
