package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.PLATFORM;
import static org.lyceum.identity.IdentityFixture.refused;
import static org.lyceum.identity.IdentityFixture.together;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_PASSWORD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.audit.AuditEntry;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Duration;
import java.util.Objects;

/** Goal: the right password opens, nothing else does, and guessing is slow. */
class PasswordServiceTest {

    private static final String GOOD = "correct battery staple";

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    private PasswordService passwords() {
        return fixture.identity.passwords();
    }

    private User ada() {
        var ada = fixture.user("ada");
        passwords().set(PLATFORM, ada.id(), GOOD);
        return ada;
    }

    @Test
    void the_name_is_taken_as_people_type_it_and_the_password_exactly() {
        var ada = ada();

        assertThat(passwords().verify(" Ada ", GOOD, "a")).contains(ada);
        assertThat(passwords().verify("ada", GOOD + " ", "a")).isEmpty();
        assertThat(passwords().verify("ada", GOOD.toUpperCase(java.util.Locale.ROOT), "a"))
                .isEmpty();
        assertThat(passwords().verify("ada", "", "a")).isEmpty();
        assertThat(passwords().verify("eve", GOOD, "a")).isEmpty();
        assertThat(passwords().verify("x".repeat(10_000), "y".repeat(100_000), "a")).isEmpty();
    }

    @Test
    void the_same_characters_in_another_unicode_form_are_the_same_password() {
        var ada = fixture.user("ada");
        passwords().set(PLATFORM, ada.id(), "café au lait");

        assertThat(passwords().verify("ada", "cafe\u0301 au lait", "a")).contains(ada);
    }

    @Test
    void a_user_without_a_password_cannot_sign_in_with_any() {
        fixture.user("ada");

        assertThat(passwords().verify("ada", "", "a")).isEmpty();
        assertThat(passwords().verify("ada", GOOD, "a")).isEmpty();
    }

    @Test
    @SecurityStatement(45)
    void a_password_is_kept_as_argon2id_with_a_salt_of_its_own() {
        ada();
        var bob = fixture.user("bob");
        passwords().set(PLATFORM, bob.id(), GOOD);

        var hashes =
                fixture.database()
                        .read(
                                sql ->
                                        sql.selectFrom(IDENTITY_PASSWORD)
                                                .fetch(IDENTITY_PASSWORD.HASH));

        assertThat(hashes)
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"))
                .noneMatch(hash -> hash.contains("battery"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "1234567", "🙂🙂🙂🙂🙂🙂🙂"})
    @SecurityStatement(45)
    void fewer_than_eight_characters_are_too_short(String password) {
        var ada = fixture.user("ada");
        refused("password.too-short", () -> passwords().set(PLATFORM, ada.id(), password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password1",
                "12345678",
                "qwertyuiop",
                "JUPYTERHUB",
                "iloveyou",
                "Summer2026!",
                "lyceum2026",
                "aaaaaaaaaaaa",
                "abababababab",
                "ada.lovelace@example.org"
            })
    @SecurityStatement(45)
    void what_attackers_try_first_is_too_common(String password) {
        var ada = fixture.user("ada.lovelace@example.org");
        refused("password.too-common", () -> passwords().set(PLATFORM, ada.id(), password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "only lower case words",
                "tr0ub4dor",
                "пароль-на-кириллице",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    @SecurityStatement(45)
    void no_kinds_of_characters_are_asked_for_and_sixty_four_are_not_too_many(String password) {
        var ada = fixture.user("ada");
        passwords().set(PLATFORM, ada.id(), password);

        assertThat(passwords().verify("ada", password, "a")).contains(ada);
    }

    @Test
    void a_password_that_is_a_file_is_refused() {
        var ada = fixture.user("ada");
        refused(
                "password.too-long",
                () -> passwords().set(PLATFORM, ada.id(), "long enough ".repeat(100)));
        refused("user.unknown", () -> passwords().set(PLATFORM, new UserId(77), GOOD));
    }

    @Test
    void a_new_password_ends_every_session() {
        var ada = ada();
        var opened = fixture.identity.sessions().open(HERE, ada.id(), "test");

        passwords().set(PLATFORM, ada.id(), "another good one");

        assertThat(fixture.identity.sessions().find(opened.cookie())).isEmpty();
        assertThat(passwords().verify("ada", GOOD, "a")).isEmpty();
    }

    @Test
    @SecurityStatement(44)
    void after_twenty_failures_an_account_takes_no_more_tries_until_time_has_passed() {
        ada();
        for (int i = 0; i < 20; i++) {
            assertThat(passwords().verify("ada", "wrong password", "address-" + i)).isEmpty();
        }

        refused("login.throttled", () -> passwords().verify("ada", GOOD, "another"));
        refused("login.throttled", () -> passwords().verify("ADA ", GOOD, "another"));
        fixture.clock().advance(Duration.ofSeconds(46));
        assertThat(passwords().verify("ada", GOOD, "another")).isPresent();
        assertThat(passwords().verify("ada", "wrong password", "another")).isEmpty();
    }

    @Test
    @SecurityStatement(44)
    void many_guesses_at_once_cannot_slip_past_the_brake() throws Exception {
        ada();

        var answers = together(60, () -> passwords().verify("ada", "wrong password", "a"));

        assertThat(answers.stream().filter(Objects::nonNull).count()).isLessThanOrEqualTo(20);
    }

    @Test
    @SecurityStatement(44)
    void an_unknown_name_is_throttled_and_told_like_a_known_one() {
        ada();
        for (int i = 0; i < 20; i++) {
            assertThat(passwords().verify("ada", "wrong password", "a" + i)).isEmpty();
            assertThat(passwords().verify("nobody", "wrong password", "b" + i)).isEmpty();
        }
        var known = new String[1];
        refused("login.throttled", () -> passwords().verify("ada", GOOD, "c"))
                .satisfies(problem -> known[0] = problem.getMessage());
        refused("login.throttled", () -> passwords().verify("nobody", GOOD, "c"))
                .withMessage(known[0]);
    }

    @Test
    @SecurityStatement(44)
    void an_address_that_tries_many_names_is_throttled_too() {
        var clock = fixture.clock();
        var brake = new LoginBrake(clock);
        for (int i = 0; i < 200; i++) {
            brake.begin("user" + i, "address");
        }

        refused("login.throttled", () -> brake.begin("fresh", "address"));
        brake.begin("fresh", "elsewhere");
        clock.advance(Duration.ofSeconds(6));
        brake.begin("fresh", "address");
    }

    @Test
    void sign_ins_that_succeed_never_throttle_a_shared_address() {
        var brake = new LoginBrake(fixture.clock());
        for (int i = 0; i < 1_000; i++) {
            brake.begin("user" + i, "school");
            brake.succeeded("user" + i, "school");
        }
        brake.begin("last", "school");
    }

    @Test
    @SecurityStatement(54)
    void a_failed_sign_in_is_audited_without_what_was_typed() {
        var ada = ada();
        passwords().verify("ada", "my real password", "a");
        passwords().verify("my real password", "ada", "a");

        var lines = fixture.audit.latest(2);

        assertThat(lines).extracting(AuditEntry::action).containsOnly("LOGIN_FAILED");
        assertThat(lines)
                .extracting(AuditEntry::thing)
                .containsExactly("user:unknown", "user:" + ada.id());
        assertThat(lines.toString()).doesNotContain("real password");
    }
}
