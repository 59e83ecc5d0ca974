package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lyceum.servers.ServersFixture.ACTOR;
import static org.lyceum.servers.ServersFixture.key;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.User;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.ServersFixture.Installation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Goal: a server that nobody uses ends after a warning, and one that is used or at work does not.
 * Method: servers that answer, a clock that is moved, uses that the test decides.
 */
@Timeout(120)
class CullIdleServersTest {

    private static final Duration IDLE = Duration.ofHours(2);
    private static final String PREFIX = "/user/ada/";

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private final FakeContainerEngine engine = new FakeContainerEngine();
    private final PretendServer server = new PretendServer();
    private final Map<String, Instant> uses = new HashMap<>();
    private final PlannedEnds planned = new PlannedEnds();
    private ServersFixture hub;
    private KeepService keeping;
    private User ada;
    private CullIdleServers job;

    @BeforeEach
    void wire() {
        engine.addImage("test:1", "sha256:1");
        engine.giveAddress(server.address());
        hub =
                new ServersFixture(
                        ServersFixture.config(Duration.ofSeconds(20), 2),
                        temp.database(),
                        temp.clock(),
                        engine,
                        Installation.fresh(temp.directory(), "test:1"));
        ada = hub.user("ada");
        server.boot(200);
        hub.spawned(key(ada));
        culling(new ServersConfig.Ends(IDLE, Duration.ZERO, Duration.ofHours(12)));
    }

    @AfterEach
    void unwire() {
        hub.close();
        server.close();
    }

    private void culling(ServersConfig.Ends config) {
        var audit = new AuditLog(temp.database(), temp.clock());
        var servers = new ServerRepository(temp.database(), audit);
        var keeps = new KeepRepository(temp.database(), audit);
        keeping = new KeepService(config, servers, keeps, planned, temp.clock());
        job =
                new CullIdleServers(
                        config,
                        servers,
                        keeps,
                        planned,
                        hub.module.stops(),
                        () -> uses,
                        new WorkProbe(new ServerCredentials(hub.identity), hub.identity.users()),
                        temp.clock());
    }

    @Test
    void a_server_that_nobody_uses_ends_after_a_warning() {
        passes(IDLE.minusMinutes(11));
        assertThat(warned()).isFalse();

        passes(Duration.ofMinutes(2));
        assertThat(warned()).isTrue();
        assertThat(runs()).isTrue();

        passes(Duration.ofMinutes(10));
        assertThat(ended()).isEqualTo(StopReason.IDLE);
    }

    @Test
    void whoever_uses_it_after_the_warning_keeps_it() {
        passes(IDLE.minusMinutes(5));
        assertThat(warned()).isTrue();

        uses.put(PREFIX, temp.clock().instant());
        passes(Duration.ofMinutes(6));

        assertThat(warned()).isFalse();
        assertThat(runs()).isTrue();
    }

    @Test
    void nobody_loses_the_time_of_the_warning_to_a_clock_that_jumps() {
        passes(Duration.ofDays(3));

        assertThat(runs()).isTrue();
        assertThat(warned()).isTrue();
        passes(Duration.ofMinutes(9));
        assertThat(runs()).isTrue();
        passes(Duration.ofMinutes(2));
        assertThat(ended()).isEqualTo(StopReason.IDLE);
    }

    @Test
    void a_kernel_that_computes_is_use_however_long_it_takes() {
        server.kernels =
                "[{\"execution_state\":\"idle\"},{\"execution_state\":\"busy\","
                        + "\"last_activity\":\"2020-01-01T00:00:00.000000Z\"}]";
        for (int hours = 0; hours < 30; hours++) {
            passes(Duration.ofHours(1));
        }
        assertThat(runs()).isTrue();
        assertThat(server.askedWith).startsWith("token ");

        server.kernels = "[{\"execution_state\":\"idle\"}]";
        passes(IDLE);
        passes(Duration.ofMinutes(11));
        assertThat(ended()).isEqualTo(StopReason.IDLE);
    }

    @Test
    void what_a_kernel_did_last_counts_from_then() {
        var last = temp.clock().instant().plus(IDLE).minusSeconds(60);
        server.kernels = "[{\"execution_state\":\"idle\",\"last_activity\":\"" + last + "\"}]";

        passes(IDLE);
        assertThat(warned()).isFalse();
        passes(IDLE);
        passes(Duration.ofMinutes(11));
        assertThat(ended()).isEqualTo(StopReason.IDLE);
    }

    @Test
    void a_server_that_is_kept_stays_until_its_time_is_over_or_somebody_lets_it_go() {
        keeping.keep(ACTOR, key(ada));
        passes(Duration.ofHours(11));
        assertThat(runs()).isTrue();
        assertThat(keeping.of(hub.found(key(ada))).keptUntil()).isNotNull();

        keeping.letGo(key(ada));
        passes(Duration.ofMinutes(1));
        assertThat(warned()).isTrue();

        keeping.keep(ACTOR, key(ada));
        assertThat(warned()).as("at once, not at the next look").isFalse();
        passes(Duration.ofHours(12));
        passes(Duration.ofMinutes(11));
        assertThat(ended()).isEqualTo(StopReason.IDLE);
    }

    @Test
    void what_was_kept_is_the_start_and_not_the_next_one() {
        keeping.keep(ACTOR, key(ada));
        hub.module.stops().stop(ACTOR, key(ada), StopReason.USER);
        hub.module.stops().await(key(ada), Duration.ofSeconds(20));
        hub.spawned(key(ada));

        assertThat(keeping.of(hub.found(key(ada))).keptUntil()).isNull();
    }

    @Test
    void a_server_that_has_run_for_as_long_as_servers_may_ends_used_or_not() {
        culling(new ServersConfig.Ends(IDLE, Duration.ofHours(24), Duration.ofHours(12)));
        for (int hours = 0; hours < 23; hours++) {
            passes(Duration.ofHours(1));
            uses.put(PREFIX, temp.clock().instant());
        }
        assertThat(runs()).isTrue();
        passes(Duration.ofMinutes(55));
        assertThat(warned()).isTrue();

        passes(Duration.ofMinutes(10));
        assertThat(ended()).isEqualTo(StopReason.POLICY);
    }

    @Test
    void culling_can_be_turned_off_and_then_nothing_needs_to_be_kept() {
        culling(new ServersConfig.Ends(Duration.ZERO, Duration.ZERO, Duration.ofHours(12)));

        passes(Duration.ofDays(30));

        assertThat(runs()).isTrue();
        assertThat(warned()).isFalse();
        assertThatThrownBy(() -> keeping.keep(ACTOR, key(ada)))
                .hasMessageContaining("not kept on request");
    }

    @Test
    void a_time_too_short_to_be_meant_is_refused() {
        var minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> new ServersConfig.Ends(minute, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("servers.cull-after must be 0, or 2 minutes at least");
    }

    private void passes(Duration time) {
        temp.clock().advance(time);
        assertThat(job.run().failed()).isZero();
    }

    private boolean warned() {
        return planned.of(hub.found(key(ada))) != null;
    }

    private boolean runs() {
        return hub.found(key(ada)).ready();
    }

    private StopReason ended() {
        Eventually.holds("it has ended", () -> !hub.found(key(ada)).active());
        return hub.found(key(ada)).stopReason();
    }
}
