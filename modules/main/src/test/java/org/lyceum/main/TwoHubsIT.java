package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.lyceum.community.Community;
import org.lyceum.identity.Owner;
import org.lyceum.identity.TokenRequest;
import org.lyceum.identity.User;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.servers.ServerKey;

import java.util.List;

/**
 * Goal: two hubs in one process are two hubs. Whoever has something of one has nothing of the
 * other.
 *
 * <p>Method: one person, a member of two communities, with a real jupyterhub-singleuser running in
 * each at the same time; each test takes what one has (token, cookie, address, file) to the other.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoHubsIT {

    private static final Actor SETUP = new Actor.Platform();
    private static final String FIRST = "/";
    private static final String PHYSICS = "/physics/";
    private static final List<String> BASES = List.of(FIRST, PHYSICS);

    private static HubUnderTest platform;
    private static Community physics;
    private static User ada;

    @BeforeAll
    static void open() {
        platform = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_5");
        ada = platform.user("ada");
        var communities = platform.hub().communities();
        physics = communities.communities().create(SETUP, "physics", "Physics");
        communities.members().join(SETUP, physics.id(), ada.id());
        for (var base : BASES) {
            var answer = browser(base).api("POST", base + "hub/api/users/ada/server", "");
            assertThat(answer.status()).as(answer.body()).isIn(201, 202);
        }
        BASES.forEach(base -> Eventually.holds(base + " is ready", () -> ready(base)));
    }

    @AfterAll
    static void close() {
        platform.close();
    }

    private static Browser browser(String base) {
        var browser = new Browser(platform.origin());
        assertThat(browser.signIn(base, "ada", HubUnderTest.password("ada")).status())
                .isEqualTo(302);
        return browser;
    }

    private static boolean ready(String base) {
        var community = base.equals(FIRST) ? platform.community() : physics.id();
        var key = new ServerKey(community, ada.id(), "");
        var server = platform.hub().servers().queries().find(key).orElseThrow();
        assertThat(server.failure()).as("the start failed").isNull();
        return server.ready();
    }

    private static String token(String base) {
        var community = base.equals(FIRST) ? platform.community() : physics.id();
        var owner = new Owner.OfUser(ada);
        var request = new TokenRequest.Api(community, owner, List.of("inherit"), "test", null);
        return platform.hub().identity().tokens().issue(SETUP, request).secret().reveal();
    }

    private static String other(String base) {
        return base.equals(FIRST) ? PHYSICS : FIRST;
    }

    private static int with(String token, String path) {
        return new Browser(platform.origin()).get(path, "Authorization", "token " + token).status();
    }

    private static KernelSocket kernel(String base) {
        var browser = new Browser(platform.origin());
        return KernelSocket.open(browser, platform.origin(), base + "user/ada/", token(base));
    }

    /** The container of the server that runs there. */
    private static Container container(String base) {
        var number = base.equals(FIRST) ? platform.community() : physics.id();
        return platform.containers().stream()
                .filter(each -> network(each).endsWith("-c" + number))
                .findFirst()
                .orElseThrow();
    }

    private static String network(Container container) {
        var format = "{{range $name, $n := .NetworkSettings.Networks}}{{$name}} {{end}}";
        return DockerCommand.run("inspect", "-f", format, container.id()).strip();
    }

    @Test
    @Order(1)
    void one_person_works_in_both_at_once_after_signing_in_once() {
        var browser = browser(FIRST);
        for (var base : BASES) {
            var page = browser.follow(base + "user/ada/lab");
            assertThat(page.status()).as(page.path()).isEqualTo(200);
            assertThat(page.path()).startsWith(base + "user/ada/lab");
        }
        assertThat(browser.visited())
                .anyMatch(path -> path.startsWith("/physics/hub/api/oauth2/authorize?"));
    }

    @Test
    @Order(2)
    @SecurityStatement({18, 43})
    void each_server_has_a_container_a_network_a_home_and_secrets_of_its_own() {
        try (var here = kernel(FIRST);
                var there = kernel(PHYSICS)) {
            for (var kernel : List.of(here, there)) {
                kernel.run(
                        """
                        import os, socket
                        def reach(host):
                            s = socket.socket(); s.settimeout(2)
                            try:
                                s.connect((host, 8888)); return 'open'
                            except OSError:
                                return 'closed'
                            finally:
                                s.close()
                        """);
            }
            assertThat(here.run("print(os.environ['JUPYTERHUB_BASE_URL'])")).isEqualTo(FIRST);
            assertThat(there.run("print(os.environ['JUPYTERHUB_BASE_URL'])")).isEqualTo(PHYSICS);

            here.run("open('/home/jovyan/only-here', 'w').write('x')");
            assertThat(there.run("print(os.path.exists('/home/jovyan/only-here'))"))
                    .isEqualTo("False");

            var mine = container(FIRST);
            var theirs = container(PHYSICS);
            assertThat(platform.containers()).hasSize(2);
            assertThat(network(mine)).isNotEqualTo(network(theirs));
            assertThat(here.run("print(reach('127.0.0.1'), reach('" + theirs.address() + "'))"))
                    .isEqualTo("open closed");
            assertThat(there.run("print(reach('127.0.0.1'), reach('" + mine.address() + "'))"))
                    .isEqualTo("open closed");
        }
    }

    @Test
    @Order(3)
    @SecurityStatement(43)
    void a_token_of_one_is_nobodys_at_the_other() {
        for (var base : BASES) {
            var token = token(base);
            assertThat(with(token, base + "hub/api/user")).isEqualTo(200);
            assertThat(with(token, base + "user/ada/api/status")).isEqualTo(200);
            assertThat(with(token, other(base) + "hub/api/user")).isEqualTo(403);
            assertThat(with(token, other(base) + "user/ada/api/status")).isEqualTo(403);
            try (var kernel = kernel(base)) {
                var own = kernel.run("import os; print(os.environ['JUPYTERHUB_API_TOKEN'])");
                assertThat(with(own, base + "hub/api/user")).isEqualTo(200);
                assertThat(with(own, other(base) + "hub/api/user")).isEqualTo(403);
            }
        }
    }

    @Test
    @Order(4)
    @SecurityStatement(43)
    void a_cookie_of_one_opens_nothing_at_the_other() {
        for (var base : BASES) {
            var browser = browser(base);
            assertThat(browser.follow(base + "user/ada/lab").status()).isEqualTo(200);
            var prefix = base + "user/ada/";
            var servers = browser.cookie("jupyterhub-user-ada", prefix).orElseThrow();
            var hubs = browser.cookie("jupyterhub-hub-login", base + "hub/").orElseThrow();
            assertThat(browser.cookie("jupyterhub-user-ada", other(base) + "user/ada/")).isEmpty();

            var thief = new Browser(platform.origin());
            var status = other(base) + "user/ada/api/status";
            assertThat(thief.get(status, "Cookie", "jupyterhub-user-ada=" + servers).status())
                    .isEqualTo(403);
            var self = other(base) + "hub/api/user";
            assertThat(thief.get(self, "Cookie", "jupyterhub-hub-login=" + hubs).status())
                    .isEqualTo(403);
        }
    }

    @Test
    @Order(5)
    @SecurityStatement(43)
    void a_member_of_one_does_not_get_into_the_other() {
        var eve = platform.hub().identity().users().create(SETUP, "eve", false);
        platform.hub().identity().passwords().set(SETUP, eve.id(), HubUnderTest.password("eve"));
        platform.hub().communities().members().join(SETUP, physics.id(), eve.id());
        var browser = new Browser(platform.origin());
        assertThat(browser.signIn(PHYSICS, "eve", HubUnderTest.password("eve")).status())
                .isEqualTo(302);

        var elsewhere = browser.follow("/user/ada/lab");
        var neighbour = browser.follow(PHYSICS + "user/ada/lab");

        assertThat(elsewhere.status()).isEqualTo(403);
        assertThat(elsewhere.path()).startsWith("/sso/enter?"); // which says where they belong
        assertThat(neighbour.status()).isEqualTo(403);
        assertThat(neighbour.body()).contains("/physics/user/ada/");
    }

    @Test
    @Order(6)
    void a_pause_that_stops_servers_stops_those_of_one() {
        var communities = platform.hub().communities().communities();
        var now = communities.find(physics.id()).orElseThrow();
        communities.pause(SETUP, physics.id(), now.version(), "Back at noon.", true);

        Eventually.holds("one container is left", () -> platform.containers().size() == 1);
        assertThat(with(token(FIRST), "/user/ada/api/status")).isEqualTo(200);
        assertThat(new Browser(platform.origin()).get(PHYSICS + "hub/spawn").body())
                .contains("Back at noon.");
    }
}
