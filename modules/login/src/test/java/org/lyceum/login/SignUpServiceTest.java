package org.lyceum.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditLog;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.HostsConfig;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.User;
import org.lyceum.identity.UserDeleted;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.Vault;
import org.lyceum.platform.testing.TempDatabase;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Goal: a community that lets people make their accounts gets those it wants and nobody else, and
 * what is temporary ends. Method: the module over a real database.
 */
class SignUpServiceTest {

    private static final Actor ADMIN = new Actor.Platform();
    private static final CommunityId HOME = Community.DEFAULT;
    private static final String GOOD = "correct battery staple";
    private static final String DESK = "192.0.2.7";

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private IdentityModule identity;
    private CommunityModule communities;
    private LoginModule login;
    private SignUpService signUps;
    private Job ends;

    @BeforeEach
    void wire() {
        var audit = new AuditLog(temp.database(), temp.clock());
        identity = new IdentityModule(temp.database(), audit, temp.clock());
        communities =
                new CommunityModule(
                        HostsConfig.defaults(), temp.database(), audit, identity, temp.clock());
        communities.communities().ensureDefault();
        login =
                new LoginModule(
                        temp.database(),
                        audit,
                        identity,
                        communities,
                        new Vault(Secret.random()),
                        temp.clock());
        signUps = login.signUps();
        ends =
                login.jobs().stream()
                        .filter(job -> job.name().equals("login.end-temporary-accounts"))
                        .findFirst()
                        .orElseThrow();
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(Problem.class, call);
    }

    private Secret ask(String name) {
        return signUps.ask(HOME, name, GOOD, "Of the first year", DESK);
    }

    private void answer(boolean admit) {
        var waiting = login.logins().requests(HOME).getFirst();
        login.logins().answer(ADMIN, HOME, waiting.id(), admit);
    }

    private SignUpService.Outcome outcome(Secret key) {
        return signUps.outcome(key).orElseThrow();
    }

    /** Of two hours, from now on. */
    private Event.Made event(int people, boolean temporary) {
        var now = temp.clock().instant();
        var until = now.plus(Duration.ofHours(2));
        return signUps.add(ADMIN, new Event(0, HOME, "Open day", now, until, people, 0, temporary));
    }

    private User enter(String name, String code) {
        return signUps.enter(HOME, name, GOOD, code, DESK);
    }

    @Test
    void nobody_makes_an_account_where_no_manager_has_allowed_it() {
        assertThat(signUps.offer(HOME).any()).isFalse();

        assertThat(problem(() -> ask("ada")).code()).isEqualTo("sign-up.closed");
        assertThat(problem(() -> enter("ada", "")).code()).isEqualTo("event.code-wrong");
    }

    @Test
    void who_is_admitted_signs_in_with_the_password_they_chose_and_nobody_is_a_user_before() {
        signUps.takeRequests(ADMIN, HOME, true);
        var key = ask("Ada");

        assertThat(outcome(key).answer()).isEqualTo(SignUpService.Answer.WAITING);
        assertThat(identity.users().findByName("ada")).isEmpty();
        assertThat(login.logins().requests(HOME).getFirst().note()).isEqualTo("Of the first year");
        answer(true);

        assertThat(outcome(key))
                .isEqualTo(new SignUpService.Outcome("ada", SignUpService.Answer.ADMITTED));
        var user = identity.passwords().verify("ada", GOOD, DESK).orElseThrow();
        assertThat(communities.members().isMember(HOME, user.id())).isTrue();
        assertThat(login.logins().requests(HOME)).isEmpty();
    }

    @Test
    void who_is_refused_is_told_so_and_is_no_user() {
        signUps.takeRequests(ADMIN, HOME, true);
        var key = ask("eve");
        answer(false);

        assertThat(outcome(key).answer()).isEqualTo(SignUpService.Answer.REFUSED);
        assertThat(identity.users().findByName("eve")).isEmpty();
        assertThat(identity.passwords().verify("eve", GOOD, DESK)).isEmpty();
    }

    @Test
    void a_name_that_is_taken_looks_like_any_other_and_nobody_gets_into_its_account() {
        var ada = identity.users().create(ADMIN, "ada", false);
        signUps.takeRequests(ADMIN, HOME, true);
        var key = ask("ada");
        answer(true);

        assertThat(outcome(key).name()).isEqualTo("ada-2");
        assertThat(identity.passwords().has(ada.id())).isFalse();
    }

    @Test
    void passwords_and_names_are_as_good_as_anywhere() {
        signUps.takeRequests(ADMIN, HOME, true);

        assertThat(problem(() -> signUps.ask(HOME, "ada", "password", "", DESK)).code())
                .startsWith("password.");
        assertThat(problem(() -> signUps.ask(HOME, "a/b", GOOD, "", DESK)).code())
                .isEqualTo("user.name-invalid");
        assertThat(problem(() -> signUps.ask(HOME, "ada", GOOD, "a\nb", DESK)).code())
                .isEqualTo("sign-up.note-invalid");
    }

    @Test
    void asking_over_and_over_is_slowed_down() {
        signUps.takeRequests(ADMIN, HOME, true);
        for (int at = 0; at < 20; at++) {
            ask("ada");
        }

        assertThat(problem(() -> ask("ada")).code()).isEqualTo("login.throttled");
    }

    @Test
    void the_code_of_an_event_lets_in_as_many_as_it_is_for_while_it_lasts() {
        var made = event(2, false);
        var typed = made.code().toLowerCase(Locale.ROOT).replace("-", " ");

        var ada = enter("ada", typed);
        enter("bob", made.code());

        assertThat(communities.members().isMember(HOME, ada.id())).isTrue();
        assertThat(identity.passwords().verify("ada", GOOD, DESK)).isPresent();
        assertThat(problem(() -> enter("cy", made.code())).code()).isEqualTo("event.full");
        assertThat(signUps.events(HOME).getFirst().came()).isEqualTo(2);
        temp.clock().advance(Duration.ofHours(2));
        assertThat(problem(() -> enter("cy", made.code())).code()).isEqualTo("event.code-wrong");
        assertThat(signUps.offer(HOME).byCode()).isFalse();
    }

    @Test
    void a_code_counts_for_its_own_community_and_takes_nobodys_name() {
        var other = communities.communities().create(ADMIN, "maths", "Mathematics");
        var code = event(5, false).code();
        identity.users().create(ADMIN, "ada", false);

        assertThat(problem(() -> signUps.enter(other.id(), "bob", GOOD, code, DESK)).code())
                .isEqualTo("event.code-wrong");
        assertThat(problem(() -> enter("ada", code)).code()).isEqualTo("user.exists");
        assertThat(signUps.events(HOME).getFirst().came()).isZero();
    }

    @Test
    void guessing_codes_is_slowed_down() {
        event(5, false);
        for (int at = 0; at < 200; at++) {
            var name = "n" + at;
            assertThat(problem(() -> enter(name, "BCDF-GHJK-LMNP")).code())
                    .isEqualTo("event.code-wrong");
        }

        assertThat(problem(() -> enter("n200", "BCDF-GHJK-LMNP")).code())
                .isEqualTo("login.throttled");
    }

    @Test
    void of_many_who_want_the_last_place_exactly_one_gets_it() throws Exception {
        var code = event(1, false).code();
        List<Callable<Boolean>> tries = new ArrayList<>();
        for (int at = 0; at < 8; at++) {
            var name = "n" + at;
            tries.add(() -> enter(name, code).id().value() > 0);
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(tries))
                    .filteredOn(each -> each.state() == Future.State.SUCCESS)
                    .hasSize(1);
        }
        assertThat(signUps.events(HOME).getFirst().came()).isEqualTo(1);
        assertThat(identity.users().count()).isEqualTo(1);
    }

    @Test
    void temporary_accounts_end_with_their_event_as_any_that_is_removed() {
        var gone = new ArrayList<UserDeleted>();
        identity.users().onDeleted(gone::add);
        var guest = enter("guest", event(5, true).code());
        var stays = enter("stays", event(5, false).code());

        ends.run();
        assertThat(identity.users().find(guest.id())).isPresent();
        temp.clock().advance(Duration.ofHours(2));
        ends.run();

        assertThat(gone).extracting(UserDeleted::id).containsExactly(guest.id());
        assertThat(identity.passwords().verify("guest", GOOD, DESK)).isEmpty();
        assertThat(identity.users().find(stays.id())).isPresent();
    }

    @Test
    void an_event_that_a_manager_ends_ends_its_temporary_accounts() {
        var made = event(5, true);
        var guest = enter("guest", made.code());
        signUps.end(ADMIN, HOME, made.event().id());
        ends.run();

        assertThat(identity.users().find(guest.id())).isEmpty();
        assertThat(problem(() -> enter("bob", made.code())).code()).isEqualTo("event.code-wrong");
    }

    @Test
    void a_guest_who_has_come_to_belong_elsewhere_or_to_administer_keeps_the_account() {
        var code = event(5, true).code();
        var other = communities.communities().create(ADMIN, "maths", "Mathematics");
        var guest = enter("guest", code);
        communities.members().join(ADMIN, other.id(), guest.id());
        var chief = enter("chief", code);
        identity.users().change(ADMIN, chief.id(), null, true);
        temp.clock().advance(Duration.ofHours(3));
        ends.run();

        assertThat(communities.members().of(guest.id())).containsExactly(other.id());
        assertThat(identity.users().find(chief.id())).isPresent();
        assertThat(ends.run().looked()).isZero();
    }

    @Test
    void an_event_has_bounds() {
        var now = temp.clock().instant();
        var late = now.plus(Duration.ofHours(1));
        var year = now.plus(Duration.ofDays(400));

        assertThat(problem(() -> signUps.add(ADMIN, draft("", late, 5))).code())
                .isEqualTo("event.title-invalid");
        assertThat(problem(() -> signUps.add(ADMIN, draft("x", now, 5))).code())
                .isEqualTo("event.time-invalid");
        assertThat(problem(() -> signUps.add(ADMIN, draft("x", year, 5))).code())
                .isEqualTo("event.time-invalid");
        assertThat(problem(() -> signUps.add(ADMIN, draft("x", late, 2_001))).code())
                .isEqualTo("event.people-invalid");
    }

    private Event draft(String title, Instant until, int people) {
        return new Event(0, HOME, title, temp.clock().instant(), until, people, 0, true);
    }

    @Test
    void what_was_answered_long_ago_is_not_kept() {
        signUps.takeRequests(ADMIN, HOME, true);
        var key = ask("ada");
        answer(true);
        event(5, false);
        temp.clock().advance(Duration.ofDays(31));
        ends.run();

        assertThat(signUps.outcome(key)).isEmpty();
        assertThat(signUps.events(HOME)).isEmpty();
        assertThat(identity.users().findByName("ada")).isPresent();
    }
}
