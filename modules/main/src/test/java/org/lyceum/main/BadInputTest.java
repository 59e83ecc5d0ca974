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
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.SecurityStatement;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Goal: whatever is sent, the answer is the contract's: never a 5xx, never another's data. Method:
 * jqwik makes requests, from the documents where it can, and sends them to the whole platform; the
 * seed is fixed, so that a failure comes again.
 */
class BadInputTest {

    private static final String SEED = "20260";
    private static final Set<String> STARTS =
            Set.of("POST /users/{user}/server", "POST /users/{user}/servers/{server}");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A scope for one server of ada's is part of that for all of them. */
    private static final Pattern NARROWED = Pattern.compile("(?<=!)server=ada/.*");

    private record Sending(Operation operation, String body) {}

    private static AccessWorld world;
    private static Browser client;
    private static RawHttp raw;
    private static String root;

    @BeforeContainer
    static void begin() {
        world = new AccessWorld();
        client = new Browser(world.platform.origin());
        raw = new RawHttp(world.platform.origin());
        root = world.token("root");
    }

    @AfterContainer
    static void end() throws Exception {
        world.close();
    }

    @Property(tries = 1_500, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
    void a_body_is_taken_or_refused_with_a_reason(@ForAll("sendings") Sending sending) {
        var operation = sending.operation();
        var body = sending.body();
        var page =
                client.send(
                        operation.method(),
                        world.home.server()
                                + operation.at(Map.of("user", "eve", "group", "others")),
                        body,
                        "Authorization",
                        "token " + root,
                        "Content-Type",
                        "application/json");

        requireContract(operation.title() + " " + body, page);
        if (operation.path().endsWith("/shutdown")) {
            world.resume();
        }
    }

    @Property(tries = 600, seed = SEED)
    void a_query_is_understood_or_refused_with_a_reason(
            @ForAll("readOperations") Operation operation,
            @ForAll("parameters") List<String> parameters) {
        var path = world.home.server() + operation.at(world.adas());

        var page =
                client.get(
                        path + "?" + String.join("&", parameters),
                        "Authorization",
                        "token " + root);

        requireContract(path + parameters, page);
    }

    @Property(tries = 10_000, seed = SEED)
    @SecurityStatement(41)
    void a_scope_that_is_asked_for_is_held_or_refused(@ForAll("scopes") String scope)
            throws JsonProcessingException {
        if (scope.hashCode() % 10 == 0) { // the same by HTTP, which takes longer
            var body = JSON.writeValueAsString(Map.of("scopes", List.of(scope)));
            var page =
                    client.post(
                            "/hub/api/users/ada/tokens", body, "Authorization", "token " + root);
            requireContract(scope, page);
        }
        try {
            assertThat(world.scopesOfToken("ada", scope))
                    .as(scope)
                    .allMatch(
                            s ->
                                    adasScopes()
                                            .contains(
                                                    NARROWED.matcher(s).replaceFirst("user=ada")));
        } catch (Problem refused) {
            assertThat(refused.kind()).as(scope).isEqualTo(Problem.Kind.INVALID);
        }
    }

    @Property(tries = 500, seed = SEED)
    void a_header_that_is_no_token_lets_nobody_in(@ForAll("credentials") String header) {
        var page = client.get("/hub/api/users/ada", "Authorization", header);

        assertThat(page.status()).as(header).isEqualTo(403);
        assertThat(page.body()).doesNotContain(AccessWorld.MARK);
    }

    @Property(tries = 3_000, seed = SEED)
    @SecurityStatement({29, 30})
    void a_path_leads_to_one_place_or_nowhere(
            @ForAll("methods") String method, @ForAll("paths") String path) {
        var answer =
                raw.send(
                        method + " " + path + " HTTP/1.1\r\nHost: " + raw.authority() + "\r\n", "");

        assertThat(answer.status())
                .as("%s %s: %s", method, path, answer.text())
                .isBetween(200, 499);
        assertThat(answer.text()).as(path).doesNotContain(AccessWorld.MARK);
    }

    @Property(tries = 1_000, seed = SEED)
    @SecurityStatement({31, 32})
    void headers_that_contradict_each_other_smuggle_nothing(
            @ForAll("headLines") List<String> lines, @ForAll("smuggled") String body) {
        var head =
                "POST /hub/api/users/ada/tokens HTTP/1.1\r\nHost: "
                        + raw.authority()
                        + "\r\n"
                        + String.join("", lines);

        var answer = raw.send(head, body);

        assertThat(answer.status()).as(head + body).isIn(0, 200, 400, 403, 404, 413, 417, 431, 501);
        assertThat(answer.text()).doesNotContain(AccessWorld.MARK);
        assertThat(answer.text().split("HTTP/1.1 ", -1).length)
                .as(head + body)
                .isLessThanOrEqualTo(3);
    }

    @Provide
    Arbitrary<Sending> sendings() {
        return Arbitraries.of(
                        world.home.operations().stream()
                                .filter(o -> o.mediaType().equals("application/json"))
                                .filter(o -> !STARTS.contains(o.title())) // takes any object
                                .toList())
                .flatMap(
                        operation ->
                                OddBodies.of(operation).map(body -> new Sending(operation, body)));
    }

    @Provide
    Arbitrary<Operation> readOperations() {
        return Arbitraries.of(
                world.home.operations().stream()
                        .filter(o -> o.reads() && !o.path().endsWith("/progress"))
                        .toList());
    }

    @Provide
    Arbitrary<List<String>> parameters() {
        var name =
                Arbitraries.of(
                        "offset",
                        "limit",
                        "sort",
                        "state",
                        "name_filter",
                        "include_stopped_servers",
                        "x",
                        "");
        var value =
                Arbitraries.oneOf(
                        Arbitraries.of(
                                "0",
                                "-1",
                                "2147483647",
                                "-2147483648",
                                "99999999999",
                                "1e3",
                                "",
                                "id",
                                "-name",
                                "ready",
                                "%25",
                                "%",
                                "%zz",
                                "%00",
                                "%C3%28",
                                "'",
                                "*"),
                        Arbitraries.strings().ofMaxLength(8).map(Names::queryValue));
        return Combinators.combine(name, value)
                .as((n, v) -> n + "=" + v.replace("%zz", "%25zz"))
                .map(p -> p.endsWith("%") ? p + "25" : p)
                .list()
                .ofMaxSize(4);
    }

    /** Names, filters and punctuation of scopes, put together in every way. */
    @Provide
    Arbitrary<String> scopes() {
        var piece =
                Arbitraries.of(
                        "read:users",
                        "users",
                        "admin:users",
                        "servers",
                        "access:servers",
                        "tokens",
                        "self",
                        "inherit",
                        "all",
                        "(no_scope)",
                        "custom:",
                        "custom:x:y",
                        "list:",
                        "!",
                        "!user",
                        "!user=",
                        "=",
                        "ada",
                        "root",
                        "eve",
                        "!server=",
                        "ada/",
                        "/",
                        "!group=",
                        "readers",
                        "!service=",
                        "grader",
                        ":",
                        "name",
                        "*",
                        " ",
                        "%",
                        "\u0000",
                        "!user=ada",
                        "!server=ada/",
                        "read:",
                        "read:users:name");
        var made = piece.list().ofMinSize(1).ofMaxSize(5).map(l -> String.join("", l));
        return Arbitraries.oneOf(made, made, Arbitraries.strings().ofMaxLength(20));
    }

    @Provide
    Arbitrary<String> credentials() {
        var scheme =
                Arbitraries.of("token ", "bearer ", "TOKEN  ", "Basic ", "", "token", "token\t");
        var secret = Arbitraries.strings().withCharRange('!', '~').ofMaxLength(40);
        return Combinators.combine(scheme, secret).as((a, b) -> a + b);
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of(
                "GET", "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "X");
    }

    @Provide
    Arbitrary<String> paths() {
        var piece =
                Arbitraries.of(
                        "/",
                        "//",
                        "/./",
                        "/../",
                        "%2e%2e",
                        "%2E",
                        "..",
                        ".",
                        "%2f",
                        "%2F",
                        "%5c",
                        "\\",
                        ";",
                        ";x=1",
                        "%3b",
                        "%",
                        "%4",
                        "%zz",
                        "%00",
                        "%0d%0a",
                        "%c3%28",
                        "%c0%ae",
                        "%252e",
                        "%252f",
                        "user",
                        "User",
                        "%75ser",
                        "ada",
                        "a%64a",
                        "hub",
                        "hub/api",
                        "HUB",
                        "api",
                        "users",
                        "/users/ada",
                        "/user/ada/",
                        "/hub/api/users/ada",
                        "physics",
                        "panel",
                        "api/admin/v1",
                        "openapi.json",
                        "?",
                        "?a=%zz",
                        "#",
                        ":",
                        "@",
                        "//evil.test",
                        "http://evil.test/",
                        "~",
                        "x");
        return piece.list().ofMinSize(1).ofMaxSize(8).map(l -> "/" + String.join("", l));
    }

    @Provide
    Arbitrary<List<String>> headLines() {
        return Arbitraries.of(OddHeads.LINES).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> smuggled() {
        return Arbitraries.of(
                "",
                "{}",
                "0\r\n\r\n",
                "5\r\nhello\r\n0\r\n\r\n",
                "-1\r\n\r\n",
                "ffffffffffffffff\r\n\r\n",
                "0\r\n\r\nGET /hub/api/users/ada HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /hub/api/users/ada HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    /** A failure is JSON with the status again and a sentence; a success is none of a failure. */
    private static void requireContract(String what, Browser.Page page) {
        assertThat(page.status()).as("%s: %s", what, page.body()).isLessThan(500);
        if (page.status() >= 400) {
            var failure = parsed(page);
            assertThat(failure.path("status").asInt()).as(what).isEqualTo(page.status());
            assertThat(failure.path("message").asText()).as(what).isNotEmpty();
        }
    }

    private static JsonNode parsed(Browser.Page page) {
        try {
            return JSON.readTree(page.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(page.status() + " is no JSON: " + page.body(), e);
        }
    }

    private static Set<String> adasScopes() {
        if (scopesOfAda == null) {
            var own = client.get("/hub/api/user", "Authorization", "token " + world.token("ada"));
            scopesOfAda = texts(parsed(own).get("scopes"));
        }
        return scopesOfAda;
    }

    private static Set<String> scopesOfAda;

    private static Set<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }
}
