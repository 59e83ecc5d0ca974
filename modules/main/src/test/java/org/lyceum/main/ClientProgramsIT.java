package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Goal: programs that people run beside a JupyterHub run beside us. Method: each sends exactly the
 * requests that were observed of the real one (contract, appendix A and §6.6), in its order, with
 * its headers, and accepts what the real one accepts; the servers are real.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
class ClientProgramsIT {

    private static HubUnderTest hub;

    @BeforeAll
    static void open() {
        hub = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_5");
    }

    @AfterAll
    static void close() {
        hub.close();
    }

    @Test
    @ContractRow(88)
    void idle_culler_pages_by_two_stops_what_is_idle_and_deletes_its_users() {
        for (var name : List.of("busy", "idle", "a@b.c", "away", "gone")) {
            hub.user(name);
        }
        var named = "/hub/api/users/idle/servers/my%20lab";
        assertThat(as("idle", "POST", named, "").status()).isIn(201, 202);
        for (var name : List.of("busy", "idle", "a@b.c")) {
            SingleUserContract.start(hub, name);
        }
        Eventually.holds(
                "the named server is ready",
                () -> model("idle").at("/servers/my lab/ready").asBoolean());
        var token =
                hub.service(
                        "idle-culler",
                        "culling",
                        List.of(
                                "list:users",
                                "read:users:activity",
                                "read:servers",
                                "delete:servers",
                                "admin:users"));
        var later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(50));
        var patient = culler(token, Clock.systemUTC(), Duration.ofHours(1));

        var quiet = patient.cull();

        assertThat(quiet.culled()).isEmpty();
        assertThat(quiet.requests()).filteredOn(r -> r.contains("offset=2")).isNotEmpty();

        var activity =
                "{\"servers\": {\"\": {\"last_activity\": \""
                        + later.instant()
                        + "\"}}, \"last_activity\": \""
                        + later.instant()
                        + "\"}";
        assertThat(as("busy", "POST", "/hub/api/users/busy/activity", activity).status())
                .isEqualTo(200);
        var strict = culler(token, later, Duration.ofMinutes(40));
        var round = strict.cull();

        assertThat(round.culled())
                .contains("idle/", "idle/my lab", "a@b.c/", "away", "gone")
                .doesNotContain("busy/", "busy");
        Eventually.holds("idle users are gone", () -> !strict.cull().culled().isEmpty() || left());
        assertThat(model("busy").at("/servers//ready").asBoolean()).isTrue();
        stop("busy");
    }

    private boolean left() {
        return hub.containers().size() == 1;
    }

    private static IdleCuller culler(String token, Clock clock, Duration timeout) {
        return new IdleCuller(new RawClient(hub.origin()), token, clock, timeout, 2);
    }

    @Test
    @ContractRow(89)
    void hubtraf_signs_in_starts_a_server_and_runs_a_kernel() {
        hub.user("traf");
        var traf = new Browser(hub.origin());
        traf.get("/hub/login");
        var xsrf = traf.cookie("_xsrf", "/hub/").orElseThrow();
        var form = "username=traf&password=" + Browser.encoded(HubUnderTest.password("traf"));
        var login = traf.form("/hub/login?next=", form + "&_xsrf=" + Browser.encoded(xsrf));
        assertThat(login.status()).isEqualTo(302);

        var home = List.of("/user/traf/tree", "/user/traf/lab");
        Eventually.holds(
                "GET /hub/spawn ends on the server's own page",
                () -> home.contains(traf.follow("/hub/spawn").path().replaceFirst("[?/]*$", "")));

        var proof = traf.cookie("_xsrf", "/user/traf/").orElseThrow();
        try (var kernel = KernelSocket.withCookies(traf, hub.origin(), "/user/traf/", proof)) {
            assertThat(kernel.run("5 * 3 + 2")).isEqualTo("17");
            assertThat(traf.delete(kernel.path(), "X-XSRFToken", proof).status()).isEqualTo(204);
        }
        var refused =
                traf.delete("/hub/api/users/traf/server", "X-XSRFToken", proof, "Referer", "/hub/");
        assertThat(refused.status())
                .as("the server's token proves nothing to the hub, as with a real one")
                .isEqualTo(403);
        stop("traf");
    }

    @Test
    @ContractRow(90)
    void jhub_client_makes_a_server_runs_code_and_stops_it() {
        hub.user("jhub");
        var token = hub.token("jhub", "inherit");
        var known = as(token, "GET", "/hub/api/authorizations/token/" + token, null);
        assertThat(known.status()).isEqualTo(200);
        assertThat(json(known).path("name").asText()).isEqualTo("jhub");
        var created = as(token, "POST", "/hub/api/users/jhub/server", "");
        assertThat(created.status()).isIn(201, 202);
        Eventually.holds(
                "server is set and nothing is pending",
                () -> {
                    var user = json(as(token, "GET", "/hub/api/users/jhub", null));
                    return !user.path("server").isNull() && user.path("pending").isNull();
                });

        try (var kernel =
                KernelSocket.open(new Browser(hub.origin()), hub.origin(), "/user/jhub/", token)) {
            assertThat(kernel.run("sum(range(10))")).isEqualTo("45");
        }

        var stopped = as(token, "DELETE", "/hub/api/users/jhub/server", null);
        assertThat(stopped.status()).isIn(202, 204);
        Eventually.holds(
                "it is stopped",
                () -> json(as(token, "GET", "/hub/api/users/jhub", null)).path("server").isNull());
    }

    @Test
    @ContractRow(91)
    void vs_code_gets_a_token_for_a_password_starts_a_named_server_and_signs_out() {
        hub.user("code");
        var nobody = new Browser(hub.origin());
        var root = nobody.get("/hub/api");
        assertThat(root.status()).isEqualTo(200);
        assertThat(json(root).path("version").isTextual()).isTrue();
        var auth =
                "{\"auth\":{\"username\":\"code\",\"password\":\""
                        + HubUnderTest.password("code")
                        + "\"},\"note\":\"Requested by JupyterHub extension in VSCode\"}";
        var issued = nobody.post("/hub/api/users/code/tokens", auth, "Content-Type", "text/plain");
        assertThat(issued.status()).isEqualTo(201);
        var token = json(issued).path("token").asText();
        var old = nobody.post("/hub/api/authorizations/token", auth, "Content-Type", "text/plain");
        assertThat(old.status()).isEqualTo(404);
        assertThat(json(old).path("message").isTextual()).isTrue();
        var user = as(token, "GET", "/hub/api/users/code?include_stopped_servers", null);
        assertThat(user.status()).isEqualTo(200);
        assertThat(json(user).path("servers")).isEmpty();

        var started = as(token, "POST", "/hub/api/users/code/servers/vscode", null);
        assertThat(started.status()).isIn(201, 202);
        var url =
                Eventually.value(
                        "the server is ready",
                        () -> {
                            var server =
                                    json(as(token, "GET", "/hub/api/users/code", null))
                                            .at("/servers/vscode");
                            return server.path("ready").asBoolean()
                                    ? java.util.Optional.of(server.path("url").asText())
                                    : java.util.Optional.<String>empty();
                        });
        assertThat(url).isEqualTo("/user/code/vscode/");
        assertThat(as(token, "GET", url + "api/kernelspecs", null).status()).isEqualTo(200);
        try (var kernel =
                KernelSocket.withTokenInAddress(
                        new Browser(hub.origin()), hub.origin(), url, token)) {
            assertThat(kernel.run("'co' + 'de'")).isEqualTo("'code'");
        }
        var stopped =
                as(token, "DELETE", "/hub/api/users/code/servers/vscode", "{\"remove\": true}");
        assertThat(stopped.status()).isIn(202, 204);
        var id = json(issued).path("id").asText();
        assertThat(as(token, "DELETE", "/hub/api/users/code/tokens/" + id, null).status())
                .isEqualTo(204);
        assertThat(as(token, "GET", "/hub/api/user", null).status()).isEqualTo(403);
    }

    private static Browser.Page as(String nameOrToken, String method, String path, String body) {
        var token = nameOrToken.length() > 20 ? nameOrToken : hub.token(nameOrToken, "inherit");
        return new Browser(hub.origin())
                .send(method, path, body, "Authorization", "token " + token);
    }

    private static JsonNode model(String name) {
        return json(as(name, "GET", "/hub/api/users/" + Names.pathSegment(name), null));
    }

    private static void stop(String name) {
        var path = "/hub/api/users/" + Names.pathSegment(name) + "/server";
        assertThat(as(name, "DELETE", path, null).status()).isIn(202, 204);
    }

    private static JsonNode json(Browser.Page page) {
        return SingleUserContract.json(page);
    }
}
