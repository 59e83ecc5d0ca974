package org.lyceum.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditEntry;
import org.lyceum.audit.AuditLog;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.HostsConfig;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.Roles;
import org.lyceum.identity.User;
import org.lyceum.login.FactorService.First;
import org.lyceum.login.FactorService.Step;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.Vault;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.time.Duration;
import java.util.List;

/**
 * Goal: a second factor lets in whoever has it, once per code, and nobody else; who must have one
 * is known; who has lost it can be helped. Method: the module over a real database.
 */
class FactorServiceTest {

    private static final Actor JOB = new Actor.Job("test");
    private static final String HERE = "192.0.2.1";

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private final Secret browser = Secret.random();
    private AuditLog audit;
    private IdentityModule identity;
    private FactorService factors;
    private User ada;
    private User root;
    private Secret key;

    @BeforeEach
    void wire() {
        audit = new AuditLog(temp.database(), temp.clock());
        identity = new IdentityModule(temp.database(), audit, temp.clock());
        var communities =
                new CommunityModule(
                        HostsConfig.defaults(), temp.database(), audit, identity, temp.clock());
        communities.communities().ensureDefault();
        factors =
                new LoginModule(
                                temp.database(),
                                audit,
                                identity,
                                communities,
                                new Vault(Secret.random()),
                                temp.clock())
                        .factors();
        ada = identity.users().create(JOB, "ada", false);
        root = identity.users().create(JOB, "root", true);
    }

    private String code(int steps) {
        long now = temp.clock().instant().getEpochSecond() / Totp.STEP_SECONDS;
        return Totp.code(key.reveal(), now + steps);
    }

    private List<String> setUp(User user) {
        key = factors.key(user.id(), browser);
        var codes = factors.confirm(user, browser, code(0), HERE);
        temp.clock().advance(Duration.ofMinutes(5));
        return codes;
    }

    private boolean verify(String typed) {
        return factors.verify(ada, typed, HERE);
    }

    private static String problem(ThrowingCallable call) {
        return catchThrowableOfType(Problem.class, call).code();
    }

    private List<String> actions() {
        return audit.latest(20).stream().map(AuditEntry::action).toList();
    }

    @Test
    @SecurityStatement(44)
    void a_code_counts_once_and_one_step_early_or_late() {
        setUp(ada);

        assertThat(verify(code(-2))).isFalse();
        assertThat(verify(code(2))).isFalse();
        assertThat(verify(code(-1))).isTrue();
        assertThat(verify(code(-1))).isFalse();
        assertThat(verify(code(1))).isTrue();
        assertThat(verify(code(0))).as("before the last one that counted").isFalse();
        assertThat(actions()).contains(AuditAction.FACTOR_FAILED.name());
    }

    @Test
    void the_code_that_confirmed_the_key_does_not_sign_in_with_it() {
        key = factors.key(ada.id(), browser);
        factors.confirm(ada, browser, code(0), HERE);

        assertThat(verify(code(0))).isFalse();
        assertThat(verify(code(1))).isTrue();
    }

    @Test
    void a_recovery_code_counts_once_however_it_is_typed() {
        var codes = setUp(ada);

        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        assertThat(codes).allMatch(each -> each.matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"));
        assertThat(verify(" " + codes.get(3).toUpperCase(java.util.Locale.ROOT))).isTrue();
        assertThat(verify(codes.get(3))).isFalse();
        assertThat(verify(codes.get(4).replace("-", ""))).isTrue();
        assertThat(factors.of(ada.id()).orElseThrow().recoveryCodes()).isEqualTo(8);
    }

    @Test
    void new_recovery_codes_replace_those_before() {
        var before = setUp(ada);

        var after = factors.renewCodes(ada, code(0), HERE);

        assertThat(verify(before.getFirst())).isFalse();
        assertThat(verify(after.getFirst())).isTrue();
        assertThat(problem(() -> factors.renewCodes(ada, "000", HERE)))
                .isEqualTo("factor.code-wrong");
    }

    @Test
    @SecurityStatement(44)
    void guessing_is_slowed_down_from_wherever_it_comes() {
        setUp(ada);
        for (int i = 0; i < 20; i++) {
            assertThat(factors.verify(ada, "x" + i, "192.0.2." + i)).isFalse();
        }

        assertThat(problem(() -> factors.verify(ada, code(0), "192.0.2.99")))
                .isEqualTo("login.throttled");
    }

    @Test
    void a_sign_in_waits_ten_minutes_and_for_five_codes() {
        setUp(ada);
        var waiting = factors.begin(ada, Step.CODE, "/hub/home");
        for (int i = 0; i < 5; i++) {
            var half = factors.waiting(waiting).orElseThrow();
            assertThat(factors.verify(half, ada, "wrong", HERE)).isFalse();
        }
        assertThat(factors.waiting(waiting)).isEmpty();

        var other = factors.begin(ada, Step.CODE, "/hub/home");
        var half = factors.waiting(other).orElseThrow();
        factors.finish(half);
        assertThat(problem(() -> factors.finish(half))).isEqualTo("factor.lost");

        var third = factors.begin(ada, Step.CODE, "/hub/home");
        temp.clock().advance(Duration.ofMinutes(10));
        assertThat(factors.waiting(third)).isEmpty();
        assertThat(factors.waiting(Secret.random())).isEmpty();
    }

    @Test
    void a_key_is_only_confirmed_in_the_browser_it_was_shown_in() {
        key = factors.key(ada.id(), browser);
        assertThat(factors.key(ada.id(), browser).reveal()).isEqualTo(key.reveal());

        assertThat(problem(() -> factors.confirm(ada, Secret.random(), code(0), HERE)))
                .isEqualTo("factor.key-old");
        assertThat(problem(() -> factors.confirm(root, browser, code(0), HERE)))
                .isEqualTo("factor.key-old");
        assertThat(problem(() -> factors.confirm(ada, browser, code(5), HERE)))
                .isEqualTo("factor.code-wrong");
        assertThat(factors.of(ada.id())).isEmpty();
    }

    @Test
    void who_must_have_one_is_led_to_it_however_they_sign_in() {
        setUp(root);
        var eve = identity.users().create(JOB, "eve", true);
        assertThat(factors.after(eve, First.PASSWORD)).isEqualTo(Step.NONE);
        assertThat(factors.after(root, First.PASSWORD)).isEqualTo(Step.CODE);
        assertThat(factors.after(root, First.PROVIDER)).isEqualTo(Step.NONE);

        factors.change(root, new FactorRule(true, true, 0));
        identity.roles().give(JOB, Community.DEFAULT, Roles.ADMIN, new RoleHolder.OfUser(ada.id()));

        assertThat(factors.after(root, First.PROVIDER)).isEqualTo(Step.CODE);
        assertThat(factors.after(eve, First.PASSWORD)).isEqualTo(Step.SET_UP);
        assertThat(factors.after(ada, First.PROVIDER)).isEqualTo(Step.SET_UP);
        assertThat(factors.lacks(ada)).isTrue();
        var bob = identity.users().create(JOB, "bob", false);
        assertThat(factors.after(bob, First.PASSWORD)).isEqualTo(Step.NONE);
    }

    @Test
    void nobody_makes_a_rule_that_they_do_not_keep_themselves() {
        assertThat(problem(() -> factors.change(root, new FactorRule(true, false, 0))))
                .isEqualTo("factor.own-first");
        setUp(root);
        var now = factors.change(root, new FactorRule(true, false, 0));

        assertThat(now).isEqualTo(new FactorRule(true, false, 1));
        assertThat(problem(() -> factors.change(root, new FactorRule(false, false, 0))))
                .isEqualTo("factor-rule.stale");
    }

    @Test
    void an_administrator_takes_away_what_somebody_has_lost_and_they_are_told_once() {
        setUp(ada);
        var session = identity.sessions().open(Community.DEFAULT, ada.id(), "");

        assertThat(problem(() -> factors.takeAway(root, ada.id(), " "))).isEqualTo("factor.reason");
        assertThat(problem(() -> factors.takeAway(ada, ada.id(), "me"))).isEqualTo("factor.own");
        factors.takeAway(root, ada.id(), "telephone stolen, seen in person");

        assertThat(factors.of(ada.id())).isEmpty();
        assertThat(identity.sessions().find(session.cookie())).isEmpty();
        assertThat(audit.latest(1).getFirst().action())
                .isEqualTo(AuditAction.FACTOR_REMOVED.name());
        assertThat(audit.latest(1).getFirst().after()).contains("stolen");
        assertThat(factors.takeNotice(ada.id()).orElseThrow().reason()).contains("stolen");
        assertThat(factors.takeNotice(ada.id())).isEmpty();
        assertThat(problem(() -> factors.takeAway(root, ada.id(), "again")))
                .isEqualTo("factor.none");
    }

    @Test
    void a_copy_of_the_database_gives_no_key_and_no_code_away() {
        var codes = setUp(ada);
        var dump =
                temp.database()
                        .read(
                                sql ->
                                        sql.fetch("select * from login_totp").formatCSV()
                                                + sql.fetch("select * from login_recovery_code")
                                                        .formatCSV());

        assertThat(dump).doesNotContain(key.reveal()).doesNotContain(codes.getFirst());
        assertThat(dump.toUpperCase(java.util.Locale.ROOT))
                .doesNotContain(
                        codes.getFirst().replace("-", "").toUpperCase(java.util.Locale.ROOT));
    }
}
