package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.PLATFORM;
import static org.lyceum.identity.IdentityFixture.refused;
import static org.lyceum.identity.IdentityFixture.together;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Duration;
import java.util.Objects;

/**
 * Goal: people choose their passwords themselves, and a link opens one account, once. Method: the
 * whole module, with a clock that is moved.
 */
class PasswordLinkServiceTest {

    private static final String GOOD = "correct battery staple";
    private static final String OTHER = "four words that differ";

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    private User ada;

    @BeforeEach
    void invite() {
        ada = fixture.identity.users().create(PLATFORM, "ada", false);
    }

    private PasswordLinkService links() {
        return fixture.identity.passwordLinks();
    }

    private Secret link() {
        return links().make(PLATFORM, ada.id()).secret();
    }

    @Test
    void an_invitation_says_whose_it_is_and_the_chosen_password_signs_in() {
        var made = links().make(PLATFORM, ada.id());
        assertThat(made.link().first()).isTrue();
        assertThat(links().find(made.secret()).user()).isEqualTo(ada);

        assertThat(links().redeem(made.secret(), GOOD)).isEqualTo(ada);

        assertThat(fixture.identity.passwords().verify("ada", GOOD, "a")).contains(ada);
        assertThat(links().make(PLATFORM, ada.id()).link().first()).isFalse();
    }

    @Test
    @SecurityStatement(44)
    void a_link_works_once_and_of_twenty_at_once_one_gets_in() throws Exception {
        var link = link();
        var in = together(20, () -> links().redeem(link, GOOD));

        assertThat(in.stream().filter(Objects::nonNull)).hasSize(1);
        refused("password-link.used", () -> links().find(link))
                .withMessageContaining("tell an administrator");
        refused("password-link.used", () -> links().redeem(link, OTHER));
        assertThat(fixture.identity.passwords().verify("ada", OTHER, "a")).isEmpty();
    }

    @Test
    @SecurityStatement(44)
    void it_is_over_when_its_time_is_or_when_there_is_a_newer_one() {
        var old = link();
        fixture.clock().advance(PasswordLinkService.INVITATION.minusSeconds(1));
        links().find(old);
        fixture.clock().advance(Duration.ofSeconds(1));
        refused("password-link.expired", () -> links().find(old));

        var first = link();
        var second = link();
        refused("password-link.expired", () -> links().redeem(first, GOOD));
        links().redeem(second, GOOD);

        var forgotten = link();
        fixture.clock().advance(PasswordLinkService.NEW_PASSWORD);
        refused("password-link.expired", () -> links().redeem(forgotten, OTHER));
        refused("password-link.unknown", () -> links().find(Secret.random()));
    }

    @Test
    @SecurityStatement(45)
    void a_password_that_is_refused_leaves_the_link_usable() {
        var link = link();
        refused("password.too-common", () -> links().redeem(link, "password2026!"));
        refused("password.too-short", () -> links().redeem(link, "1234567"));
        links().redeem(link, GOOD);
    }

    @Test
    @SecurityStatement(42)
    void a_new_password_ends_every_session_and_the_old_password() {
        links().redeem(link(), GOOD);
        var session = fixture.identity.sessions().open(HERE, ada.id(), "browser");
        var link = link();
        assertThat(fixture.identity.passwords().verify("ada", GOOD, "a")).isPresent();

        links().redeem(link, OTHER);

        assertThat(fixture.identity.sessions().find(session.cookie())).isEmpty();
        assertThat(fixture.identity.passwords().verify("ada", GOOD, "a")).isEmpty();
    }

    @Test
    @SecurityStatement(44)
    void an_invitation_opens_no_account_that_somebody_has_come_into_another_way() {
        var link = link();
        fixture.identity.sessions().open(HERE, ada.id(), "browser");

        refused("password-link.expired", () -> links().redeem(link, GOOD));
        var asked = links().make(PLATFORM, ada.id());
        assertThat(asked.link().until())
                .isEqualTo(fixture.clock().instant().plus(PasswordLinkService.NEW_PASSWORD));
        links().redeem(asked.secret(), GOOD);
    }

    @Test
    void an_account_counts_as_used_from_its_first_password_or_visit_on() {
        var bob = fixture.identity.users().create(PLATFORM, "bob", false);
        assertThat(links().unused(bob)).isTrue();
        fixture.identity.users().recordActivity(bob.id(), fixture.clock().instant());
        assertThat(links().unused(fixture.identity.users().find(bob.id()).orElseThrow())).isFalse();

        links().redeem(link(), GOOD);
        assertThat(links().unused(ada)).isFalse();
    }

    @Test
    @SecurityStatement(44)
    void somebody_changes_their_own_password_with_the_one_before_and_guessing_is_braked() {
        var passwords = fixture.identity.passwords();
        links().redeem(link(), GOOD);
        refused("password.wrong", () -> passwords.change(ada, OTHER, OTHER, "a"));
        refused("password.too-short", () -> passwords.change(ada, GOOD, "short", "a"));
        passwords.change(ada, GOOD, OTHER, "a");
        assertThat(passwords.verify("ada", OTHER, "a")).contains(ada);

        for (int guess = 0; guess < 20; guess++) {
            refused("password.wrong", () -> passwords.change(ada, GOOD, GOOD, "a"));
        }
        refused("login.throttled", () -> passwords.change(ada, OTHER, GOOD, "a"));
    }
}
