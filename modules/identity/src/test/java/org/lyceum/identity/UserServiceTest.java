package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.PLATFORM;
import static org.lyceum.identity.IdentityFixture.refused;
import static org.lyceum.identity.IdentityFixture.together;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.audit.AuditEntry;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Goal: users come, change and go, and nobody is left without an administrator. */
class UserServiceTest {

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    private UserService users() {
        return fixture.identity.users();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ada", "a@b.c", "my name", "o'brien", "pct%41", "é", "李", "UPPER", "🙂"})
    void a_name_may_hold_anything_but_a_slash(String name) {
        var made = fixture.user(name);

        assertThat(users().findByName(name)).contains(made);
        assertThat(users().find(made.id())).contains(made);
        assertThat(made.lastActivityAt()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", " ada", "ada ", ".", "..", "a\nb", "a\0b"})
    void a_name_that_no_url_can_hold_is_refused(String name) {
        refused("user.name-invalid", () -> fixture.user(name));
    }

    @Test
    void a_name_belongs_to_one_user_and_matches_exactly() {
        var ada = fixture.user("ada");

        refused("user.exists", () -> fixture.user("ada"));
        assertThat(users().findByName("Ada")).isEmpty();
        assertThat(users().findByNames(List.of("nobody", "ada"))).containsExactly(ada);
    }

    @Test
    void of_fifty_who_take_a_name_at_once_one_gets_it() throws Exception {
        var made = together(50, () -> fixture.user("ada"));

        assertThat(made.stream().filter(Objects::nonNull)).hasSize(1);
        assertThat(users().count()).isEqualTo(1);
    }

    @Test
    void a_renamed_user_is_the_same_person_and_the_old_name_is_free_for_somebody_else() {
        var ada = fixture.user("ada");
        var token = fixture.token(ada);

        var renamed = users().change(ada.actor(), ada.id(), "countess", null);
        var other = fixture.user("ada");

        assertThat(renamed.id()).isEqualTo(ada.id());
        assertThat(other.id()).isNotEqualTo(ada.id());
        assertThat(fixture.caller(token).owner().name()).isEqualTo("countess");
        refused("user.exists", () -> users().change(PLATFORM, other.id(), "countess", null));
    }

    @Test
    void a_number_is_never_given_twice() {
        var ada = fixture.user("ada");
        users().delete(PLATFORM, ada.id());

        assertThat(fixture.user("ada").id().value()).isGreaterThan(ada.id().value());
    }

    @Test
    void the_last_administrator_can_neither_be_demoted_nor_removed() {
        var boss = fixture.admin("boss");
        fixture.user("ada");

        refused("user.last-admin", () -> users().change(PLATFORM, boss.id(), null, false));
        refused("user.last-admin", () -> users().delete(PLATFORM, boss.id()));
        var second = fixture.admin("second");
        users().change(PLATFORM, boss.id(), null, false);
        refused("user.last-admin", () -> users().delete(PLATFORM, second.id()));
    }

    @Test
    void two_administrators_who_remove_each_other_at_once_leave_one() throws Exception {
        var one = fixture.admin("one");
        var two = fixture.admin("two");
        var turn = new java.util.concurrent.atomic.AtomicInteger();

        together(
                2,
                () -> {
                    users().delete(PLATFORM, turn.getAndIncrement() == 0 ? one.id() : two.id());
                    return true;
                });

        assertThat(users().count()).isEqualTo(1);
    }

    @Test
    void only_an_administrator_makes_administrators() {
        var boss = fixture.admin("boss");
        var ada = fixture.user("ada");

        refused("user.admin-needs-admin", () -> users().change(ada.actor(), ada.id(), null, true));
        refused("user.admin-needs-admin", () -> users().create(ada.actor(), "eve", true));
        refused("user.admin-needs-admin", () -> users().create(new Actor.Visitor(), "eve", true));
        assertThat(users().change(boss.actor(), ada.id(), null, true).admin()).isTrue();
        // A flag that does not change asks for nothing.
        var eve = users().create(ada.actor(), "eve", false);
        assertThat(users().change(eve.actor(), eve.id(), null, false).admin()).isFalse();
    }

    @Test
    @SecurityStatement(42)
    void who_is_removed_loses_sessions_and_tokens_at_once_and_listeners_hear_of_it() {
        fixture.admin("boss");
        var ada = fixture.user("ada");
        var token = fixture.token(ada);
        var opened = fixture.identity.sessions().open(HERE, ada.id(), "test");
        var heard = new ArrayList<UserDeleted>();
        users().onDeleted(
                        event -> {
                            throw new IllegalStateException("a listener that fails");
                        });
        users().onDeleted(heard::add);

        users().delete(PLATFORM, ada.id());

        assertThat(fixture.identity.tokens().authenticate(HERE, token)).isEmpty();
        assertThat(fixture.identity.sessions().find(opened.cookie())).isEmpty();
        assertThat(heard).containsExactly(new UserDeleted(ada.id(), "ada"));
        refused("user.unknown", () -> users().delete(PLATFORM, ada.id()));
        refused("session.ended", () -> fixture.identity.tokens().callerOf(HERE, opened.session()));
    }

    @Test
    void activity_only_moves_forward() {
        var ada = fixture.user("ada");
        var now = fixture.clock().instant();

        users().recordActivity(ada.id(), now);
        users().recordActivity(ada.id(), now.minusSeconds(60));

        assertThat(users().find(ada.id()).orElseThrow().lastActivityAt()).isEqualTo(now);
        assertThat(users().countActiveSince(now)).isEqualTo(1);
        assertThat(users().countActiveSince(now.plusMillis(1))).isZero();
    }

    @Test
    void touches_are_collected_and_written_by_the_job_or_at_the_end() {
        var ada = fixture.user("ada");
        fixture.clock().advance(Duration.ofMinutes(1));
        for (int i = 0; i < 1_000; i++) {
            users().touch(ada.id());
        }
        assertThat(users().find(ada.id()).orElseThrow().lastActivityAt()).isNull();

        var report = fixture.identity.jobs().getFirst().run();

        assertThat(report.changed()).isEqualTo(1);
        assertThat(users().find(ada.id()).orElseThrow().lastActivityAt())
                .isEqualTo(fixture.clock().instant());
        fixture.clock().advance(Duration.ofMinutes(1));
        users().touch(ada.id());
        fixture.identity.close();
        assertThat(users().find(ada.id()).orElseThrow().lastActivityAt())
                .isEqualTo(fixture.clock().instant());
    }

    @Test
    @SecurityStatement(54)
    void every_change_leaves_a_line_with_who_what_and_before_and_after() {
        var boss = fixture.admin("boss");
        var ada = users().create(boss.actor(), "ada", false);
        users().change(boss.actor(), ada.id(), "countess", true);
        users().delete(boss.actor(), ada.id());

        var lines = fixture.audit.latest(4).reversed();

        assertThat(lines)
                .extracting(AuditEntry::action)
                .containsExactly(
                        "USER_CREATED", "USER_RENAMED", "USER_ADMIN_CHANGED", "USER_DELETED");
        assertThat(lines).extracting(AuditEntry::actor).containsOnly("user:" + boss.id());
        assertThat(lines).extracting(AuditEntry::thing).containsOnly("user:" + ada.id());
        assertThat(lines.get(1).before()).isEqualTo("ada");
        assertThat(lines.get(1).after()).isEqualTo("countess");
        assertThat(fixture.audit.firstBroken()).isEmpty();
    }

    @Test
    void unknown_users_are_a_problem_and_not_a_bug() {
        var nobody = new UserId(77);
        refused("user.unknown", () -> users().change(PLATFORM, nobody, "x", null));
        refused("user.too-many-names", () -> users().findByNames(tooMany()));
        assertThat(users().find(nobody)).isEmpty();
    }

    private static List<String> tooMany() {
        var names = new ArrayList<String>();
        for (int i = 0; i <= 1_000; i++) {
            names.add("u" + i);
        }
        return names;
    }

    @Test
    void a_problem_says_what_kind_it_is() {
        fixture.admin("boss");
        refused("user.exists", () -> fixture.user("boss"))
                .satisfies(p -> assertThat(p.kind()).isEqualTo(Problem.Kind.CONFLICT));
    }
}
