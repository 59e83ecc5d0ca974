package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.PLATFORM;
import static org.lyceum.identity.IdentityFixture.THERE;
import static org.lyceum.identity.IdentityFixture.refused;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Duration;
import java.util.List;

/**
 * Goal: what is shared, and nothing else, is open to whom it is shared with, and to nobody else.
 */
class ShareServiceTest {

    private static final Duration DAY = Duration.ofDays(1);

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    private User ada;
    private User bob;
    private SharedServer server;
    private ShareRecipient withBob;

    @BeforeEach
    void begin() {
        ada = fixture.user("ada");
        bob = fixture.user("bob");
        server = new SharedServer(HERE, ada, "");
        withBob = new ShareRecipient.OfUser(bob.id());
    }

    private ShareService shares() {
        return fixture.identity.shares();
    }

    private boolean mayOpen(User user, String name) {
        var target = new Target.OfServer("ada", name, java.util.Set.of());
        return fixture.identity.tokens().scopesOf(HERE, user).allows("access:servers", target);
    }

    private Share grant(ShareRecipient with, String... scopes) {
        return shares().grant(PLATFORM, server, with, shares().names(server, List.of(scopes)));
    }

    @Test
    void a_share_opens_this_server_of_this_community_to_its_recipient() {
        var share = grant(withBob);

        assertThat(share.scopes()).containsExactly("access:servers!server=ada/");
        assertThat(share.user()).isEqualTo("bob");
        assertThat(share.group()).isNull();
        assertThat(mayOpen(bob, "")).isTrue();
        assertThat(mayOpen(bob, "other")).isFalse();
        assertThat(mayOpen(fixture.user("eve"), "")).isFalse();
        assertThat(
                        fixture.identity
                                .tokens()
                                .scopesOf(THERE, bob)
                                .allows(
                                        "access:servers",
                                        new Target.OfServer("ada", "", java.util.Set.of())))
                .isFalse();
    }

    @Test
    void a_group_is_shared_with_as_long_as_one_is_in_it() {
        fixture.identity.groups().create(PLATFORM, HERE, "class", List.of("bob"));
        var group = fixture.identity.groups().find(HERE, "class").orElseThrow().id();
        grant(new ShareRecipient.OfGroup(group), "read:servers!server=ada/");

        assertThat(fixture.caller(fixture.token(bob)).scopes().written())
                .contains("read:servers!server=ada/");
        assertThat(shares().withUser(HERE, bob.id(), 0, 10).shares())
                .extracting(Share::group)
                .containsExactly("class");
        fixture.identity.groups().removeUsers(PLATFORM, HERE, "class", List.of("bob"));
        assertThat(fixture.caller(fixture.token(bob)).scopes().written())
                .noneMatch(scope -> scope.contains("server="));
        fixture.identity.groups().delete(PLATFORM, HERE, "class");
        assertThat(shares().ofServer(server, 0, 10).total()).isZero();
    }

    @Test
    void scopes_are_for_the_shared_server_and_no_other() {
        assertThat(shares().names(server, List.of("servers", "access:servers!server=ada/")))
                .containsExactly("access:servers", "servers");
        refused(
                "share.other-filter",
                () -> shares().names(server, List.of("access:servers!server=ada/other")));
        refused("share.other-filter", () -> shares().names(server, List.of("servers!user=ada")));
        refused("share.other-filter", () -> shares().names(server, List.of("servers!user")));
        refused("scope.unknown", () -> shares().names(server, List.of("nonsense")));
        refused("scope.unknown", () -> shares().names(server, List.of("self")));
        refused("scope.unknown", () -> shares().names(server, List.of("custom:nothing")));
    }

    @Test
    @SecurityStatement(42)
    void shares_grow_shrink_and_end_at_once() {
        var token = fixture.token(bob);
        grant(withBob);
        assertThat(grant(withBob, "read:servers").scopes())
                .containsExactly("access:servers!server=ada/", "read:servers!server=ada/");
        assertThat(shares().ofServer(server, 0, 10).total()).isEqualTo(1);

        var left = shares().revoke(PLATFORM, server, withBob, List.of("access:servers"));
        assertThat(left.orElseThrow().scopes()).containsExactly("read:servers!server=ada/");
        assertThat(mayOpen(bob, "")).isFalse();
        assertThat(shares().revoke(PLATFORM, server, withBob, null)).isEmpty();
        assertThat(shares().revoke(PLATFORM, server, withBob, null)).isEmpty();
        assertThat(fixture.caller(token).scopes().written())
                .noneMatch(scope -> scope.contains("server="));
    }

    @Test
    void a_renamed_owner_takes_the_shares_along() {
        grant(withBob);
        fixture.identity.users().change(PLATFORM, ada.id(), "ada2", null);
        fixture.user("ada");

        assertThat(mayOpen(bob, "")).isFalse();
        assertThat(shares().withUser(HERE, bob.id(), 0, 10).shares().getFirst().scopes())
                .containsExactly("access:servers!server=ada2/");
    }

    @Test
    void nothing_stays_when_a_side_leaves_or_is_deleted() {
        var eve = fixture.user("eve");
        grant(withBob);
        grant(new ShareRecipient.OfUser(eve.id()));
        shares().createCode(PLATFORM, server, List.of("access:servers"), DAY);

        fixture.leave(bob, HERE);
        assertThat(shares().ofServer(server, 0, 10).total()).isEqualTo(1);
        fixture.identity.users().delete(PLATFORM, eve.id());
        assertThat(shares().ofServer(server, 0, 10).total()).isZero();
        grant(withBob);
        fixture.leave(ada, HERE);
        assertThat(shares().ofServer(server, 0, 10).total()).isZero();
        assertThat(shares().codes(HERE, ada.id(), null, 0, 10).total()).isZero();
    }

    @Test
    void a_code_is_exchanged_until_it_expires() {
        var issued = shares().createCode(PLATFORM, server, List.of("access:servers"), DAY);
        assertThat(issued.code().id()).startsWith("sc_");
        assertThat(shares().findCode(HERE, issued.secret())).contains(issued.code());
        assertThat(shares().findCode(THERE, issued.secret())).isEmpty();
        assertThat(shares().exchange(THERE, issued.secret(), bob)).isEmpty();

        assertThat(shares().exchange(HERE, issued.secret(), bob).orElseThrow().user())
                .isEqualTo("bob");
        shares().exchange(HERE, issued.secret(), bob);
        assertThat(mayOpen(bob, "")).isTrue();
        var listed = shares().codes(HERE, ada.id(), "", 0, 10).codes().getFirst();
        assertThat(listed.exchanges()).isEqualTo(2);
        assertThat(listed.lastExchangedAt()).isNotNull();

        fixture.clock().advance(DAY);
        assertThat(shares().exchange(HERE, issued.secret(), bob)).isEmpty();
        assertThat(shares().findCode(HERE, issued.secret())).isEmpty();
        assertThat(shares().codes(HERE, ada.id(), null, 0, 10).codes()).isEmpty();
        assertThat(mayOpen(bob, "")).isTrue();
    }

    @Test
    void codes_are_deleted_by_themselves_by_number_or_all() {
        var one = shares().createCode(PLATFORM, server, List.of("access:servers"), DAY);
        var two = shares().createCode(PLATFORM, server, List.of("access:servers"), DAY);
        shares().createCode(PLATFORM, server, List.of("access:servers"), DAY);
        var other = new SharedServer(HERE, ada, "other");

        assertThat(shares().deleteCode(PLATFORM, other, one.secret())).isFalse();
        assertThat(shares().deleteCode(PLATFORM, server, one.secret())).isTrue();
        assertThat(shares().deleteCode(PLATFORM, server, Secret.random())).isFalse();
        assertThat(shares().deleteCode(PLATFORM, server, two.code().id())).isTrue();
        assertThat(shares().deleteCode(PLATFORM, server, two.code().id())).isFalse();
        assertThat(shares().deleteCode(PLATFORM, server, "sc_x")).isFalse();
        shares().deleteCodes(PLATFORM, server);
        assertThat(shares().codes(HERE, ada.id(), null, 0, 10).total()).isZero();
        refused(
                "share.expiry-invalid",
                () ->
                        shares().createCode(
                                        PLATFORM,
                                        server,
                                        List.of("access:servers"),
                                        Duration.ofSeconds(59)));
    }
}
