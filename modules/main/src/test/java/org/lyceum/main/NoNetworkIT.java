package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.lyceum.catalog.Audience;
import org.lyceum.catalog.NetworkAccess;
import org.lyceum.catalog.Profile;
import org.lyceum.catalog.Size;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.servers.ServerState;
import org.lyceum.servers.StopReason;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Goal: a server without any network is a whole JupyterLab, signed in to, computing, known to be
 * active, and taken up again by the next platform. Method: the real program in a real container.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class NoNetworkIT {

    private static final Actor SETUP = new Actor.Platform();
    private static final String PREFIX = "/user/ada/";

    private static HubUnderTest hub;

    @BeforeAll
    static void a_server_without_a_network() {
        hub = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_5");
        hub.user("ada");
        var catalog = hub.hub().catalog();
        catalog.profileEdits()
                .create(
                        SETUP,
                        hub.community(),
                        new Profile.Draft(
                                "exam",
                                "Exam",
                                "",
                                catalog.catalog().environments(hub.community()).getFirst().id(),
                                new Size(Bytes.gib(1), 2000),
                                NetworkAccess.NONE,
                                List.of(),
                                Audience.EVERYBODY,
                                ""));
        var spawns = hub.hub().servers().spawns();
        spawns.spawn(SETUP, hub.server("ada"), Map.of("profile", "exam"));
        var server = spawns.await(hub.server("ada"), Duration.ofMinutes(2));
        assertThat(server.state())
                .as(String.valueOf(server.failure()))
                .isEqualTo(ServerState.READY);
    }

    @AfterAll
    static void close() {
        hub.close();
    }

    @Test
    @Order(1)
    @SecurityStatement(19)
    void it_has_the_loopback_interface_only_and_opens_jupyterlab() {
        var page = hub.browserOf("ada").follow(PREFIX + "lab");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.path()).startsWith(PREFIX + "lab");
        try (var kernel = kernel()) {
            assertThat(kernel.run("import os; print(os.listdir('/sys/class/net'))"))
                    .isEqualTo("['lo']");
            assertThat(kernel.run("print(len(open('/proc/net/route').readlines()))"))
                    .as("no route, but the table's heading")
                    .isIn("0", "1");
            kernel.run(
                    """
                    import socket
                    def reach(host, port):
                        s = socket.socket(); s.settimeout(2)
                        try:
                            s.connect((host, port)); return 'open'
                        except OSError:
                            return 'closed'
                        finally:
                            s.close()
                    """);
            assertThat(kernel.run("print(reach('" + gateway() + "', " + hubApiPort() + "))"))
                    .isEqualTo("closed");
            int platform = URI.create(hub.origin()).getPort();
            assertThat(kernel.run("print(reach('127.0.0.1', " + platform + "))"))
                    .isEqualTo("closed");
        }
        assertThat(DockerCommand.run("inspect", hub.containers().getFirst().id()))
                .contains("\"NetworkMode\": \"none\"");
    }

    @Test
    @Order(2)
    void the_hub_hears_of_its_activity() {
        Eventually.holds(
                "the server has posted its activity",
                () ->
                        SingleUserContract.json(
                                        new Browser(hub.origin())
                                                .get(
                                                        "/hub/api/users/ada",
                                                        "Authorization",
                                                        "token " + hub.token("ada")))
                                .path("servers")
                                .path("")
                                .path("last_activity")
                                .isTextual());
    }

    @Test
    @Order(3)
    void the_next_platform_opens_the_way_anew_and_the_kernel_is_where_it_was() {
        try (var kernel = kernel()) {
            kernel.run("open('/tmp/here', 'w').write('still')");
        }
        var before = port();

        hub.restart();

        Eventually.holds("the way is open", () -> open(port()));
        assertThat(open(before))
                .as("nothing is left of the earlier one")
                .isEqualTo(before == port());
        try (var kernel = kernel()) {
            assertThat(kernel.run("print(open('/tmp/here').read())")).isEqualTo("still");
        }
        assertThat(hub.browserOf("ada").follow(PREFIX + "lab").status()).isEqualTo(200);
    }

    @Test
    @Order(4)
    void nothing_of_the_way_is_left_when_it_has_stopped() {
        int before = port();

        hub.hub().servers().stops().stop(SETUP, hub.server("ada"), StopReason.USER);

        Eventually.holds("the way is shut", () -> !open(before));
        Eventually.holds("its container has gone", () -> hub.containers().isEmpty());
    }

    private static KernelSocket kernel() {
        return KernelSocket.open(
                new Browser(hub.origin()), hub.origin(), PREFIX, hub.token("ada", "inherit"));
    }

    private static int port() {
        var address = hub.hub().servers().queries().find(hub.server("ada")).orElseThrow().address();
        assertThat(address).isNotNull();
        assertThat(address.host()).isEqualTo("127.0.0.1");
        return address.port();
    }

    private static boolean open(int port) {
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException closed) {
            return false;
        }
    }

    private static String gateway() {
        return DockerCommand.run(
                        "network",
                        "inspect",
                        "--format",
                        "{{(index .IPAM.Config 0).Gateway}}",
                        "lyceum-"
                                + hub.platformId().substring(0, 6)
                                + "-c"
                                + hub.community().value())
                .strip();
    }

    private static int hubApiPort() {
        return 8081;
    }
}
