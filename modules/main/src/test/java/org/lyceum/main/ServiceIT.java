package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.lyceum.community.Community;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.Role;
import org.lyceum.identity.RoleHolder;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.services.Registrations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Goal: an unmodified service built on {@code jupyterhub.services.auth} signs people in with us.
 *
 * <p>Method: the example that JupyterHub's own documentation gives, run by the Python of a
 * single-user image on the host's network; its environment is the one we tell operators.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServiceIT {

    private static final Actor SETUP = new Actor.Platform();
    private static final String CONTAINER = "lyceum-test-service-" + ProcessHandle.current().pid();
    private static final String HOME = "/services/whoami/";

    private static final String PROGRAM =
            """
            import json, os
            from urllib.parse import urlparse
            from tornado import ioloop, web
            from jupyterhub.services.auth import HubOAuthenticated, HubOAuthCallbackHandler

            class WhoAmI(HubOAuthenticated, web.RequestHandler):
                @web.authenticated
                def get(self):
                    self.write(json.dumps(self.get_current_user()))

            prefix = os.environ['JUPYTERHUB_SERVICE_PREFIX']
            web.Application([
                (prefix + 'oauth_callback', HubOAuthCallbackHandler),
                (prefix + '.*', WhoAmI),
            ], cookie_secret=os.urandom(32)).listen(
                urlparse(os.environ['JUPYTERHUB_SERVICE_URL']).port, '127.0.0.1')
            ioloop.IOLoop.current().start()
            """;

    private static HubUnderTest hub;

    @BeforeAll
    static void open() {
        hub = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_5");
        var service = register();
        var token = hub.hub().identity().services().renewToken(SETUP, service);
        run(environment(service, token));
        Eventually.holds(
                "the service answers", () -> new Browser(hub.origin()).get(HOME).status() == 302);
        for (var name : List.of("ada", "bob")) {
            hub.user(name);
        }
        var roles = hub.hub().identity().roles();
        var draft = new Role.Draft("", List.of("access:services!service=whoami"));
        roles.create(SETUP, Community.DEFAULT, "visitor", draft);
        var ada = new RoleHolder.OfUser(hub.user("ada").id());
        roles.give(SETUP, Community.DEFAULT, "visitor", ada);
    }

    private static RegisteredService register() {
        var wanted =
                new Registrations.Wanted(
                        "whoami",
                        false,
                        "http://127.0.0.1:" + freePort(),
                        Map.of(),
                        true,
                        false,
                        null,
                        null,
                        List.of());
        return hub.hub()
                .services()
                .registrations()
                .register(SETUP, Community.DEFAULT, wanted, null);
    }

    private static Map<String, String> environment(RegisteredService service, Secret token) {
        var client = hub.hub().identity().services().client(service);
        var community = hub.hub().communities().communities().ensureDefault();
        return hub.hub().services().environment().of(community, service, client, token);
    }

    private static void run(Map<String, String> environment) {
        var words = new ArrayList<String>();
        words.addAll(List.of("run", "-d", "--rm", "--network", "host", "--name", CONTAINER));
        environment.forEach((name, value) -> words.addAll(List.of("-e", name + "=" + value)));
        words.addAll(List.of(System.getenv("LYCEUM_TEST_IMAGE_5"), "python3", "-c", PROGRAM));
        DockerCommand.run(words.toArray(String[]::new));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void close() {
        DockerCommand.run("rm", "-f", CONTAINER);
        hub.close();
    }

    @Test
    @Order(1)
    @ContractRow(25)
    void somebody_without_access_is_refused_by_the_hub() {
        var page = hub.browserOf("bob").follow(HOME);

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.path()).startsWith("/hub/api/oauth2/authorize");
        assertThat(page.body()).contains("whoami");
    }

    @Test
    @Order(2)
    @ContractRow(24)
    void a_first_visit_is_confirmed_and_a_second_is_not() {
        var ada = hub.browserOf("ada");
        var asked = ada.follow(HOME);
        assertThat(asked.status()).as(asked.body()).isEqualTo(200);
        assertThat(asked.path()).startsWith("/hub/api/oauth2/authorize");

        var given = ada.form(asked.path(), "_xsrf=" + Browser.encoded(asked.xsrf()));
        assertThat(given.status()).as(given.body()).isEqualTo(302);
        var page = ada.follow(given.location());

        assertThat(page.path()).isEqualTo(HOME);
        assertThat(page.body()).contains("\"name\": \"ada\"", "\"access:services!service=whoami\"");
        var second = hub.browserOf("ada").follow(HOME);
        assertThat(second.path()).isEqualTo(HOME);
        assertThat(second.status()).isEqualTo(200);
    }

    @Test
    @Order(3)
    void a_token_of_a_user_with_access_opens_it_and_others_do_not() {
        var anonymous = new Browser(hub.origin());

        assertThat(
                        anonymous
                                .get(HOME, "Authorization", "token " + hub.token("ada", "inherit"))
                                .body())
                .contains("\"name\": \"ada\"");
        assertThat(
                        anonymous
                                .get(HOME, "Authorization", "token " + hub.token("bob", "inherit"))
                                .status())
                .isEqualTo(403);
    }

    @Test
    @Order(4)
    void a_removed_service_is_not_reached_any_more() {
        hub.hub().services().registrations().remove(SETUP, Community.DEFAULT, "whoami");

        var page = new Browser(hub.origin()).get(HOME);

        assertThat(page.status()).isEqualTo(302);
        assertThat(page.location()).isEqualTo("/hub/services/whoami/");
    }
}
