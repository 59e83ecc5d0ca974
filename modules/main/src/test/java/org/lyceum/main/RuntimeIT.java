package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.catalog.Audience;
import org.lyceum.catalog.Profile;
import org.lyceum.catalog.Size;
import org.lyceum.platform.docker.ContainerRuntime;
import org.lyceum.platform.docker.Guarantee;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.servers.ServerState;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Goal: a server of a profile that names gVisor is run by it, works like any other, and the panel
 * says what does not hold there. Method: the whole platform and a real single-user server; that the
 * panel's list is true is {@code SandboxedContainerIT}'s.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
@Timeout(180)
class RuntimeIT {

    private static final Actor SETUP = new Actor.Platform();

    @Test
    @SecurityStatement(28)
    void a_server_is_run_by_gvisor_and_the_panel_says_what_does_not_hold() {
        try (var platform =
                HubUnderTest.withImage(
                        "LYCEUM_TEST_IMAGE_3",
                        "runtimes.offered = [\"runsc\"]",
                        "slots.enabled = true")) {
            boolean there = platform.engine().settings().runtimes().contains("runsc");
            assumeThat(there || "true".equals(System.getenv("CI")))
                    .as("the engine has the runtime runsc")
                    .isTrue();
            platform.user("root", true);
            platform.user("ada");
            boxedProfile(platform);

            var spawns = platform.hub().servers().spawns();
            spawns.spawn(SETUP, platform.server("ada"), Map.of("profile", "boxed"));
            var server = spawns.await(platform.server("ada"), Duration.ofMinutes(2));

            assertThat(server.state())
                    .as(String.valueOf(server.failure()))
                    .isEqualTo(ServerState.READY);
            var format = "{{.HostConfig.Runtime}}";
            var id = server.containerId();
            assertThat(DockerCommand.host(List.of("docker", "inspect", "-f", format, id)).strip())
                    .isEqualTo("runsc");
            var api =
                    new Browser(platform.origin())
                            .get(
                                    "/user/ada/api/contents",
                                    "Authorization",
                                    "token " + platform.token("ada"));
            assertThat(api.status()).as(api.body()).isEqualTo(200);

            panelSays(platform);
        }
    }

    private static void boxedProfile(HubUnderTest platform) {
        var catalog = platform.hub().catalog();
        var environment = catalog.catalog().environments(platform.community()).getFirst();
        var draft =
                new Profile.Draft(
                        "boxed",
                        "Boxed",
                        "",
                        environment.id(),
                        new Size(Bytes.gib(1), 2000),
                        List.of(),
                        Audience.EVERYBODY);
        catalog.profileEdits().create(SETUP, platform.community(), draft.under("runsc"));
    }

    private static void panelSays(HubUnderTest platform) {
        var root = platform.browserOf("root");
        var health = root.get("/api/admin/v1/health").body();
        var here = "/api/admin/v1/communities/" + platform.community().value();
        var catalog = root.get(here + "/catalog").body();
        assertThat(health).contains("Servers run by runsc: ");
        assertThat(catalog).contains("\"name\":\"runsc\"");
        var gaps = ContainerRuntime.gaps("runsc").orElseThrow();
        for (var each : Guarantee.values()) {
            assertThat(health.contains("“" + each.words() + "”"))
                    .as(each.name())
                    .isEqualTo(gaps.contains(each));
            assertThat(catalog.contains("\"" + each.words() + "\""))
                    .as(each.name())
                    .isEqualTo(gaps.contains(each));
        }
    }
}
