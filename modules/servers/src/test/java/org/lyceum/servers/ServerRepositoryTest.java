package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.lyceum.platform.schema.community.Tables.COMMUNITY_COMMUNITY;
import static org.lyceum.platform.schema.community.Tables.COMMUNITY_MEMBER;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_USER;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.DeviceKinds;
import org.lyceum.community.Limits;
import org.lyceum.identity.User;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.proxy.Routes;
import org.lyceum.servers.ClaimRepository.Claim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Goal: the row decides every race and every limit. Method: a real file. */
@Timeout(60)
class ServerRepositoryTest {

    private static final CommunityId COMMUNITY = new CommunityId(1);
    private static final Actor ACTOR = new Actor.Job("test");
    private static final ServerAddress ADDRESS = new ServerAddress("172.18.0.2", 8888);

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private AuditLog audit;
    private ServerRepository servers;
    private ClaimRepository claims;
    private UserId ada;
    private UserId bob;
    private int spawns;

    @BeforeEach
    void wire() {
        audit = new AuditLog(temp.database(), temp.clock());
        servers = new ServerRepository(temp.database(), audit);
        claims = new ClaimRepository(temp.database(), audit);
        ada = user("ada");
        bob = user("bob");
    }

    @Test
    void of_two_hundred_who_want_to_start_it_one_wins() throws Exception {
        var won = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 200; i++) {
            threads.add(
                    Threads.start(
                            "t",
                            () -> {
                                if (claim(key(ada, ""), limits(100, 0, 5)) instanceof Claim.Won) {
                                    won.incrementAndGet();
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(won).hasValue(1);
        assertThat(servers.count(List.of(ServerState.SPAWNING))).isEqualTo(1);
        assertThat(audit.latest(10))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line.toString())
                                        .contains(AuditAction.SERVER_SPAWNED.name()));
    }

    @Test
    void a_start_goes_through_its_states_and_back() {
        var server = won(key(ada, ""));
        assertThat(server.state()).isEqualTo(ServerState.SPAWNING);
        assertThat(server.startedAt()).isEqualTo(now());
        assertThat(server.userOptions()).containsEntry("profile", "x");

        assertThat(servers.markContainer(server, "cid")).isTrue();
        assertThat(servers.markReady(server, "cid", ADDRESS, now())).isTrue();
        assertThat(servers.markReady(server, "cid", ADDRESS, now())).isFalse();
        assertThat(found(server).address()).isEqualTo(ADDRESS);

        assertThat(servers.beginStop(ACTOR, server, Ending.of(StopReason.USER))).isTrue();
        assertThat(servers.beginStop(ACTOR, server, Ending.of(StopReason.ADMIN))).isFalse();
        assertThat(servers.finishStop(server, now())).isTrue();
        var stopped = found(server);
        assertThat(stopped.state()).isEqualTo(ServerState.STOPPED);
        assertThat(stopped.stopReason()).isEqualTo(StopReason.USER);
        assertThat(stopped.address()).isNull();
        assertThat(stopped.startedAt()).isNull();
        assertThat(stopped.containerId()).isNull();
    }

    @Test
    void an_ending_is_remembered_with_what_is_known_of_it_until_the_next_start() {
        var server = won(key(ada, ""));
        var ending = new Ending(StopReason.DIED, "Its exit code was 7.", "one\ntwo");

        servers.beginStop(ACTOR, server, ending);
        servers.finishStop(server, now());

        assertThat(found(server).ending()).isEqualTo(ending);
        assertThat(audit.latest(1).toString())
                .contains("DIED: Its exit code was 7.")
                .doesNotContain("two");
        assertThat(won(key(ada, "")).ending()).isNull();
    }

    @Test
    void a_failure_is_remembered_until_the_next_start() {
        var server = won(key(ada, ""));
        servers.markContainer(server, "cid");
        var why = Problem.of(Problem.Kind.UNAVAILABLE, "image.missing", "Build the image.");
        assertThat(servers.markFailed(server, why, StopReason.START_FAILED)).isTrue();
        assertThat(found(server).failure()).isEqualTo("Build the image.");
        assertThat(found(server).containerId()).isNull();

        var again = won(key(ada, ""));

        assertThat(again.id()).isEqualTo(server.id());
        assertThat(again.failure()).isNull();
        assertThat(again.stopReason()).isNull();
        assertThat(again.spawnId()).isNotEqualTo(server.spawnId());
    }

    @Test
    void a_start_that_was_replaced_can_change_nothing_any_more() {
        var old = won(key(ada, ""));
        servers.beginStop(ACTOR, old, Ending.of(StopReason.USER));
        servers.finishStop(old, now());
        var fresh = won(key(ada, ""));

        assertThat(servers.markReady(old, "cid", ADDRESS, now())).isFalse();
        assertThat(servers.beginStop(ACTOR, old, Ending.of(StopReason.USER))).isFalse();
        assertThat(servers.markFailed(old, StopService.unknown(), StopReason.START_FAILED))
                .isFalse();
        assertThat(found(fresh).state()).isEqualTo(ServerState.SPAWNING);
    }

    @Test
    void limits_are_told_with_what_to_do() {
        won(key(ada, ""));
        assertThat(refused(key(bob, ""), limits(1, 0, 5))).isEqualTo("server.too-many-spawns");
        assertThat(refused(key(bob, ""), limits(9, 1, 5))).isEqualTo("server.too-many-active");

        stopped(won(key(bob, "one")));
        assertThat(refused(key(bob, "two"), limits(9, 0, 1))).isEqualTo("server.too-many-named");
        assertThat(claim(key(bob, "one"), limits(9, 0, 1))).isInstanceOf(Claim.Won.class);
        assertThat(claim(key(bob, ""), limits(9, 0, 1))).isInstanceOf(Claim.Won.class);
        assertThat(claim(key(ada, "one"), limits(9, 0, 1))).isInstanceOf(Claim.Won.class);
    }

    @Test
    void a_community_has_limits_of_its_own_that_count_its_own_servers_only() {
        var other = community("other");
        won(new ServerKey(other, ada, ""));
        won(new ServerKey(other, bob, ""));
        assertThat(claim(key(ada, ""), limits(9, 9, 5), new Limits(1, 1, null)))
                .isInstanceOf(Claim.Won.class);

        assertThat(refused(key(bob, ""), new Limits(1, null, null)))
                .isEqualTo("server.too-many-spawns");
        assertThat(refused(key(bob, ""), new Limits(null, 1, null)))
                .isEqualTo("server.too-many-active");
        assertThat(refused(key(bob, "lab"), new Limits(null, null, 0)))
                .isEqualTo("server.too-many-named");
        assertThat(claim(key(bob, ""), limits(9, 9, 5), new Limits(2, 2, 0)))
                .isInstanceOf(Claim.Won.class);
    }

    @Test
    void activity_only_moves_forward() {
        var server = won(key(ada, ""));
        var later = now().plus(Duration.ofMinutes(5));

        assertThat(servers.touch(server.key(), later)).isTrue();
        assertThat(servers.touch(server.key(), now())).isTrue();
        assertThat(servers.touch(key(ada, "none"), later)).isFalse();

        assertThat(found(server).lastActivityAt()).isEqualTo(later);
    }

    @Test
    void only_a_server_that_does_not_run_is_forgotten_and_its_number_never_used_again() {
        var server = won(key(ada, "one"));
        assertThat(servers.forget(ACTOR, server)).isFalse();
        stopped(server);
        assertThat(servers.forget(ACTOR, server)).isTrue();
        assertThat(servers.find(server.id())).isEmpty();
        assertThat(won(key(ada, "one")).id()).isGreaterThan(server.id());
    }

    @Test
    void lists_are_by_user_with_the_default_server_first() {
        won(key(bob, "b"));
        won(key(bob, ""));
        won(key(bob, "a"));
        won(key(ada, ""));

        var queries =
                new ServerQueries(
                        servers,
                        new MemberRepository(temp.database()),
                        new StopCounts(),
                        new Freezer(new FakeContainerEngine(), new Routes(), servers, temp.clock()),
                        new Calming(
                                ServersConfig.Freezing.defaults(), Optional::empty, temp.clock()),
                        new DeviceRoom(DeviceKinds.NONE, servers));
        assertThat(queries.ofUser(COMMUNITY, bob))
                .extracting(each -> each.key().name())
                .containsExactly("", "a", "b");
        assertThat(queries.ofUsers(COMMUNITY, List.of(ada, bob)).get(ada)).hasSize(1);
        assertThat(queries.count(ServerState.SPAWNING, ServerState.READY)).isEqualTo(4);
    }

    @Test
    void members_are_found_by_what_their_servers_do_by_name_and_in_order() {
        var carol = user("Carol");
        servers.markReady(won(key(ada, "")), "cid", ADDRESS, now());
        won(key(bob, ""));

        assertThat(members(MemberQuery.Activity.READY, null)).containsExactly("ada");
        assertThat(members(MemberQuery.Activity.ACTIVE, null)).containsExactly("ada", "bob");
        assertThat(members(MemberQuery.Activity.INACTIVE, null)).containsExactly("Carol");
        assertThat(members(null, "CAR")).containsExactly("Carol");
        assertThat(members(null, "%")).isEmpty();
        var page =
                new MemberRepository(temp.database())
                        .members(
                                COMMUNITY,
                                new MemberQuery(
                                        null,
                                        null,
                                        List.of(ada, bob, carol),
                                        MemberQuery.Sort.ID,
                                        true,
                                        1,
                                        1));
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.users()).extracting(User::name).containsExactly("bob");
    }

    @Test
    void a_walk_through_all_pages_meets_everybody_once_also_when_somebody_comes_or_goes() {
        var names = IntStream.range(0, 23).mapToObj(n -> "walker" + n).toList();
        var walkers = names.stream().map(this::user).toList();
        var members = new MemberRepository(temp.database());
        for (boolean descending : new boolean[] {false, true}) {
            var expected = new ArrayList<>(List.of(ada, bob));
            expected.addAll(walkers);
            if (descending) {
                Collections.reverse(expected);
            }
            var met = new ArrayList<UserId>();
            for (int offset = 0; offset < 30; offset += 5) {
                met.addAll(page(members, descending, offset));
            }
            assertThat(met).containsExactlyElementsOf(expected);
            // The page before is remembered; a person who comes makes nobody be met twice.
            assertThat(page(members, descending, 5)).isEqualTo(expected.subList(5, 10));
            assertThat(page(members, descending, 7)).isEqualTo(expected.subList(7, 12));
            assertThat(page(members, descending, 100)).isEmpty();
        }
        page(members, false, 0);
        leave(walkers.getFirst());
        assertThat(page(members, false, 5)).startsWith(walkers.get(4));
    }

    private static List<UserId> page(MemberRepository members, boolean descending, int offset) {
        var query = new MemberQuery(null, null, null, MemberQuery.Sort.ID, descending, offset, 5);
        return members.members(COMMUNITY, query).users().stream().map(User::id).toList();
    }

    private List<String> members(MemberQuery.Activity activity, String name) {
        return new MemberRepository(temp.database())
                        .members(
                                COMMUNITY,
                                new MemberQuery(
                                        activity, name, null, MemberQuery.Sort.ID, false, 0, 100))
                        .users()
                        .stream()
                        .map(User::name)
                        .toList();
    }

    private Instant now() {
        return temp.clock().instant();
    }

    private Server found(Server server) {
        return servers.find(server.id()).orElseThrow();
    }

    private void stopped(Server server) {
        servers.beginStop(ACTOR, server, Ending.of(StopReason.USER));
        servers.finishStop(server, now());
    }

    private Server won(ServerKey key) {
        return ((Claim.Won) claim(key, limits(100, 0, 5))).server();
    }

    private String refused(ServerKey key, ServersConfig limits) {
        return catchThrowableOfType(Problem.class, () -> claim(key, limits)).code();
    }

    private synchronized String nextSpawn() {
        spawns++;
        return String.format("%032x", spawns);
    }

    private Claim claim(ServerKey key, ServersConfig limits) {
        return claim(key, limits, Limits.NONE);
    }

    private Claim claim(ServerKey key, ServersConfig limits, Limits own) {
        var named = own.namedPerUser();
        return claims.claim(
                ACTOR,
                new ClaimRepository.NewSpawn(
                        key, nextSpawn(), "/user/x/", Map.of("profile", "x"), "{}", Bytes.gib(2)),
                new ServerLimits(limits, own, named == null ? limits.namedPerUser() : named),
                now());
    }

    private String refused(ServerKey key, Limits own) {
        return catchThrowableOfType(Problem.class, () -> claim(key, limits(9, 9, 5), own)).code();
    }

    private static ServersConfig limits(int spawning, int active, int named) {
        return new ServersConfig(
                Duration.ofSeconds(1),
                Duration.ZERO,
                spawning,
                active,
                named,
                1,
                Bytes.mib(1),
                ServersConfig.Room.defaults(),
                ServersConfig.Ends.defaults(),
                ServersConfig.Freezing.defaults());
    }

    private static ServerKey key(UserId user, String name) {
        return new ServerKey(COMMUNITY, user, name);
    }

    private CommunityId community(String name) {
        return temp.database()
                .write(
                        sql ->
                                new CommunityId(
                                        sql.insertInto(COMMUNITY_COMMUNITY)
                                                .set(COMMUNITY_COMMUNITY.NAME, name)
                                                .set(COMMUNITY_COMMUNITY.TITLE, name)
                                                .set(COMMUNITY_COMMUNITY.BASE_URL, "/" + name + "/")
                                                .set(COMMUNITY_COMMUNITY.CREATED_AT, 1L)
                                                .returning(COMMUNITY_COMMUNITY.ID)
                                                .fetchSingle()
                                                .getId()));
    }

    private void leave(UserId user) {
        temp.database()
                .write(
                        sql ->
                                sql.deleteFrom(COMMUNITY_MEMBER)
                                        .where(COMMUNITY_MEMBER.USER_ID.eq(user.value()))
                                        .execute());
    }

    private UserId user(String name) {
        return temp.database()
                .write(
                        sql -> {
                            var id =
                                    sql.insertInto(IDENTITY_USER)
                                            .set(IDENTITY_USER.NAME, name)
                                            .set(IDENTITY_USER.CREATED_AT, 1L)
                                            .returning(IDENTITY_USER.ID)
                                            .fetchSingle()
                                            .getId();
                            sql.insertInto(COMMUNITY_MEMBER)
                                    .set(COMMUNITY_MEMBER.COMMUNITY_ID, 1L)
                                    .set(COMMUNITY_MEMBER.USER_ID, id)
                                    .set(COMMUNITY_MEMBER.JOINED_AT, 1L)
                                    .execute();
                            return new UserId(id);
                        });
    }
}
