package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lyceum.servers.ServersFixture.ACTOR;
import static org.lyceum.servers.ServersFixture.key;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.DeviceKinds;
import org.lyceum.identity.User;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.Machine;
import org.lyceum.platform.linux.Pressure;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.ServersFixture.Installation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Goal: what nobody uses is frozen, what is used, kept or at work is not, and route and engine
 * always agree in the end. Method: servers that answer, an engine that fails when told, a clock
 * that is moved, uses and times on cores that the test decides.
 */
@Timeout(120)
class FreezeIdleServersTest {

    private static final Duration IDLE = Duration.ofMinutes(20);
    private static final String PREFIX = "/user/ada/";

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private final FakeContainerEngine engine = new FakeContainerEngine();
    private final PretendServer server = new PretendServer();
    private final Map<String, Instant> uses = new HashMap<>();
    private Optional<Pressure> pressure = Optional.empty();
    private long coreNanos;
    private Installation installation;
    private ServersFixture hub;
    private EndsService ends;
    private KeepService keeping;
    private Calming calming;
    private Freezer freezer;
    private User ada;
    private FreezeIdleServers job;

    @BeforeEach
    void wire() {
        engine.addImage("test:1", "sha256:1");
        engine.giveAddress(server.address());
        installation = Installation.fresh(temp.directory(), "test:1");
        hub = process();
        ada = hub.user("ada");
        server.boot(200);
        hub.spawned(key(ada));
        freezing(ServersConfig.Ends.defaults());
    }

    private ServersFixture process() {
        return new ServersFixture(
                ServersFixture.config(Duration.ofSeconds(20), 2),
                temp.database(),
                temp.clock(),
                engine,
                installation);
    }

    @AfterEach
    void unwire() {
        hub.close();
        server.close();
    }

    private void freezing(ServersConfig.Ends config) {
        var audit = new AuditLog(temp.database(), temp.clock());
        var servers = new ServerRepository(temp.database(), audit);
        var keeps = new KeepRepository(temp.database(), audit);
        ends =
                new EndsService(
                        config,
                        new EndsRepository(temp.database(), audit),
                        keeps,
                        servers,
                        hub.catalog.catalog(),
                        temp.clock());
        keeping = new KeepService(ends, servers, keeps, new PlannedEnds(), temp.clock());
        freezer = new Freezer(engine, hub.routes, servers, temp.clock());
        calming = new Calming(ServersConfig.Freezing.defaults(), () -> pressure, temp.clock());
        var probe = new WorkProbe(new ServerCredentials(hub.identity), hub.identity.users());
        job =
                new FreezeIdleServers(
                        ends,
                        servers,
                        keeps,
                        new UseWatch(() -> uses, probe, freezer::frozen, temp.clock()),
                        new CoreTimes(container -> OptionalLong.of(coreNanos)),
                        freezer,
                        calming,
                        temp.clock());
    }

    @Test
    void a_server_that_nobody_uses_is_frozen_and_is_ready_all_the_same() {
        passes(IDLE.minusMinutes(1));
        assertThat(frozen()).isFalse();

        passes(Duration.ofMinutes(1));
        passes(Duration.ofSeconds(15));

        assertThat(frozen()).isTrue();
        assertThat(hub.found(key(ada)).ready()).isTrue();
        assertThat(hub.module.queries().asleep(hub.found(key(ada)))).isTrue();
    }

    @Test
    void whoever_comes_finds_it_awake_and_it_is_not_frozen_before_its_time_again() {
        idles();
        assertThat(frozen()).isTrue();

        freezer.thaw(hub.found(key(ada)));
        uses.put(PREFIX, temp.clock().instant());
        assertThat(frozen()).isFalse();

        passes(IDLE.minusSeconds(30));
        passes(Duration.ofSeconds(15));
        assertThat(frozen()).isFalse();
        idles();
        assertThat(frozen()).isTrue();
    }

    @Test
    void one_that_was_woken_by_an_open_page_only_is_frozen_again_after_a_nap() {
        idles();
        freezer.thaw(hub.found(key(ada)));

        passes(Duration.ofSeconds(10));
        assertThat(frozen()).isFalse();
        passes(Duration.ofSeconds(15));
        passes(Duration.ofSeconds(15));
        assertThat(frozen()).isTrue();
    }

    @Test
    void a_kernel_or_anything_else_that_computes_is_use() {
        server.kernels = "[{\"execution_state\":\"busy\"}]";
        idles();
        idles();
        assertThat(frozen()).as("a kernel").isFalse();

        server.kernels = "[{\"execution_state\":\"idle\"}]";
        passes(IDLE);
        for (int looks = 0; looks < 10; looks++) {
            coreNanos += Duration.ofSeconds(1).toNanos(); // of 15 on the clock
            passes(Duration.ofSeconds(15));
        }
        assertThat(frozen()).as("a program without a terminal").isFalse();

        coreNanos += Duration.ofMillis(200).toNanos();
        passes(Duration.ofSeconds(15));
        assertThat(frozen()).as("an idle JupyterLab").isTrue();
    }

    @Test
    void what_people_keep_is_not_frozen() {
        keeping.keep(ACTOR, key(ada));
        idles();
        assertThat(frozen()).isFalse();

        keeping.letGo(key(ada));
        idles();
        assertThat(frozen()).isTrue();
    }

    @Test
    void freezing_can_be_turned_off_and_a_time_too_short_to_be_meant_is_refused() {
        freezing(after(Duration.ZERO, Duration.ZERO));
        passes(Duration.ofDays(3));
        passes(Duration.ofSeconds(15));
        assertThat(frozen()).isFalse();

        var second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> after(second, Duration.ZERO))
                .hasMessageContaining("servers.freeze-after must be 0, or 10 seconds at least");
        assertThatThrownBy(() -> after(IDLE, IDLE.minusMinutes(1)))
                .hasMessageContaining("must not be longer than their bounds");
        assertThatThrownBy(() -> new ServersConfig.Freezing(Duration.ofMinutes(3), 101, 0, 0))
                .hasMessageContaining("must be 0 to 100");
    }

    @Test
    void while_the_machine_is_short_of_memory_idle_servers_are_frozen_sooner() {
        passes(Duration.ofMinutes(4));
        assertThat(frozen()).isFalse();

        pressure = Optional.of(new Pressure(0, 40, 0));
        calming.run();
        passes(Calming.SUSTAINED);
        calming.run();
        passes(Duration.ofSeconds(15));
        passes(Duration.ofSeconds(15));

        assertThat(frozen()).isTrue();
    }

    @Test
    void when_freezing_does_not_help_starts_go_one_at_a_time_and_who_waits_reads_why() {
        var config = ServersFixture.config(Duration.ofSeconds(20), 2);
        var machine = new Machine(Bytes.gib(64).value(), Instant.EPOCH);
        var servers =
                new ServerRepository(temp.database(), new AuditLog(temp.database(), temp.clock()));
        var communities = hub.community.communities();
        var room =
                new MachineRoom(
                        config,
                        machine,
                        new Bytes(0),
                        servers,
                        communities,
                        calming,
                        new DeviceRoom(DeviceKinds.NONE, servers));
        var start = new Start(0, hub.found(key(ada)).key().community(), Bytes.gib(1));
        pressureFor(Calming.SUSTAINED.plus(Calming.THEN_HOLD), new Pressure(0, 40, 0));

        assertThat(room.shortage(start, List.of())).isEmpty();
        assertThat(room.shortage(start, List.of(start))).contains(Shortage.CALM);
        room.entered();
        assertThat(room.shortage(start, List.of())).contains(Shortage.CALM);
        assertThat(new Standing(3, Shortage.CALM, null, null).sentence())
                .isEqualTo(
                        "You are number 3 in line: what runs already keeps the machine busy, so"
                                + " starts go one at a time just now. Yours starts by itself when"
                                + " its turn comes.");

        pressureFor(Calming.RELIEVED, new Pressure(0, 0, 0));
        assertThat(room.shortage(start, List.of(start))).isEmpty();
    }

    @Test
    void the_time_of_a_profile_counts_before_its_communitys_and_that_before_the_platforms() {
        decide(null, Duration.ofMinutes(40));
        idles();
        assertThat(frozen()).as("the platform's time is over").isFalse();
        assertThat(counts()).isEqualTo(effective(40, EndsRules.Origin.COMMUNITY));

        decide(profile(), Duration.ofMinutes(5));
        assertThat(counts()).isEqualTo(effective(5, EndsRules.Origin.PROFILE));
        passes(Duration.ofSeconds(15));
        passes(Duration.ofSeconds(15)); // what it takes of the cores is seen between two looks
        assertThat(frozen()).as("what runs follows at once").isTrue();

        decide(profile(), null);
        decide(null, null);
        assertThat(counts()).isEqualTo(effective(20, EndsRules.Origin.PLATFORM));
    }

    @Test
    void
            where_never_was_decided_nothing_sleeps_however_short_the_machine_is_and_what_slept_wakes() {
        idles();
        assertThat(frozen()).isTrue();

        decide(profile(), Duration.ZERO);
        passes(Duration.ofSeconds(15));
        assertThat(frozen()).isFalse();

        pressureFor(Calming.SUSTAINED, new Pressure(0, 40, 0));
        assertThat(calming.freezesEarly()).isTrue();
        passes(Duration.ofDays(1));
        passes(Duration.ofSeconds(15));
        assertThat(frozen()).isFalse();
    }

    @Test
    void nobody_decides_beyond_the_platforms_bound_and_a_lower_one_counts_at_once() {
        decide(null, Duration.ZERO);
        freezing(after(IDLE, Duration.ofHours(1)));

        assertThat(counts()).isEqualTo(effective(60, EndsRules.Origin.PLATFORM));
        for (var beyond : List.of(Duration.ZERO, Duration.ofMinutes(61))) {
            assertThatThrownBy(() -> decide(profile(), beyond))
                    .hasMessageContaining("sleeps may be at most 60 minutes on this platform");
        }
        assertThatThrownBy(() -> decide(profile(), Duration.ofSeconds(9)))
                .hasMessageContaining("sleeps is 0, or 10 seconds to 365 days");
    }

    private void decide(@Nullable Long profile, @Nullable Duration freezeAfter) {
        var community = key(ada).community();
        ends.put(ACTOR, community, profile, new EndsRule(null, null, null, freezeAfter));
    }

    private EndsRules.Effective counts() {
        return ends.rules().of(hub.found(key(ada))).freezeAfter();
    }

    private static EndsRules.Effective effective(int minutes, EndsRules.Origin origin) {
        return new EndsRules.Effective(Duration.ofMinutes(minutes), origin);
    }

    private long profile() {
        return hub.catalog.catalog().profiles(key(ada).community()).getFirst().id();
    }

    private static ServersConfig.Ends after(Duration freezeAfter, Duration bound) {
        var usual = ServersConfig.Ends.defaults();
        var bounds = usual.bounds();
        return new ServersConfig.Ends(
                usual.cullAfter(),
                usual.maxAge(),
                usual.keepAtMost(),
                freezeAfter,
                new ServersConfig.Bounds(
                        bounds.cullAfter(), bounds.maxAge(), bounds.keepAtMost(), bound));
    }

    private void pressureFor(Duration time, Pressure now) {
        pressure = Optional.of(now);
        for (var left = time; !left.isNegative(); left = left.minus(calming.every())) {
            calming.run();
            temp.clock().advance(calming.every());
        }
    }

    @Test
    void a_stop_of_a_frozen_server_wakes_it_first_and_leaves_nothing() {
        idles();
        var states = new HashMap<String, Container.State>();
        engine.beforeStop(container -> states.put(container.id(), container.state()));

        hub.module.stops().stop(ACTOR, key(ada), StopReason.USER);
        hub.module.stops().await(key(ada), Duration.ofSeconds(20));

        assertThat(states).containsValue(Container.State.RUNNING);
        assertThat(hub.found(key(ada)).state()).isEqualTo(ServerState.STOPPED);
        assertThat(engine.list(Map.of())).isEmpty();
    }

    @Test
    void a_new_process_finds_it_frozen_and_wakes_it_when_somebody_comes() {
        idles();
        hub.close();

        hub = process();

        assertThat(hub.module.queries().asleep(hub.found(key(ada)))).isTrue();
        assertThat(frozen()).isTrue();
    }

    @Test
    void one_that_was_paused_or_resumed_by_hand_is_what_the_engine_says() {
        var id = hub.found(key(ada)).containerId();
        engine.pause(id);
        hub.reconcile();
        assertThat(hub.module.queries().asleep(hub.found(key(ada)))).isTrue();

        engine.resume(id);
        hub.reconcile();
        assertThat(hub.module.queries().asleep(hub.found(key(ada)))).isFalse();
        assertThat(hub.reconcile().changed()).isZero();
    }

    @Test
    void an_engine_that_does_not_answer_leaves_the_server_within_reach() {
        engine.fail(Problem.of(Problem.Kind.UNAVAILABLE, "docker.unavailable", "Away."));
        passes(IDLE);
        temp.clock().advance(Duration.ofSeconds(15));
        assertThat(job.run().failed()).isEqualTo(1);
        assertThat(hub.routes.frozen(PREFIX)).isFalse();

        engine.fail(null);
        passes(Duration.ofSeconds(15));
        assertThat(frozen()).isTrue();

        engine.fail(Problem.of(Problem.Kind.UNAVAILABLE, "docker.unavailable", "Away."));
        freezer.thaw(hub.found(key(ada)));
        assertThat(hub.routes.frozen(PREFIX)).as("it still is").isTrue();
        engine.fail(null);
        freezer.thaw(hub.found(key(ada)));
        assertThat(frozen()).isFalse();
    }

    @Test
    void a_frozen_server_that_has_died_is_buried_with_a_reason() {
        idles();
        engine.die(hub.found(key(ada)).containerId(), 137, true);
        freezer.thaw(hub.found(key(ada)));
        assertThat(hub.routes.frozen(PREFIX)).as("nobody waits for the dead").isFalse();

        hub.reconcile();

        Eventually.holds("it has ended", () -> !hub.found(key(ada)).active());
        assertThat(hub.found(key(ada)).stopReason()).isNotNull();
    }

    @Test
    void freezing_waking_and_stopping_at_once_end_in_nothing_left() throws Exception {
        idles();
        var began = new AtomicInteger();
        var threads =
                java.util.stream.IntStream.range(0, 8)
                        .mapToObj(
                                number ->
                                        Thread.ofVirtual()
                                                .start(
                                                        () -> {
                                                            var row = hub.found(key(ada));
                                                            began.incrementAndGet();
                                                            for (int i = 0; i < 200; i++) {
                                                                freezer.thaw(row);
                                                                freezer.freeze(
                                                                        row,
                                                                        temp.clock().instant());
                                                            }
                                                        }))
                        .toList();
        Eventually.holds("they are at it", () -> began.get() == 8);
        hub.module.stops().stop(ACTOR, key(ada), StopReason.USER);
        for (var thread : threads) {
            thread.join();
        }
        hub.module.stops().await(key(ada), Duration.ofSeconds(20));

        assertThat(hub.found(key(ada)).state()).isEqualTo(ServerState.STOPPED);
        assertThat(engine.list(Map.of())).isEmpty();
        assertThat(hub.routes.all()).isEmpty();
    }

    /** Long enough; what computes is asked for at two looks that follow each other. */
    private void idles() {
        passes(IDLE);
        passes(Duration.ofSeconds(15));
    }

    private void passes(Duration time) {
        temp.clock().advance(time);
        assertThat(job.run().failed()).isZero();
    }

    private boolean frozen() {
        var id = hub.found(key(ada)).containerId();
        boolean paused =
                engine.find(id)
                        .filter(there -> there.state() == Container.State.PAUSED)
                        .isPresent();
        assertThat(hub.routes.frozen(PREFIX)).as("the route says the same").isEqualTo(paused);
        return paused;
    }
}
