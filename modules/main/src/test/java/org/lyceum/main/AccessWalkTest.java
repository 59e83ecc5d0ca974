package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lyceum.main.RestDocument.Operation;
import org.lyceum.platform.testing.SecurityStatement;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goal: nobody gets past an endpoint whom it is not for. Method: every operation of the documents
 * that the platform serves is called by everybody who may not, over a socket; each call must be
 * refused as the contract says, tell nothing of ada's, and leave the database as it was. An
 * endpoint that is not described fails {@link RestReferenceTest}; one that is open to everybody
 * fails here until this class says why.
 */
class AccessWalkTest {

    /** What everybody may call, and what they get. */
    private static final Map<String, Integer> OPEN =
            Map.of(
                    "GET /", 200,
                    "GET ", 200,
                    "GET /health", 200,
                    "GET /openapi.json", 200,
                    "POST /authorizations/token", 404, // removed
                    "POST /users/{user}/tokens", 403, // asks for a password in the body
                    "POST /oauth2/token", 400); // asks for the client's secret in the body

    /** In the API, but for people: who is not signed in is led to where they can. */
    private static final Set<String> PAGES = Set.of("/oauth2/authorize");

    /** Scopes that open nothing which another scope opens. */
    private static final List<String> SMALL = List.of("read:metrics", "read:hub");

    /** Every token tells this much about its owner. */
    private static final Set<String> IDENTIFYING = Set.of("read:users:name", "read:users:groups");

    /** They make something of the caller's own, whatever there is elsewhere under that name. */
    private static final Set<String> CREATING =
            Set.of("POST /users/{user}", "POST /groups/{group}", "POST /services/{service}");

    private static AccessWorld world;

    @BeforeAll
    static void begin() {
        world = new AccessWorld();
    }

    @AfterAll
    static void end() throws Exception {
        world.close();
    }

    @Test
    @SecurityStatement(29)
    void nobody() {
        for (var hub : world.hubs()) {
            for (var operation : hub.operations()) {
                if (operation.open()) {
                    expect(hub, operation, "", openAnswer(operation));
                } else {
                    expect(hub, operation, "", refusal(operation));
                }
            }
        }
        for (var operation : world.admin.operations()) {
            expect(world.admin, operation, "", operation.open() ? 200 : 401);
        }
    }

    @Test
    @SecurityStatement(41)
    void somebody_whose_token_is_no_good() {
        var tokens =
                List.of("x", "0".repeat(32), world.revoked(), world.expired(), "a1", " ", "?=&%C3");
        for (var operation : secured(world.home)) {
            for (var token : tokens) {
                expect(world.home, operation, token, refusal(operation));
            }
        }
        for (var operation : secured(world.admin)) {
            expect(world.admin, operation, world.token("root"), 401); // only its cookie counts
        }
    }

    @Test
    @SecurityStatement(43)
    void somebody_of_another_community() {
        for (var operation : secured(world.home)) {
            for (var user : List.of("bob", "boss")) {
                expect(world.home, operation, world.physicsToken(user), refusal(operation));
            }
        }
        for (var operation : secured(world.physics)) {
            for (var user : List.of("ada", "root")) {
                expect(world.physics, operation, world.token(user), refusal(operation));
            }
        }
    }

    @Test
    @SecurityStatement(43)
    void an_administrator_of_one_community_finds_nothing_of_another_in_their_own() {
        var boss = world.physicsToken("boss");
        for (var operation : secured(world.physics)) {
            if (!operation.names().isEmpty()
                    && !operation.scopes().isEmpty()
                    && !CREATING.contains(operation.title())) {
                expect(world.physics, operation, boss, 404);
            }
        }
    }

    @Test
    @SecurityStatement(41)
    void somebody_with_a_scope_that_is_too_small() {
        for (var hub : world.hubs()) {
            for (var operation : secured(hub)) {
                if (!operation.scopes().isEmpty()) {
                    var small = SMALL.stream().filter(s -> !operation.scopes().contains(s));
                    var token =
                            world.token(hub, world.mightyIn(hub), small.findFirst().orElseThrow());
                    boolean identifying =
                            operation.scopes().stream().anyMatch(IDENTIFYING::contains);
                    expect(hub, operation, token, identifying ? 404 : 403);
                }
            }
        }
    }

    @Test
    @SecurityStatement(41)
    void somebody_with_the_scope_for_somebody_else_only() {
        for (var operation : secured(world.home)) {
            for (var scope : operation.scopes()) {
                if (!scope.startsWith("list:")) {
                    expect(
                            world.home,
                            operation,
                            world.token("root", scope + filter(operation)),
                            404);
                }
            }
        }
    }

    @Test
    @SecurityStatement(41)
    void a_stranger_with_all_that_is_their_own() {
        var eve = world.token("eve");
        for (var operation : secured(world.home)) {
            if (!operation.scopes().isEmpty()) {
                expect(world.home, operation, eve, 403, 404);
            }
        }
    }

    private static int openAnswer(Operation operation) {
        assertThat(OPEN)
                .as("%s is open to everybody: why?", operation.title())
                .containsKey(operation.title());
        return OPEN.get(operation.title());
    }

    /** The contract has no 401: a single-user server that gets one breaks. */
    private static int refusal(Operation operation) {
        return PAGES.contains(operation.path()) && operation.reads() ? 302 : 403;
    }

    private static List<Operation> secured(RestDocument document) {
        return document.operations().stream().filter(operation -> !operation.open()).toList();
    }

    /** Leaves out what the operation is called for. */
    private static String filter(Operation operation) {
        if (operation.names().containsKey("group")) {
            return "!group=others";
        }
        return operation.names().containsKey("service") ? "!service=other" : "!user=eve";
    }

    private static void expect(
            RestDocument document, Operation operation, String token, Integer... statuses) {
        var before = world.database.take();

        var page = world.send(world.nobody, document, operation, world.adas(), token);

        assertThat(page.status())
                .as("%s%s: %s", document.server(), operation.title(), page.body())
                .isIn((Object[]) statuses);
        assertThat(page.body()).doesNotContain(AccessWorld.MARK);
        assertThat(world.database.take()).as(operation.title()).isEqualTo(before);
    }
}
