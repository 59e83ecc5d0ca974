package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.refused;
import static org.lyceum.identity.IdentityFixture.together;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Goal: the first administrator is made by whoever holds the link, once, within 30 minutes. */
class SetupServiceTest {

    private static final String GOOD = "correct battery staple";

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    private SetupService setup() {
        return fixture.identity.setup();
    }

    @Test
    void the_link_makes_an_administrator_who_can_sign_in() {
        assertThat(setup().needed()).isTrue();

        var user = setup().redeem(setup().newLink(), " Ada ", GOOD);

        assertThat(user.name()).isEqualTo("ada");
        assertThat(user.admin()).isTrue();
        assertThat(setup().needed()).isFalse();
        assertThat(fixture.identity.passwords().verify("ada", GOOD, "a")).contains(user);
    }

    @Test
    @SecurityStatement(44)
    void a_link_works_once() {
        var link = setup().newLink();
        setup().redeem(link, "ada", GOOD);

        refused("setup.link-used", () -> setup().check(link));
        refused("setup.link-used", () -> setup().redeem(link, "eve", GOOD))
                .withMessageContaining("sign in");
    }

    @Test
    @SecurityStatement(44)
    void of_fifty_who_redeem_a_link_at_once_exactly_one_becomes_administrator() throws Exception {
        var link = setup().newLink();
        var number = new AtomicInteger();

        var made =
                together(50, () -> setup().redeem(link, "user" + number.getAndIncrement(), GOOD));

        assertThat(made.stream().filter(Objects::nonNull)).hasSize(1);
        assertThat(fixture.identity.users().count()).isEqualTo(1);
    }

    @Test
    @SecurityStatement(44)
    void a_link_is_over_after_thirty_minutes_or_when_there_is_a_newer_one() {
        var old = setup().newLink();
        fixture.clock().advance(Duration.ofMinutes(29));
        setup().check(old);
        fixture.clock().advance(Duration.ofMinutes(1));
        refused("setup.link-expired", () -> setup().check(old))
                .withMessageContaining("lyceum setup-link");
        refused("setup.link-expired", () -> setup().redeem(old, "ada", GOOD));

        var first = setup().newLink();
        var second = setup().newLink();

        refused("setup.link-expired", () -> setup().check(first));
        setup().check(second);
    }

    @Test
    @SecurityStatement(44)
    void a_link_cannot_be_made_up() {
        setup().newLink();
        refused("setup.link-unknown", () -> setup().check(Secret.presented("")));
        refused("setup.link-unknown", () -> setup().redeem(Secret.random(), "ada", GOOD));
    }

    @Test
    void a_name_or_password_that_is_refused_leaves_the_link_usable() {
        var link = setup().newLink();

        refused("user.name-invalid", () -> setup().redeem(link, "a/b", GOOD));
        refused("password.too-short", () -> setup().redeem(link, "ada", "short"));
        fixture.user("taken");
        refused("user.exists", () -> setup().redeem(link, "taken", GOOD));

        assertThat(setup().redeem(link, "ada", GOOD).admin()).isTrue();
    }

    @Test
    void the_link_is_kept_only_as_a_hash() {
        var link = setup().newLink();
        var rows = fixture.database().read(sql -> sql.fetch("SELECT * FROM identity_setup_link"));

        assertThat(rows.toString()).doesNotContain(link.reveal());
        assertThat(fixture.audit.latest(10).toString()).doesNotContain(link.reveal());
    }
}
