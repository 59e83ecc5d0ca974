package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.servers.ServersFixture.ACTOR;
import static org.lyceum.servers.ServersFixture.key;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.community.Community;
import org.lyceum.identity.User;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.proxy.Route;
import org.lyceum.servers.ServersFixture.Installation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Goal: whatever differs is made right again. Method: break one thing, sweep once, look. */
@Timeout(120)
class RecoveryTest {

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private final FakeContainerEngine engine = new FakeContainerEngine();
    private final PretendServer server = new PretendServer();
    private Installation installation;
    private ServersFixture hub;
    private User ada;

    @BeforeEach
    void wire() {
        engine.addImage("test:1", "sha256:1");
        engine.giveAddress(server.address());
        installation = Installation.fresh(temp.directory(), "test:1");
        hub = process();
        ada = hub.user("ada");
    }

    @AfterEach
    void unwire() {
        hub.close();
        server.close();
    }

    @Test
    @ContractRow(11)
    void a_new_process_takes_up_what_runs_with_its_route_and_the_hubs_address() {
        server.boot(200);
        var before = hub.spawned(key(ada));

        restart();

        assertThat(hub.found(key(ada))).isEqualTo(before);
        assertThat(hub.routes.match("/user/ada/")).isPresent();
        assertThat(hub.hubApiOpened).containsExactly("127.0.0.1");
        assertThat(engine.list(Map.of())).hasSize(1);
        assertThat(hub.reconcile().changed()).isZero();
    }

    @Test
    void a_start_that_lost_its_process_goes_on() throws Exception {
        hub.module.spawns().spawn(ACTOR, key(ada), Map.of());
        Eventually.holds("it boots", () -> hub.found(key(ada)).containerId() != null);

        restart();
        assertThat(hub.found(key(ada)).state()).isEqualTo(ServerState.SPAWNING);
        server.boot(200);

        assertThat(hub.module.spawns().await(key(ada), Duration.ofSeconds(30)).ready()).isTrue();
        assertThat(hub.routes.match("/user/ada/")).isPresent();
        assertThat(engine.list(Map.of())).hasSize(1);
    }

    @Test
    void a_start_that_lost_its_process_and_its_container_is_over() {
        hub.module.spawns().spawn(ACTOR, key(ada), Map.of());
        Eventually.holds("it boots", () -> hub.found(key(ada)).containerId() != null);
        hub.close();
        engine.list(Map.of()).forEach(each -> engine.remove(each.id()));

        hub = process();

        assertThat(hub.found(key(ada)).state()).isEqualTo(ServerState.STOPPED);
        assertThat(hub.found(key(ada)).stopReason()).isEqualTo(StopReason.PLATFORM_LOST);
        server.boot(200);
        assertThat(hub.spawned(key(ada)).ready()).isTrue();
    }

    @Test
    void a_container_killed_by_hand_becomes_a_stop_with_a_reason() {
        server.boot(200);
        var ready = hub.spawned(key(ada));
        engine.die(ready.containerId(), 137, false);

        assertThat(hub.reconcile().changed()).isPositive();

        assertThat(hub.found(key(ada)).state()).isEqualTo(ServerState.STOPPED);
        var ending = hub.found(key(ada)).ending();
        assertThat(ending.reason()).isEqualTo(StopReason.DIED);
        assertThat(ending.detail()).contains("killed from outside", "137");
        assertNothingLeft();
        assertThat(hub.reconcile().changed()).isZero();
    }

    @Test
    void a_container_that_ran_out_of_memory_says_so() {
        server.boot(200);
        engine.die(hub.spawned(key(ada)).containerId(), 137, true);

        hub.reconcile();

        var ending = hub.found(key(ada)).ending();
        assertThat(ending.reason()).isEqualTo(StopReason.OUT_OF_MEMORY);
        assertThat(ending.detail()).contains("It may use ");
        assertThat(hub.module.queries().countStops(Community.DEFAULT, StopReason.OUT_OF_MEMORY))
                .isEqualTo(1);
    }

    @Test
    void a_container_that_could_not_write_says_that_the_disk_is_full() {
        server.boot(200);
        var id = hub.spawned(key(ada)).containerId();
        engine.say(id, "OSError: [Errno 122] Disk quota exceeded: 'a.csv'");
        engine.die(id, 1, false);

        hub.reconcile();

        var ending = hub.found(key(ada)).ending();
        assertThat(ending.reason()).isEqualTo(StopReason.DISK_FULL);
        assertThat(ending.log()).contains("a.csv");
    }

    @Test
    void a_crash_keeps_the_last_lines_for_its_user() {
        server.boot(200);
        var id = hub.spawned(key(ada)).containerId();
        engine.say(id, "Segmentation fault");
        engine.die(id, 139, false);

        hub.reconcile();

        var ending = hub.found(key(ada)).ending();
        assertThat(ending.reason()).isEqualTo(StopReason.DIED);
        assertThat(ending.detail()).contains("139");
        assertThat(ending.log()).isEqualTo("Segmentation fault");
    }

    @Test
    void a_container_that_was_removed_by_hand_is_lost() {
        server.boot(200);
        engine.remove(hub.spawned(key(ada)).containerId());

        hub.reconcile();

        assertThat(hub.found(key(ada)).stopReason()).isEqualTo(StopReason.LOST);
    }

    @Test
    void a_restart_of_the_machine_is_told_as_such() {
        server.boot(200);
        engine.die(hub.spawned(key(ada)).containerId(), 255, false);
        installation =
                installation.on(Bytes.gib(64), temp.clock().instant().plus(Duration.ofMinutes(1)));

        restart();

        assertThat(hub.found(key(ada)).stopReason()).isEqualTo(StopReason.HOST_RESTARTED);
    }

    @Test
    void every_reason_that_nobody_wished_for_says_what_to_do_or_that_somebody_did_it() {
        for (var reason : StopReason.values()) {
            assertThat(reason.sentence()).as(reason.name()).endsWith(".");
            assertThat(reason.tips()).as(reason.name()).hasSizeLessThanOrEqualTo(3);
        }
        assertThat(StopReason.OUT_OF_MEMORY.tips()).hasSize(3);
    }

    @Test
    void a_death_is_noticed_when_its_user_starts_it_again() {
        server.boot(200);
        var dead = hub.spawned(key(ada));
        engine.die(dead.containerId(), 1, false);

        var again = hub.spawned(key(ada));

        assertThat(again.ready()).isTrue();
        assertThat(again.spawnId()).isNotEqualTo(dead.spawnId());
        assertThat(engine.list(Map.of())).hasSize(1);
    }

    @Test
    void a_stop_the_engine_did_not_answer_is_carried_through_later() {
        server.boot(200);
        hub.spawned(key(ada));
        engine.fail(Problem.of(Problem.Kind.UNAVAILABLE, "docker.unavailable", "down"));
        hub.module.stops().stop(ACTOR, key(ada), StopReason.USER);
        assertThat(hub.module.stops().await(key(ada), Duration.ofSeconds(10))).isFalse();
        assertThat(hub.found(key(ada)).state()).isEqualTo(ServerState.STOPPING);
        assertThat(hub.routes.all()).isEmpty();

        engine.fail(null);
        hub.reconcile();

        Eventually.holds("stopped", () -> hub.found(key(ada)).state() == ServerState.STOPPED);
        assertThat(hub.found(key(ada)).stopReason()).isEqualTo(StopReason.USER);
        assertNothingLeft();
    }

    @Test
    void a_stop_that_lost_its_process_is_carried_through_by_the_next() {
        server.boot(200);
        hub.spawned(key(ada));
        engine.fail(Problem.of(Problem.Kind.UNAVAILABLE, "docker.unavailable", "down"));
        hub.module.stops().stop(ACTOR, key(ada), StopReason.ADMIN);
        hub.module.stops().await(key(ada), Duration.ofSeconds(10));
        engine.fail(null);

        restart();

        Eventually.holds("stopped", () -> hub.found(key(ada)).state() == ServerState.STOPPED);
        assertThat(hub.found(key(ada)).stopReason()).isEqualTo(StopReason.ADMIN);
    }

    @Test
    void an_engine_that_is_down_changes_nothing() {
        server.boot(200);
        var ready = hub.spawned(key(ada));
        engine.fail(Problem.of(Problem.Kind.UNAVAILABLE, "docker.unavailable", "down"));

        restart();

        assertThat(hub.found(key(ada))).isEqualTo(ready);
        engine.fail(null);
        hub.reconcile();
        assertThat(hub.routes.match("/user/ada/")).isPresent();
    }

    @Test
    @SecurityStatement(24)
    void a_container_made_by_hand_with_our_labels_is_neither_adopted_nor_touched() {
        server.boot(200);
        var ready = hub.spawned(key(ada));
        var genuine = engine.find(ready.containerId()).orElseThrow();
        var forged = new HashMap<>(genuine.labels());
        forged.put("org.lyceum.server", "99");
        var byHand = engine.run(spec("by-hand", forged));
        var copied = engine.run(spec("copied", genuine.labels()));

        hub.reconcile();

        assertThat(engine.find(byHand.id())).isPresent();
        assertThat(engine.find(copied.id())).isPresent();
        assertThat(hub.routes.all()).hasSize(1);
    }

    @Test
    void an_impostor_under_our_containers_name_is_no_sign_of_life() {
        server.boot(200);
        var ready = hub.spawned(key(ada));
        var name = engine.find(ready.containerId()).orElseThrow().name();
        engine.remove(ready.containerId());
        var impostor =
                engine.run(
                        spec(
                                name,
                                Map.of(
                                        ContainerSpec.PLATFORM_LABEL,
                                        installation.platform().value())));

        hub.reconcile();

        assertThat(hub.found(key(ada)).state()).isEqualTo(ServerState.STOPPED);
        assertThat(engine.find(impostor.id())).isPresent();
    }

    @Test
    void a_container_of_ours_that_no_row_wants_is_removed() {
        server.boot(200);
        var ready = hub.spawned(key(ada));
        var labels = new ServerLabels(installation.platform(), installation.labelKey());
        var gone = ServerLabelsTest.server(4711, ready.spawnId());
        var orphan = engine.run(spec(labels.containerName(gone), labels.of(gone, List.of())));

        hub.reconcile();

        assertThat(engine.find(orphan.id())).isEmpty();
        assertThat(engine.find(ready.containerId())).isPresent();
    }

    @Test
    void what_an_earlier_start_left_under_the_name_does_not_stop_the_next() {
        server.boot(200);
        var first = hub.spawned(key(ada));
        hub.module.stops().stop(ACTOR, key(ada), StopReason.USER);
        hub.module.stops().await(key(ada), Duration.ofSeconds(10));
        var labels = new ServerLabels(installation.platform(), installation.labelKey());
        engine.run(spec(labels.containerName(first), labels.of(first, List.of())));

        assertThat(hub.spawned(key(ada)).ready()).isTrue();
        assertThat(engine.list(Map.of())).hasSize(1);
    }

    @Test
    void a_deleted_user_leaves_nothing_running() {
        server.boot(200);
        hub.spawned(key(ada));

        hub.identity.users().delete(ACTOR, ada.id());

        Eventually.holds("no container", () -> engine.list(Map.of()).isEmpty());
        Eventually.holds("no route", () -> hub.routes.all().isEmpty());
        assertThat(hub.module.queries().find(key(ada))).isEmpty();
    }

    @Test
    void a_lost_route_comes_back_and_a_stale_one_goes() {
        server.boot(200);
        hub.spawned(key(ada));
        hub.routes.remove("/user/ada/");
        hub.routes.put(new Route("/user/gone/", "127.0.0.1", 1, Map.of("server", "4711")));
        hub.routes.put(new Route("/services/x/", "127.0.0.1", 1, Map.of()));

        hub.reconcile();

        assertThat(hub.routes.all())
                .extracting(Route::prefix)
                .containsExactly("/services/x/", "/user/ada/");
    }

    @Test
    void a_server_that_got_another_address_is_followed() {
        server.boot(200);
        var ready = hub.spawned(key(ada));
        engine.giveAddress("127.0.0.9");
        engine.stop(ready.containerId(), Duration.ZERO);
        engine.run(engine.specOf(ready.containerId()).orElseThrow());

        hub.reconcile();

        assertThat(hub.routes.match("/user/ada/").orElseThrow().host()).isEqualTo("127.0.0.9");
        assertThat(hub.found(key(ada)).address()).isEqualTo(new ServerAddress("127.0.0.9", 8888));
    }

    private void restart() {
        hub.close();
        hub = process();
    }

    private ServersFixture process() {
        return new ServersFixture(
                ServersFixture.config(Duration.ofSeconds(60), 4),
                temp.database(),
                temp.clock(),
                engine,
                installation);
    }

    private void assertNothingLeft() {
        assertThat(engine.list(Map.of())).isEmpty();
        assertThat(hub.routes.all()).isEmpty();
        assertThat(temp.directory().resolve("run/servers")).isEmptyDirectory();
    }

    private static ContainerSpec spec(String name, Map<String, String> labels) {
        return new ContainerSpec(
                name,
                "test:1",
                labels,
                new ContainerSpec.Program(List.of("x"), Map.of(), "/tmp", 1000, 1000),
                ContainerSpec.NO_NETWORK,
                new ContainerSpec.Limits(Bytes.mib(64), 100, 64, Bytes.mib(8)),
                List.of());
    }
}
