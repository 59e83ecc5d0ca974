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
import org.lyceum.catalog.Profile;
import org.lyceum.identity.User;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.servers.ServersFixture.Installation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goal: a server that nobody uses ends after a warning, and one that is used or at work does not.
 * Method: servers that answer, a clock that is moved, uses that the test decides.
 */
@Timeout(120)
class EndDueServersTest {

    private static final Duration IDLE = Duration.ofHours(2);
    private static final String PREFIX = "/user/ada/";

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private final FakeContainerEngine engine = new FakeContainerEngine();
    private final PretendServer server = new PretendServer();
    private final Map<String, Instant> uses = new HashMap<>();
    private final PlannedEnds planned = new PlannedEnds();
    private ServersFixture hub;
    private KeepService keeping;
    private EndsService ends;
    private AnnouncementService announcements;
    private User ada;
    private EndDueServers job;

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
        var announced = new AnnouncementRepository(temp.database(), audit);
        announcements = new AnnouncementService(announced, temp.clock());
        ends =
                new EndsService(
                        config,
                        new EndsRepository(temp.database(), audit),
                        keeps,
                        servers,
                        hub.catalog.catalog(),
                        temp.clock());
        keeping = new KeepService(ends, servers, keeps, planned, temp.clock());
        job =
                new EndDueServers(
                        ends,
                        servers,
                        keeps,
                        announced,
                        planned,
                        hub.module.stops(),
                        new UseWatch(
                                () -> uses,
                                new WorkProbe(
                                        new ServerCredentials(hub.identity), hub.identity.users()),
                                server -> hub.module.queries().asleep(server),
                                temp.clock()),
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

    @Test
    void the_time_of_a_profile_counts_before_its_communitys_and_that_before_the_platforms() {
        decide(null, new EndsRule(Duration.ofHours(1), null, null, null));
        assertThat(counts().cullAfter().time()).isEqualTo(Duration.ofHours(1));
        assertThat(counts().cullAfter().origin()).isEqualTo(EndsRules.Origin.COMMUNITY);
        assertThat(counts().keepAtMost().origin()).isEqualTo(EndsRules.Origin.PLATFORM);

        decide(profile(), new EndsRule(Duration.ofHours(3), null, Duration.ZERO, null));
        assertThat(counts().cullAfter().origin()).isEqualTo(EndsRules.Origin.PROFILE);
        assertThatThrownBy(() -> keeping.keep(ACTOR, key(ada)))
                .hasMessageContaining("not kept on request");

        passes(Duration.ofMinutes(165));
        assertThat(warned()).as("the community's and the platform's are over").isFalse();
        passes(Duration.ofMinutes(6));
        assertThat(warned()).isTrue();
        passes(Duration.ofMinutes(11));
        assertThat(ended()).isEqualTo(StopReason.IDLE);
    }

    @Test
    void what_is_decided_counts_for_what_runs_at_once_and_its_end_is_told_first() {
        keeping.keep(ACTOR, key(ada));
        passes(Duration.ofHours(4));
        var keep = Duration.ofHours(1);

        decide(profile(), new EndsRule(null, null, keep, null));
        assertThat(keeping.of(hub.found(key(ada))).keptUntil())
                .as("as long as somebody could ask for now")
                .isEqualTo(in(keep));
        decide(null, new EndsRule(null, Duration.ofHours(3), null, null));
        passes(Duration.ofMinutes(1));
        assertThat(runs()).isTrue();
        assertThat(planned.of(hub.found(key(ada))).reason()).isEqualTo(StopReason.POLICY);

        decide(null, EndsRule.NONE);
        passes(Duration.ofMinutes(1));
        assertThat(warned()).as("it was taken back").isFalse();
        decide(null, new EndsRule(null, Duration.ofHours(3), null, null));
        passes(Duration.ofMinutes(1));
        passes(Duration.ofMinutes(10));
        assertThat(ended()).isEqualTo(StopReason.POLICY);
    }

    @Test
    void nobody_decides_beyond_the_platforms_bounds_and_lower_bounds_count_at_once() {
        var day = Duration.ofDays(1);
        decide(profile(), new EndsRule(day, null, null, null));
        for (var beyond :
                new EndsRule[] {
                    new EndsRule(day.plusSeconds(1), null, null, null),
                    new EndsRule(Duration.ZERO, null, null, null),
                    new EndsRule(null, null, Duration.ofDays(3).plusSeconds(1), null)
                }) {
            assertThatThrownBy(() -> decide(null, beyond))
                    .hasMessageContaining("minutes on this platform");
        }
        for (var senseless :
                new EndsRule[] {
                    new EndsRule(Duration.ofSeconds(119), null, null, null),
                    new EndsRule(null, Duration.ofDays(366), null, null),
                    new EndsRule(null, null, Duration.ofSeconds(-1), null)
                }) {
            assertThatThrownBy(() -> decide(null, senseless))
                    .hasMessageContaining("empty leaves it to the next above");
        }
        assertThatThrownBy(() -> decide(4711L, new EndsRule(IDLE, null, null, null)))
                .hasMessageContaining("no such profile");

        var bounds = new ServersConfig.Bounds(IDLE, day, Duration.ofHours(12), Duration.ZERO);
        culling(new ServersConfig.Ends(IDLE, day, Duration.ofHours(12), IDLE, bounds));
        assertThat(counts().cullAfter())
                .isEqualTo(new EndsRules.Effective(IDLE, EndsRules.Origin.PLATFORM));
        assertThatThrownBy(() -> new ServersConfig.Ends(day, day, Duration.ZERO, IDLE, bounds))
                .hasMessageContaining("must not be longer than their bounds");
    }

    @Test
    void what_was_decided_for_a_profile_goes_with_it() {
        decide(profile(), new EndsRule(Duration.ofHours(1), null, null, null));
        var edits = hub.catalog.profileEdits();
        var there = hub.catalog.catalog().profiles(key(ada).community()).getFirst();
        var other = there.draft();
        edits.create(
                ACTOR,
                there.community(),
                new Profile.Draft(
                        "other",
                        "Other",
                        "",
                        other.environmentId(),
                        other.size(),
                        List.of(),
                        other.audience()));
        edits.delete(ACTOR, there.community(), there.id(), there.version());

        assertThat(counts().cullAfter().origin()).isEqualTo(EndsRules.Origin.PLATFORM);
        passes(Duration.ofMinutes(90));
        assertThat(warned()).isFalse();
    }

    private void decide(@Nullable Long profile, EndsRule rule) {
        ends.put(ACTOR, key(ada).community(), profile, rule);
    }

    private EndsRules.Ends counts() {
        return ends.rules().of(hub.found(key(ada)));
    }

    private long profile() {
        return hub.catalog.catalog().profiles(key(ada).community()).getFirst().id();
    }

    @Test
    void servers_end_when_it_was_announced_and_those_of_other_communities_run_on() {
        var maths = hub.community.communities().create(ACTOR, "maths", "Maths").id();
        announcements.put(ACTOR, maths, "Not yours.", true, in(Duration.ofHours(1)));
        passes(Duration.ofMinutes(1));
        assertThat(warned()).isFalse();

        announcements.put(ACTOR, null, "New disks.", false, in(Duration.ofHours(1)));
        passes(Duration.ofMinutes(1));
        assertThat(planned.of(hub.found(key(ada))).reason()).isEqualTo(StopReason.OPERATION);
        passes(Duration.ofMinutes(58));
        assertThat(runs()).isTrue();

        passes(Duration.ofMinutes(1));
        assertThat(ended()).isEqualTo(StopReason.OPERATION);
        hub.spawned(key(ada));
        passes(Duration.ofMinutes(1));
        assertThat(runs()).as("it was started after the stop").isTrue();
    }

    @Test
    void a_stop_that_is_moved_is_told_at_its_new_time() {
        announcements.put(ACTOR, null, "New disks.", false, in(Duration.ofHours(3)));
        passes(Duration.ofMinutes(1));
        var sooner = in(Duration.ofHours(1));
        announcements.put(ACTOR, null, "New disks.", false, sooner);
        passes(Duration.ofMinutes(1));

        assertThat(planned.of(hub.found(key(ada))).at()).isEqualTo(sooner);
    }

    @Test
    void keeping_a_server_does_not_put_off_the_end_that_comes_to_all() {
        culling(new ServersConfig.Ends(IDLE, Duration.ofHours(24), Duration.ofHours(12)));
        keeping.keep(ACTOR, key(ada));
        passes(Duration.ofHours(24).minusMinutes(9));
        var end = planned.of(hub.found(key(ada)));

        keeping.keep(ACTOR, key(ada));
        passes(Duration.ofMinutes(1));

        assertThat(planned.of(hub.found(key(ada)))).isEqualTo(end);
    }

    @Test
    void an_announcement_that_is_taken_back_stops_nothing() {
        announcements.put(ACTOR, null, "New disks.", true, in(Duration.ofHours(1)));
        passes(Duration.ofMinutes(30));
        announcements.end(ACTOR, null);
        passes(Duration.ofMinutes(31));

        assertThat(warned()).isFalse();
        assertThat(runs()).isTrue();
        assertThat(announcements.all()).isEmpty();
    }

    @Test
    void no_server_starts_while_starts_are_paused_and_whoever_tries_reads_why() {
        hub.module.announcements().put(ACTOR, null, "Back at noon.", true, null);
        assertThat(hub.spawned(key(ada)).ready()).as("it runs already").isTrue();

        var eve = hub.user("eve");
        assertThatThrownBy(() -> hub.module.spawns().spawn(ACTOR, key(eve), Map.of()))
                .hasMessageContaining("No server starts just now: Back at noon.");

        hub.module.announcements().put(ACTOR, null, "Slow today.", false, null);
        hub.module.spawns().requireAllowed(key(eve));
    }

    @Test
    void an_announcement_has_words_and_its_stop_lies_ahead() {
        assertThatThrownBy(() -> announcements.put(ACTOR, null, " ", false, null))
                .hasMessageContaining("in a sentence or two");
        assertThatThrownBy(() -> announcements.put(ACTOR, null, "x".repeat(301), false, null))
                .hasMessageContaining("300 characters at most");
        assertThatThrownBy(
                        () ->
                                announcements.put(
                                        ACTOR, null, "x", false, in(Duration.ofSeconds(-1))))
                .hasMessageContaining("must be ahead");
        assertThatThrownBy(() -> announcements.end(ACTOR, null))
                .hasMessageContaining("no announcement to take back");
    }

    private Instant in(Duration time) {
        return temp.clock().instant().plus(time);
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
