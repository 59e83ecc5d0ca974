package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lyceum.main.RestDocument.Operation;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.testing.SecurityStatement;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Goal: a browser that is signed in does nothing that its user did not mean, and reading changes
 * nothing. Method: as {@link AccessWalkTest}, with cookies and with other methods.
 */
class AccessProofTest {

    /** Pages and files that everybody may see, below a hub's or the panel's base path. */
    private static final Set<String> OPEN_PAGES =
            Set.of(
                    "GET hub",
                    "GET hub/health",
                    "GET hub/error/:code",
                    "GET hub/logo",
                    "GET hub/static/*",
                    "POST hub/security/csp-report",
                    "GET hub/login",
                    "POST hub/login",
                    // Whoever has the link's secret may use it.
                    "GET hub/password-link",
                    "POST hub/password-link",
                    // Whoever has shown the first factor in this browser; others are sent back.
                    "GET hub/second-step",
                    "POST hub/second-step",
                    // Where a community lets people make accounts; the form's token is checked.
                    "GET hub/signup",
                    "POST hub/signup",
                    "GET hub/signup/answer",
                    "GET hub/logout",
                    // To a server that does not run nothing can be sent, whoever sends it.
                    "POST hub/user/:user",
                    "PATCH hub/user/:user",
                    "DELETE hub/user/:user",
                    "POST hub/user/:user/*",
                    "PATCH hub/user/:user/*",
                    "DELETE hub/user/:user/*",
                    "GET setup",
                    "POST setup",
                    // They look at the platform's own cookie, and lead to a hub or to its sign-in.
                    "GET enter",
                    "GET out",
                    // To a provider's page and back: the state that a browser brings is good once,
                    // in that browser; a trial asks for an administrator's session itself.
                    "GET start",
                    "GET callback",
                    "GET assets/*",
                    "GET *");

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
    @SecurityStatement(37)
    void a_change_by_cookie_needs_proof_that_a_page_of_ours_asked() {
        var root = world.platform.browserOf("root");
        for (var operation : changes(world.home)) {
            for (var headers : foreignPages()) {
                refused(root, world.home, operation, headers);
            }
        }
        for (var operation : changes(world.admin)) {
            for (var headers : foreignPages()) {
                refused(root, world.admin, operation, headers);
            }
        }
    }

    @Test
    @SecurityStatement(34)
    void what_a_script_reads_by_cookie_needs_proof_too() {
        var root = world.platform.browserOf("root");
        for (var operation : world.home.operations()) {
            if (operation.reads() && operation.credentials().contains("token")) {
                refused(root, world.home, operation, "Sec-Fetch-Mode", "cors");
                refused(root, world.home, operation, "Sec-Fetch-Mode", "same-origin");
                refused(root, world.home, operation, "Sec-Fetch-Mode", "cors", "X-XSRFToken", "x");
            }
        }
    }

    @Test
    void who_is_signed_in_and_no_administrator_sees_nothing_of_the_panels() {
        var eve = world.platform.browserOf("eve");
        for (var operation : world.admin.operations()) {
            if (!operation.open()) {
                refused(eve, world.admin, operation, "X-Lyceum-CSRF", "1");
            }
        }
    }

    @Test
    @SecurityStatement(37)
    void reading_changes_nothing_even_for_who_may_change_everything() {
        var root = world.platform.browserOf("root");
        var token = world.token("root");
        for (var document : List.of(world.home, world.admin)) {
            var read =
                    document.operations().stream()
                            .filter(Operation::reads)
                            .map(Operation::path)
                            .collect(Collectors.toSet());
            for (var operation : document.operations()) {
                var before = world.database.take();
                var path = document.server() + operation.at(world.adas());

                var page = root.get(path, "Authorization", "token " + token);

                assertThat(page.status()).as(path).isLessThan(500);
                if (!read.contains(operation.path())) {
                    assertThat(page.status()).as(path).isIn(404, 405);
                }
                assertThat(world.database.take()).as(path).isEqualTo(before);
            }
        }
    }

    @Test
    @SecurityStatement(29)
    void other_methods_tell_nothing_and_change_nothing() {
        for (var document : List.of(world.home, world.physics, world.admin)) {
            for (var operation : document.operations()) {
                for (var method : List.of("HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "X")) {
                    var before = world.database.take();
                    var path = document.server() + operation.at(world.adas());

                    var page = world.nobody.send(method, path, null);

                    assertThat(page.status()).as("%s %s", method, path).isIn(200, 401, 403, 405);
                    assertThat(page.body())
                            .as("%s %s", method, path)
                            .doesNotContain(AccessWorld.MARK);
                    assertThat(world.database.take()).isEqualTo(before);
                }
            }
        }
    }

    @Test
    @SecurityStatement(29)
    void every_page_that_is_not_for_everybody_asks_who_is_there() {
        for (var surface : world.platform.hub().surfaces().all()) {
            for (var endpoint : surface.endpoints()) {
                if (endpoint.operation() == null && !endpoint.method().equals("HEAD")) {
                    asked(surface.basePath(), endpoint);
                }
            }
        }
    }

    private static void asked(String base, Endpoint endpoint) {
        var title = endpoint.method() + " " + endpoint.path();
        if (endpoint.access().rule().open()) {
            assertThat(OPEN_PAGES).as("%s is open to everybody: why?", title).contains(title);
            return;
        }
        var path = base + endpoint.path().replaceAll(":\\w+\\??", "ada").replace("*", "x");
        var before = world.database.take();

        var page = world.nobody.send(endpoint.method(), path, null);

        boolean reads = endpoint.method().equals("GET");
        assertThat(page.status()).as(title).isIn(reads ? List.of(302, 403) : List.of(403, 424));
        if (page.status() == 302) {
            assertThat(page.location()).as(title).startsWith(base + "hub/login?next=");
        }
        assertThat(world.database.take()).as(title).isEqualTo(before);
    }

    /** What a browser says when another site's page, or no page at all, has it ask. */
    private static List<String[]> foreignPages() {
        return List.of(
                new String[] {},
                new String[] {"Origin", "http://evil.test", "Sec-Fetch-Site", "cross-site"},
                new String[] {"Sec-Fetch-Mode", "no-cors", "X-XSRFToken", ""},
                new String[] {"Cookie", "_xsrf=guessed", "X-XSRFToken", "guessed"});
    }

    private static List<Operation> changes(RestDocument document) {
        return document.operations().stream().filter(o -> !o.reads() && !o.open()).toList();
    }

    private static void refused(
            Browser browser, RestDocument document, Operation operation, String... headers) {
        var before = world.database.take();

        var page = world.send(browser, document, operation, world.adas(), "", headers);

        assertThat(page.status())
                .as(
                        "%s%s %s",
                        document.server(), operation.title(), new ArrayList<>(List.of(headers)))
                .isEqualTo(403);
        assertThat(page.body()).doesNotContain(AccessWorld.MARK);
        assertThat(world.database.take()).as(operation.title()).isEqualTo(before);
    }
}
