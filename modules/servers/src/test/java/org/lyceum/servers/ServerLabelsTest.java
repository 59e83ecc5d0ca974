package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.catalog.Launched;
import org.lyceum.catalog.NetworkAccess;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Goal: only what we made is taken for ours. Method: labels copied, changed and moved by hand. */
class ServerLabelsTest {

    private static final PlatformId PLATFORM = new PlatformId("ab12cd".repeat(5) + "00");

    private final ServerLabels labels = new ServerLabels(PLATFORM, Secret.random());
    private final Server server = server(12, "1".repeat(32));

    @Test
    void what_we_make_is_ours_and_belongs_to_its_start_only() {
        var made = container(labels.containerName(server), labels.of(server, List.of()));

        assertThat(labels.genuine(made)).isTrue();
        assertThat(labels.belongs(made, server)).isTrue();
        assertThat(labels.belongs(made, server(12, "2".repeat(32)))).isFalse();
        assertThat(labels.belongs(made, server(13, "1".repeat(32)))).isFalse();
        assertThat(labels.serverOf(made)).isEqualTo(12);
        assertThat(labels.containerName(server)).isEqualTo("lyceum-ab12cd-c1-u7-s12");
    }

    @Test
    void units_of_devices_are_signed_and_an_image_cannot_claim_any() {
        var units = List.of("/dev/a", "/dev/b");
        var made = container(labels.containerName(server), labels.of(server, units));
        assertThat(labels.genuine(made)).isTrue();
        assertThat(labels.units(made)).isEqualTo(units);

        var more = new HashMap<>(made.labels());
        more.put("org.lyceum.devices", "/dev/a");
        assertThat(labels.genuine(container(labels.containerName(server), more))).isFalse();

        var claimed = new HashMap<>(labels.of(server, List.of()));
        claimed.put("org.lyceum.devices", "/dev/a");
        var other = container(labels.containerName(server), claimed);
        assertThat(labels.genuine(other)).isTrue();
        assertThat(labels.units(other)).isEmpty();
    }

    @Test
    void labels_an_image_adds_change_nothing() {
        var all = new HashMap<>(labels.of(server, List.of()));
        all.put("org.opencontainers.image.title", "x");

        assertThat(labels.genuine(container(labels.containerName(server), all))).isTrue();
    }

    @Test
    @SecurityStatement(24)
    void a_label_that_was_changed_or_carried_elsewhere_is_not_ours() {
        for (var key : labels.of(server, List.of()).keySet()) {
            var changed = new HashMap<>(labels.of(server, List.of()));
            changed.put(key, changed.get(key) + "1");
            assertThat(labels.genuine(container(labels.containerName(server), changed)))
                    .as(key)
                    .isFalse();
            changed.remove(key);
            assertThat(labels.genuine(container(labels.containerName(server), changed)))
                    .as("without " + key)
                    .isFalse();
        }
        assertThat(labels.genuine(container("another-name", labels.of(server, List.of()))))
                .isFalse();
        var other = new ServerLabels(PLATFORM, Secret.random());
        assertThat(
                        other.genuine(
                                container(
                                        labels.containerName(server),
                                        labels.of(server, List.of()))))
                .isFalse();
    }

    @Test
    void no_label_and_no_name_tells_who_the_user_is() {
        assertThat(labels.of(server, List.of()).values())
                .allSatisfy(value -> assertThat(value).matches("[0-9a-f]+"));
    }

    private static Container container(String name, Map<String, String> labels) {
        return new Container("id", name, "img", labels, Container.State.RUNNING, null, null);
    }

    static Server server(long id, String spawnId) {
        return new Server(
                id,
                ServerKey.ofDefault(new CommunityId(1), new UserId(7)),
                ServerState.SPAWNING,
                spawnId,
                "/user/alice/",
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                null,
                null,
                Bytes.gib(1),
                null,
                null,
                new Launched(null, NetworkAccess.COMMUNITY, null, null, null),
                List.of());
    }
}
