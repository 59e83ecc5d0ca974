package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.lyceum.servers.ServersFixture.ACTOR;
import static org.lyceum.servers.ServersFixture.key;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.identity.User;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.ServersFixture.Installation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Goal: starts and stops, whatever comes between. Method: all real but the engine. */
@Timeout(120)
class ServersModuleTest {

    private static final Problem ENGINE_DOWN =
            Problem.of(Problem.Kind.UNAVAILABLE, "docker.unavailable", "Start Docker.");

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
        hub = process(Duration.ofSeconds(60));
        ada = hub.user("ada");
    }

    @AfterEach
    void unwire() {
        hub.close();
        server.close();
    }

    @Test
    @ContractRow({1, 6})
    @SecurityStatement(27)
    void a_start_ends_with_a_route_and_without_its_secrets_lying_about() throws Exception {
        server.boot(200);
        var ran = new AtomicReference<ContainerSpec>();
        var secret = new AtomicReference<String>();
        engine.beforeRun(
                spec -> {
                    ran.set(spec);
                    secret.set(variables(spec));
                });

        var ready = hub.spawned(key(ada));

        assertThat(ready.state()).isEqualTo(ServerState.READY);
        assertThat(ready.prefix()).isEqualTo("/user/ada/");
        assertThat(hub.routes.match("/user/ada/lab"))
                .hasValueSatisfying(
                        route -> {
                            assertThat(route.host()).isEqualTo(server.address());
                            assertThat(route.port()).isEqualTo(8888);
                        });
        var token = secret.get().replaceAll("(?s).*JUPYTERHUB_API_TOKEN='([0-9a-f]+)'.*", "$1");
        assertThat(token).hasSize(32);
        assertThat(
                        hub.identity
                                .tokens()
                                .authenticate(ready.key().community(), Secret.presented(token)))
                .isPresent();
        assertThat(ran.get().toString()).doesNotContain(token);
        assertThat(temp.directory().resolve("run/servers/" + ready.id() + "/env")).doesNotExist();
        assertThat(ran.get().program().command())
                .containsExactly("/bin/sh", "/run/lyceum/launch", "jupyterhub-singleuser");
        assertThat(hub.hubApiOpened).isNotEmpty();
        var events = hub.events(key(ada));
        assertThat(events.getFirst().message()).isEqualTo("Server requested");
        assertThat(events).extracting(SpawnEvent::progress).isSorted();
        assertThat(events.getLast())
                .isEqualTo(
                        new SpawnEvent(
                                100,
                                "Server ready at /user/ada/",
                                "Server ready at <a href=\"/user/ada/\">/user/ada/</a>",
                                SpawnEvent.Outcome.READY));
    }

    @Test
    void of_many_who_ask_at_once_all_get_the_one_server() throws Exception {
        server.boot(200);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 50; i++) {
            threads.add(
                    Threads.start("t", () -> hub.module.spawns().spawn(ACTOR, key(ada), Map.of())));
        }
        for (var thread : threads) {
            thread.join();
        }
        hub.module.spawns().await(key(ada), Duration.ofSeconds(60));

        assertThat(hub.found(key(ada)).ready()).isTrue();
        assertThat(engine.list(Map.of())).hasSize(1);
        assertThat(hub.module.spawns().spawn(ACTOR, key(ada), null))
                .isInstanceOf(Spawn.Ready.class);
    }

    @Test
    void a_missing_image_is_told_at_once_and_leaves_nothing() {
        engine.removeImage("test:1");

        var problem =
                catchThrowableOfType(
                        Problem.class, () -> hub.module.spawns().spawn(ACTOR, key(ada), Map.of()));

        assertThat(problem.code()).isEqualTo("image.missing");
        assertThat(hub.module.queries().find(key(ada))).isEmpty();
    }

    @Test
    @ContractRow(7)
    void a_server_that_never_answers_fails_in_time_and_is_cleared_away() throws Exception {
        hub.close();
        hub = process(Duration.ofMillis(300));

        var failed = hub.spawned(key(ada));

        assertThat(failed.state()).isEqualTo(ServerState.FAILED);
        assertThat(failed.failure()).contains("timeout", "Try again");
        assertThat(failed.active()).isFalse();
        assertNothingLeft(failed);
        assertThat(hub.events(key(ada)).getLast().outcome()).isEqualTo(SpawnEvent.Outcome.FAILED);
        assertThat(hub.events(key(ada)).getLast().message()).startsWith("Spawn failed: ");
    }

    @Test
    void a_server_that_answers_with_faults_is_not_up() throws Exception {
        hub.close();
        hub = process(Duration.ofMillis(300));
        server.boot(503);

        assertThat(hub.spawned(key(ada)).failure()).contains("timeout");
    }

    @Test
    void a_container_that_ends_during_its_start_is_not_waited_for() {
        hub.module.spawns().spawn(ACTOR, key(ada), Map.of());
        var container = onlyContainer();
        engine.die(container, 1, false);

        var failed = hub.module.spawns().await(key(ada), Duration.ofSeconds(30));

        assertThat(failed.state()).isEqualTo(ServerState.FAILED);
        assertThat(failed.failure()).contains("code 1");
        assertNothingLeft(failed);
    }

    @Test
    void an_engine_that_fails_during_a_start_leaves_no_row_stuck_and_no_token_valid() {
        engine.beforeRun(
                spec -> {
                    engine.fail(ENGINE_DOWN);
                    throw ENGINE_DOWN;
                });

        var failed = hub.spawned(key(ada));
        assertThat(failed.state()).isEqualTo(ServerState.FAILED);
        assertThat(failed.failure()).isEqualTo("Start Docker.");

        engine.fail(null);
        engine.beforeRun(spec -> {});
        server.boot(200);
        assertThat(hub.spawned(key(ada)).ready()).isTrue();
        assertThat(hub.found(key(ada)).failure()).isNull();
    }

    @Test
    @ContractRow(64)
    void a_stop_takes_the_route_away_before_the_server_is_asked_to_end() {
        server.boot(200);
        var ready = hub.spawned(key(ada));
        var routedAtStop = new AtomicBoolean(true);
        engine.beforeStop(
                container -> routedAtStop.set(hub.routes.match("/user/ada/").isPresent()));

        hub.module.stops().stop(ACTOR, key(ada), StopReason.USER);

        assertThat(hub.module.stops().await(key(ada), Duration.ofSeconds(30))).isTrue();
        assertThat(routedAtStop).isFalse();
        var stopped = hub.found(key(ada));
        assertThat(stopped.state()).isEqualTo(ServerState.STOPPED);
        assertThat(stopped.stopReason()).isEqualTo(StopReason.USER);
        assertNothingLeft(ready);
        assertThat(hub.module.stops().stop(ACTOR, key(ada), StopReason.USER))
                .isEqualTo(StopService.Stopping.STOPPED);
    }

    @Test
    @ContractRow(67)
    void a_stop_during_a_start_cancels_it() throws Exception {
        hub.module.spawns().spawn(ACTOR, key(ada), Map.of());
        onlyContainer();

        hub.module.stops().stop(ACTOR, key(ada), StopReason.USER);

        assertThat(hub.module.stops().await(key(ada), Duration.ofSeconds(30))).isTrue();
        assertThat(hub.found(key(ada)).state()).isEqualTo(ServerState.STOPPED);
        assertThat(hub.events(key(ada)).getLast().outcome())
                .isEqualTo(SpawnEvent.Outcome.CANCELLED);
        assertNothingLeft(hub.found(key(ada)));
    }

    @Test
    void a_stop_while_the_engine_is_creating_the_container_leaves_none() throws Exception {
        var creating = new CountDownLatch(1);
        engine.beforeRun(
                spec -> {
                    creating.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw ENGINE_DOWN;
                    }
                });
        hub.module.spawns().spawn(ACTOR, key(ada), Map.of());
        creating.await();

        hub.module.stops().stop(ACTOR, key(ada), StopReason.USER);

        assertThat(hub.module.stops().await(key(ada), Duration.ofSeconds(30))).isTrue();
        assertNothingLeft(hub.found(key(ada)));
    }

    @Test
    void while_it_stops_it_cannot_be_started() throws Exception {
        server.boot(200);
        hub.spawned(key(ada));
        var release = new CountDownLatch(1);
        engine.beforeStop(
                container -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        hub.module.stops().stop(ACTOR, key(ada), StopReason.USER);

        var problem =
                catchThrowableOfType(
                        Problem.class, () -> hub.module.spawns().spawn(ACTOR, key(ada), Map.of()));
        release.countDown();

        assertThat(problem.code()).isEqualTo("server.stopping");
        assertThat(hub.module.stops().await(key(ada), Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void starts_wait_in_line_and_say_so() throws Exception {
        hub.close();
        hub =
                new ServersFixture(
                        ServersFixture.config(Duration.ofSeconds(60), 1),
                        temp.database(),
                        temp.clock(),
                        engine,
                        installation);
        var bob = hub.user("bob");
        hub.module.spawns().spawn(ACTOR, key(ada), Map.of());
        onlyContainer();
        hub.module.spawns().spawn(ACTOR, key(bob), Map.of());
        try (var following = hub.module.progress().events(key(bob))) {
            following.next(Duration.ofSeconds(10));
            assertThat(following.next(Duration.ofSeconds(10)).message())
                    .startsWith("You are number 1 in line");
        }
        server.boot(200);
        assertThat(hub.module.spawns().await(key(bob), Duration.ofSeconds(30)).ready()).isTrue();
    }

    @Test
    void memory_promised_is_never_more_than_there_is() throws Exception {
        hub.close();
        installation = installation.on(Bytes.gib(4), Instant.EPOCH); // one is kept, one needs two
        hub = process(Duration.ofSeconds(60));
        var bob = hub.user("bob");
        server.boot(200);
        hub.spawned(key(ada));

        var refused =
                catchThrowableOfType(
                        Problem.class, () -> hub.module.spawns().spawn(ACTOR, key(bob), Map.of()));
        assertThat(refused.code()).isEqualTo("server.too-many-active");
        assertThat(refused.detail()).contains("all memory for servers is promised");

        hub.module.spawns().spawnInTurn(ACTOR, key(bob), Map.of());
        try (var following = hub.module.progress().events(key(bob))) {
            following.next(Duration.ofSeconds(10));
            assertThat(following.next(Duration.ofSeconds(10)).message())
                    .contains("You are number 1 in line", "all memory");
        }
        assertThat(engine.list(Map.of())).hasSize(1);

        hub.module.stops().stop(ACTOR, key(ada), StopReason.USER);

        assertThat(hub.module.spawns().await(key(bob), Duration.ofSeconds(30)).ready()).isTrue();
    }

    @Test
    void what_the_machine_can_never_hold_is_refused_at_once() {
        hub.close();
        installation = installation.on(Bytes.gib(2), Instant.EPOCH);
        hub = process(Duration.ofSeconds(60));

        var refused =
                catchThrowableOfType(
                        Problem.class,
                        () -> hub.module.spawns().spawnInTurn(ACTOR, key(ada), Map.of()));

        assertThat(refused.code()).isEqualTo("server.larger-than-machine");
        assertThat(refused.detail()).contains("2 GiB", "1 GiB");
    }

    @Test
    void options_are_kept_for_the_next_start() {
        server.boot(200);
        hub.module.spawns().spawn(ACTOR, key(ada), Map.of("profile", "jupyterlab", "n", 1));
        hub.module.spawns().await(key(ada), Duration.ofSeconds(30));
        hub.module.stops().stop(ACTOR, key(ada), StopReason.USER);
        hub.module.stops().await(key(ada), Duration.ofSeconds(30));

        hub.module.spawns().spawn(ACTOR, key(ada), null);

        assertThat(hub.found(key(ada)).userOptions())
                .isEqualTo(Map.of("profile", "jupyterlab", "n", 1));
    }

    private ServersFixture process(Duration startTimeout) {
        return new ServersFixture(
                ServersFixture.config(startTimeout, 4),
                temp.database(),
                temp.clock(),
                engine,
                installation);
    }

    private String onlyContainer() {
        return Eventually.value(
                        "there is a container", () -> engine.list(Map.of()).stream().findFirst())
                .id();
    }

    private void assertNothingLeft(Server server) {
        assertThat(engine.list(Map.of())).isEmpty();
        assertThat(hub.routes.all()).isEmpty();
        assertThat(temp.directory().resolve("run/servers/" + server.id())).doesNotExist();
        assertThat(List.of(server.prefix())).noneMatch(p -> hub.routes.match(p).isPresent());
    }

    private static String variables(ContainerSpec spec) {
        return spec.binds().stream()
                .filter(bind -> bind.target().equals("/run/lyceum"))
                .findFirst()
                .map(
                        bind -> {
                            try {
                                return java.nio.file.Files.readString(bind.source().resolve("env"));
                            } catch (java.io.IOException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                .orElseThrow();
    }
}
