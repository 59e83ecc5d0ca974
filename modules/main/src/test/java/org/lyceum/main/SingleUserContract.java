package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.lyceum.community.Community;
import org.lyceum.identity.ShareRecipient;
import org.lyceum.identity.SharedServer;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.SecurityStatement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Goal: an unmodified jupyterhub-singleuser accepts us as its hub.
 *
 * <p>Method: the whole platform, the real engine, the real program in its container; one server
 * that most rows look at, because a start takes seconds. Subclasses name the image. The methods
 * that stop the server come last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class SingleUserContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "/user/ada/";
    private static final String SERVER = "/hub/api/users/ada/server";

    /** Named by the subclass, which opens it before all tests and closes it after them. */
    abstract HubUnderTest hub();

    private Browser ada() {
        return hub().browserOf("ada");
    }

    static void prepare(HubUnderTest hub) {
        hub.user("ada");
        hub.user("bob");
        hub.user("root", true);
        start(hub, "ada");
    }

    /** Starts the default server and waits for it. */
    static void start(HubUnderTest hub, String name) {
        var answer = hub.browserOf(name).api("POST", "/hub/api/users/" + name + "/server", "");
        assertThat(answer.status()).as(answer.body()).isIn(201, 202);
        Eventually.holds("the server of " + name + " is ready", () -> ready(hub, name));
    }

    private static boolean ready(HubUnderTest hub, String name) {
        var server = hub.hub().servers().queries().find(hub.server(name)).orElseThrow();
        assertThat(server.failure()).as("the start failed").isNull();
        return server.state() == org.lyceum.servers.ServerState.READY;
    }

    static JsonNode json(Browser.Page page) {
        try {
            return JSON.readTree(page.body());
        } catch (IOException e) {
            throw new UncheckedIOException(page.body(), e);
        }
    }

    private static List<String> scopes(JsonNode model) {
        var scopes = new ArrayList<String>();
        model.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        return scopes;
    }

    private Browser.Page asToken(String token, String path) {
        return new Browser(hub().origin()).get(path, "Authorization", "token " + token);
    }

    @Test
    @Order(1)
    @ContractRow({1, 4, 5, 6, 8})
    void a_started_server_has_reported_to_the_hub_and_answers_under_its_prefix() {
        var version = new Browser(hub().origin()).get(PREFIX + "api");

        assertThat(version.status()).isEqualTo(200);
        assertThat(json(version).path("version").asText()).isNotEmpty();
        assertThat(version.header("X-JupyterHub-Version")).matches("\\d+\\.\\d+\\.\\d+.*");
        Eventually.holds(
                "the server has posted its activity",
                () ->
                        json(asToken(hub().token("ada"), "/hub/api/users/ada"))
                                .path("servers")
                                .path("")
                                .path("last_activity")
                                .isTextual());
    }

    @Test
    @Order(2)
    @ContractRow({13, 14, 19})
    void a_first_visit_runs_the_oauth_dance_and_lands_on_the_page_asked_for() {
        var ada = ada();
        var page =
                ada.follow(PREFIX + "api/status?x=1"); // every version serves this path; its pages
        // differ

        assertThat(page.status())
                .isIn(200, 403); // the API may ask for more than a cookie; the dance has been run
        var tree = ada.follow(landing());
        assertThat(tree.status()).as(tree.path()).isEqualTo(200);
        assertThat(tree.path()).startsWith(PREFIX);
        assertThat(ada.visited()).anyMatch(path -> path.startsWith("/hub/api/oauth2/authorize?"));
        assertThat(ada.visited())
                .anyMatch(path -> path.startsWith(PREFIX + "oauth_callback?code="));
        assertThat(ada.cookie("jupyterhub-user-ada", PREFIX)).isPresent();
        assertThat(ada.cookie("jupyterhub-user-ada", "/")).isEmpty();
    }

    /** A page with a user interface; the subclass knows which its version has. */
    abstract String landing();

    @Test
    @Order(3)
    @ContractRow(22)
    void somebody_without_access_is_refused_at_the_authorize_page_by_name_of_the_server() {
        var page = hub().browserOf("bob").follow(landing());

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.path()).startsWith("/hub/api/oauth2/authorize");
        assertThat(page.body()).contains("/user/ada/");
    }

    @Test
    @Order(4)
    @ContractRow(23)
    void an_administrator_confirms_first_and_then_gets_in() {
        var root = hub().browserOf("root");
        var asked = root.follow(landing());
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.path()).startsWith("/hub/api/oauth2/authorize");

        var given =
                root.form(
                        asked.path(),
                        "_xsrf="
                                + Browser.encoded(asked.xsrf())
                                + "&scopes="
                                + Browser.encoded("access:servers!server=ada/"));
        assertThat(given.status()).as(given.body()).isEqualTo(302);
        assertThat(root.follow(given.location()).status()).isEqualTo(200);
    }

    /** The server itself asks the hub; it is told of access to itself and of no other server. */
    @Test
    @Order(4)
    @ContractRow({22, 76})
    void whom_the_server_is_shared_with_gets_in_by_browser_and_by_token() {
        var dan = hub().user("dan");
        var shares = hub().hub().identity().shares();
        for (var name : List.of("", "other")) {
            shares.grant(
                    new Actor.Platform(),
                    new SharedServer(Community.DEFAULT, hub().user("ada"), name),
                    new ShareRecipient.OfUser(dan.id()),
                    List.of("access:servers"));
        }

        var token = hub().token("dan", "inherit");
        assertThat(asToken(token, PREFIX + "api/status").status()).isEqualTo(200);
        var browser = hub().browserOf("dan");
        var asked = browser.follow(landing());
        assertThat(asked.status()).as(asked.body()).isEqualTo(200);
        var form = "_xsrf=" + Browser.encoded(asked.xsrf());
        var given = browser.form(asked.path(), form);
        assertThat(given.status()).as(given.body()).isEqualTo(302);
        var page = browser.follow(given.location());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.path()).startsWith(PREFIX);
    }

    @Test
    @Order(5)
    @ContractRow(30)
    void an_api_token_of_the_owner_opens_the_server_without_oauth() {
        assertThat(asToken(hub().token("ada", "inherit"), PREFIX + "api/status").status())
                .isEqualTo(200);
    }

    @Test
    @Order(6)
    @ContractRow({31, 32})
    void a_token_without_access_is_refused_and_the_connection_is_not_dropped() {
        assertThat(
                        asToken(hub().token("ada", "read:users!user=ada"), PREFIX + "api/status")
                                .status())
                .isEqualTo(403);
        assertThat(asToken("no such token", PREFIX + "api/status").status()).isEqualTo(403);
    }

    @Test
    @Order(7)
    @ContractRow({12, 21})
    void the_servers_own_token_can_report_activity_and_do_nothing_else() {
        var kernel = kernel("ada");
        try (kernel) {
            var own = kernel.run("import os; print(os.environ['JUPYTERHUB_API_TOKEN'])");
            var model = json(asToken(own, "/hub/api/user"));
            assertThat(scopes(model))
                    .containsExactlyInAnyOrder(
                            "access:servers!server=ada/",
                            "read:users:activity!user=ada",
                            "read:users:groups!user=ada",
                            "read:users:name!user=ada",
                            "users:activity!user=ada");
            assertThat(model.path("session_id").isNull()).isTrue();
            assertThat(asToken(own, "/hub/api/users").status()).isEqualTo(403);
            assertThat(asToken(own, "/hub/api/users/bob").status()).isEqualTo(404);
        }
    }

    private KernelSocket kernel(String name) {
        return KernelSocket.open(
                new Browser(hub().origin()), hub().origin(), PREFIX, hub().token(name, "inherit"));
    }

    @Test
    @Order(8)
    @ContractRow({81, 82})
    void a_kernel_computes_over_a_websocket_with_the_public_host_and_origin() {
        try (var kernel = kernel("ada")) {
            assertThat(kernel.run("6*7")).isEqualTo("42");
            assertThat(kernel.run("print('x' * 2_000_000)")).hasSize(2_000_000);
        }
    }

    @Test
    @Order(9)
    @ContractRow(1)
    @SecurityStatement({1, 3, 6, 27, 52})
    void the_environment_is_the_contracts_and_the_secret_is_in_no_engine_record() {
        try (var kernel = kernel("ada")) {
            var names =
                    List.of(
                            kernel.run("import os; print(' '.join(sorted(os.environ)))")
                                    .split(" "));
            assertThat(names)
                    .contains(
                            "JUPYTERHUB_API_TOKEN",
                            "JPY_API_TOKEN",
                            "JUPYTERHUB_CLIENT_ID",
                            "JUPYTERHUB_HOST",
                            "JUPYTERHUB_OAUTH_CALLBACK_URL",
                            "JUPYTERHUB_USER",
                            "JUPYTERHUB_SERVER_NAME",
                            "JUPYTERHUB_API_URL",
                            "JUPYTERHUB_ACTIVITY_URL",
                            "JUPYTERHUB_BASE_URL",
                            "JUPYTERHUB_SERVICE_PREFIX",
                            "JUPYTERHUB_SERVICE_URL",
                            "JUPYTERHUB_OAUTH_SCOPES",
                            "JUPYTERHUB_OAUTH_ACCESS_SCOPES",
                            "JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES",
                            "MEM_LIMIT",
                            "CPU_LIMIT");
            assertThat(
                            kernel.run(
                                    "print(os.environ['JUPYTERHUB_CLIENT_ID'],"
                                            + " os.environ['JUPYTERHUB_BASE_URL'],"
                                            + " os.environ['JUPYTERHUB_SERVICE_PREFIX'])"))
                    .isEqualTo("jupyterhub-user-ada / /user/ada/");
            assertThat(kernel.run("print(os.getuid())")).isEqualTo("1000");
            var secret = kernel.run("print(os.environ['JUPYTERHUB_API_TOKEN'])");
            var id = hub().containers().getFirst().id();
            assertThat(DockerCommand.run("inspect", id)).doesNotContain(secret);
            assertThat(DockerCommand.run("logs", id)).doesNotContain(secret);
            assertThat(kernel.run("print(open('/proc/1/cmdline').read())")).doesNotContain(secret);
            assertThat(
                            kernel.run(
                                    "open('/home/jovyan/mine', 'w').write('x');"
                                            + " print(os.path.exists('/home/jovyan/mine'))"))
                    .endsWith("True");
            assertThat(
                            kernel.run(
                                    "print([p for p in ['/', '/etc', '/usr', '/var'] if"
                                            + " os.access(p, os.W_OK)])"))
                    .isEqualTo("[]");
            assertThat(
                            kernel.run(
                                    "print([l.split()[1] for l in open('/proc/self/status') if"
                                        + " l.startswith(('CapEff', 'NoNewPrivs', 'Seccomp:'))])"))
                    .isEqualTo("['0000000000000000', '1', '2']");
        }
    }

    @Test
    @Order(10)
    @SecurityStatement(18)
    void a_container_reaches_the_hub_api_and_nothing_else_of_the_host() {
        try (var kernel = kernel("ada")) {
            kernel.run(
                    """
                    import socket, os
                    from urllib.parse import urlparse
                    def reach(host, port):
                        s = socket.socket(); s.settimeout(2)
                        try:
                            s.connect((host, port)); return 'open'
                        except OSError:
                            return 'closed'
                        finally:
                            s.close()
                    api = urlparse(os.environ['JUPYTERHUB_API_URL'])
                    """);
            assertThat(kernel.run("print(reach(api.hostname, api.port))")).isEqualTo("open");
            int listening = java.net.URI.create(hub().origin()).getPort();
            assertThat(
                            kernel.run(
                                    "print(reach(api.hostname, "
                                            + listening
                                            + "), reach('169.254.169.254', 80))"))
                    .isEqualTo("closed closed");
            try (var onAll = new java.net.ServerSocket(0)) {
                assertThat(kernel.run("print(reach(api.hostname, " + onAll.getLocalPort() + "))"))
                        .isEqualTo("closed");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    @Order(20)
    @ContractRow(11)
    void a_restart_of_the_hub_changes_nothing_for_a_running_server() {
        var token = hub().token("ada", "inherit");
        var before = hub().containers().getFirst().id();

        hub().restart();

        assertThat(asToken(token, PREFIX + "api/status").status()).isEqualTo(200);
        assertThat(hub().containers())
                .singleElement()
                .satisfies(c -> assertThat(c.id()).isEqualTo(before));
        assertThat(
                        json(asToken(token, "/hub/api/users/ada"))
                                .path("servers")
                                .path("")
                                .path("ready")
                                .asBoolean())
                .isTrue();
    }

    @Test
    @Order(30)
    @ContractRow(63)
    void starting_what_runs_is_refused_in_the_words_clients_know() {
        var again = ada().api("POST", SERVER, "");

        assertThat(again.status()).isEqualTo(400);
        assertThat(json(again).path("message").asText()).isEqualTo("ada is already running");
    }

    @Test
    @Order(40)
    @ContractRow({33, 34})
    void signing_out_signs_out_of_the_server_too() {
        var ada = ada();
        assertThat(ada.follow(landing()).status()).isEqualTo(200);
        var other = ada();
        assertThat(other.follow(landing()).status()).isEqualTo(200);

        ada.follow("/hub/logout");

        assertThat(ada.cookie("jupyterhub-session-id", "/")).isEmpty();
        assertThat(ada.follow(landing()).path()).startsWith("/hub/login");
        assertThat(other.follow(landing()).path()).startsWith(PREFIX);
    }

    @Test
    @Order(50)
    @ContractRow({37, 64})
    void a_stopped_server_is_gone_and_tokens_of_its_run_are_refused() {
        var ada = ada();
        assertThat(ada.follow(landing()).status()).isEqualTo(200);

        var stopped = ada.api("DELETE", SERVER, "");
        assertThat(stopped.status()).isIn(202, 204);
        Eventually.holds("the container is gone", () -> hub().containers().isEmpty());
        assertThat(ada.api("DELETE", SERVER, "").status()).isEqualTo(204);

        start(hub(), "ada");
        assertThat(ada.follow(landing()).status())
                .isEqualTo(200); // authorised again, without a question
        try (var kernel = kernel("ada")) {
            assertThat(kernel.run("print(open('/home/jovyan/mine').read())")).isEqualTo("x");
        }
    }

    @Test
    @Order(60)
    @ContractRow({47, 48})
    void visiting_a_stopped_server_leads_to_where_it_can_be_started() {
        var ada = ada();
        ada.api("DELETE", SERVER, "");
        Eventually.holds("the container is gone", () -> hub().containers().isEmpty());

        var page = ada.get(PREFIX + "lab", "Accept", "text/html");
        assertThat(page.status()).isEqualTo(302);
        assertThat(page.location()).isEqualTo("/hub/user/ada/lab");
        var stopped = ada.get(page.location(), "Accept", "text/html");
        assertThat(stopped.status()).isEqualTo(424);
        assertThat(stopped.body()).contains("/hub/spawn/ada?next=");
        var api = ada.get("/hub/user/ada/api/status");
        assertThat(api.status()).isEqualTo(424);
        assertThat(json(api).path("message").asText()).contains("/hub/spawn/ada");
    }

    @Test
    @Order(65)
    @ContractRow(3)
    void a_server_that_cannot_reach_the_hub_at_first_asks_again_and_becomes_ready() {
        try (var closed = new HubApiClosed()) {
            assertThat(ada().api("POST", SERVER, "").status()).isIn(201, 202);
            Eventually.holds(
                    "the server has asked in vain",
                    () ->
                            hub().containers().stream()
                                    .anyMatch(
                                            c ->
                                                    DockerCommand.run("logs", c.id())
                                                            .contains("attempt 1/")));
        }
        Eventually.holds("the server is ready", () -> ready(hub(), "ada"));
        ada().api("DELETE", SERVER, "");
        Eventually.holds("the container is gone", () -> hub().containers().isEmpty());
    }

    @Test
    @Order(70)
    @ContractRow({9, 10, 35, 86})
    void a_name_with_at_space_percent_and_accent_makes_the_whole_way() {
        var name = "a@b.c %41 \u00e9";
        var segment = Names.pathSegment(name);
        hub().user(name);
        var browser = hub().browserOf(name);
        var api = "/hub/api/users/" + segment + "/server";

        assertThat(browser.api("POST", api, "").status()).isIn(201, 202);
        Eventually.holds("the server is ready", () -> ready(hub(), name));

        var page = browser.follow(landing().replace("ada", segment));
        assertThat(page.status()).as(page.path() + " " + page.body()).isEqualTo(200);
        var prefix = "/user/" + segment + "/";
        assertThat(browser.cookie("jupyterhub-user-" + Names.clientId(name), prefix))
                .as("the server's own cookie, percent signs in its name")
                .isPresent();
        assertThat(browser.visited())
                .anyMatch(
                        path ->
                                path.contains(
                                        "client_id=jupyterhub-user-"
                                                + Browser.encoded(Names.clientId(name))));
        assertThat(browser.api("DELETE", api, "").status()).isIn(202, 204);
        Eventually.holds("the container is gone", () -> hub().containers().isEmpty());
    }
}
