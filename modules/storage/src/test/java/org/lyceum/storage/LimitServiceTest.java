package org.lyceum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.storage.EffectiveLimits.Origin;

import java.util.List;

/** Goal: the nearest rule counts, for bytes and for files each, and says whose it was. */
class LimitServiceTest {

    private static final Actor ACTOR = new Actor.Job("test");
    private static final CommunityId ONE = new CommunityId(1);

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private IdentityModule identity;
    private LimitService limits;
    private AuditLog audit;
    private int told;
    private User ada;
    private Folder home;

    @BeforeEach
    void wire() {
        var db = temp.database();
        audit = new AuditLog(db, temp.clock());
        identity = new IdentityModule(db, audit, temp.clock());
        limits =
                new LimitService(
                        new LimitRepository(db, audit), identity.groups(), community -> told++);
        ada = identity.users().create(ACTOR, "ada", false);
        home = new Folder(9, FolderKey.home(ONE, ada.id()));
    }

    @Test
    void without_a_rule_the_built_in_limit_counts() {
        var effective = limits.of(home);

        assertThat(effective.bytes().hard()).isEqualTo(10L << 30);
        assertThat(effective.bytesFrom()).isEqualTo(new Origin(LimitScope.PLATFORM, 0));
        assertThat(effective.inodes().hard()).isEqualTo(1_000_000);
    }

    @Test
    void the_nearest_rule_counts_and_bytes_and_files_come_from_where_they_are_said() {
        put(LimitScope.COMMUNITY, 0, Bounds.of(100), Bounds.of(1_000));
        assertThat(limits.of(home).bytesFrom()).isEqualTo(new Origin(LimitScope.COMMUNITY, 0));
        long group = group("lab");
        put(LimitScope.GROUP, group, Bounds.of(200), null);
        assertThat(limits.of(home).bytesFrom()).isEqualTo(new Origin(LimitScope.GROUP, group));
        put(LimitScope.USER, ada.id().value(), Bounds.of(50), null);
        assertThat(limits.of(home).bytes()).isEqualTo(Bounds.of(50));
        put(LimitScope.FOLDER, home.number(), Bounds.of(70), null);

        var effective = limits.of(home);
        assertThat(effective.bytes()).isEqualTo(Bounds.of(70));
        assertThat(effective.bytesFrom()).isEqualTo(new Origin(LimitScope.FOLDER, 9));
        assertThat(effective.inodes()).isEqualTo(Bounds.of(1_000));
        assertThat(effective.inodesFrom()).isEqualTo(new Origin(LimitScope.COMMUNITY, 0));
        assertThat(told).isEqualTo(4);
    }

    @Test
    void of_several_groups_the_one_that_allows_most_counts_and_none_is_most() {
        long small = group("small");
        long large = group("large");
        put(LimitScope.GROUP, small, Bounds.of(100), null);
        put(LimitScope.GROUP, large, Bounds.of(300), null);
        assertThat(limits.of(home).bytesFrom().subject()).isEqualTo(large);

        put(LimitScope.GROUP, group("free"), new Bounds(0, 0), null);
        assertThat(limits.of(home).bytes().hard()).isZero();
    }

    @Test
    void rules_for_others_do_not_count() {
        var eve = identity.users().create(ACTOR, "eve", false);
        put(LimitScope.USER, eve.id().value(), Bounds.of(1), null);
        put(LimitScope.FOLDER, 8, Bounds.of(2), null);
        identity.groups().create(ACTOR, ONE, "others", List.of("eve"));
        put(
                LimitScope.GROUP,
                identity.groups().find(ONE, "others").orElseThrow().id(),
                Bounds.of(3),
                null);

        assertThat(limits.of(home).bytesFrom().scope()).isEqualTo(LimitScope.PLATFORM);
    }

    @Test
    void a_group_s_folder_has_the_group_s_rule_and_never_a_user_s_of_the_same_number() {
        long group = group("lab");
        var folder = new Folder(3, FolderKey.group(ONE, group));
        limits.put(
                ACTOR,
                new LimitRule(
                        ONE, FolderKind.GROUP, LimitScope.USER, group, Bounds.of(1), null, -1));
        limits.put(
                ACTOR,
                new LimitRule(
                        ONE, FolderKind.GROUP, LimitScope.GROUP, group, Bounds.of(2), null, -1));

        assertThat(limits.of(folder).bytes()).isEqualTo(Bounds.of(2));
    }

    @Test
    void of_two_edits_of_one_rule_the_second_is_told_and_an_empty_rule_goes_away() {
        long version = put(LimitScope.COMMUNITY, 0, Bounds.of(100), null);
        assertThat(version).isZero();
        var late =
                catchThrowableOfType(
                        Problem.class, () -> put(LimitScope.COMMUNITY, 0, Bounds.of(7), null));
        assertThat(late.code()).isEqualTo("limit.stale");

        var none =
                new LimitRule(ONE, FolderKind.HOME, LimitScope.COMMUNITY, 0, null, null, version);
        assertThat(limits.put(ACTOR, none)).isEqualTo(-1);
        assertThat(limits.rules(ONE, FolderKind.HOME)).isEmpty();
        assertThat(audit.latest(2))
                .extracting(entry -> entry.action())
                .containsOnly("LIMIT_CHANGED");
    }

    @Test
    void a_warning_after_the_limit_is_refused() {
        var refused = catchThrowableOfType(Problem.class, () -> new Bounds(10, 11));
        assertThat(refused.code()).isEqualTo("limit.impossible");
    }

    private long group(String name) {
        return identity.groups().create(ACTOR, ONE, name, List.of("ada")).id();
    }

    private long put(LimitScope scope, long subject, Bounds bytes, Bounds inodes) {
        return limits.put(
                ACTOR, new LimitRule(ONE, FolderKind.HOME, scope, subject, bytes, inodes, -1));
    }
}
