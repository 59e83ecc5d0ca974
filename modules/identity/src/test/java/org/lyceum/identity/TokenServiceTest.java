package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.PLATFORM;
import static org.lyceum.identity.IdentityFixture.THERE;
import static org.lyceum.identity.IdentityFixture.draft;
import static org.lyceum.identity.IdentityFixture.refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Goal: a token gives exactly what was granted and is still held, and nothing once it is over. */
class TokenServiceTest {

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    private TokenService tokens() {
        return fixture.identity.tokens();
    }

    private Token.Issued issueFor(User user, Duration life) {
        var request = new TokenRequest.Api(HERE, new Owner.OfUser(user), List.of(), "note", life);
        return tokens().issue(user.actor(), request);
    }

    private Secret serverToken(User owner, long serverId, String name) {
        var request = new TokenRequest.Server(HERE, owner, serverId, name, "Server at /user/…");
        return tokens().issue(PLATFORM, request).secret();
    }

    @Test
    @ContractRow({30, 71})
    void a_token_without_scopes_holds_all_its_owner_holds_and_is_shown_once() {
        var ada = fixture.user("ada");
        var issued = fixture.issue(ada);

        var caller = fixture.caller(issued.secret());

        assertThat(caller.scopes()).isEqualTo(fixture.browser(ada).scopes());
        assertThat(caller.tokenId()).isEqualTo(issued.token().id()).matches("a\\d+");
        assertThat(caller.sessionId()).isNull();
        assertThat(caller.via()).isEqualTo(Via.TOKEN);
        assertThat(caller.actor()).isEqualTo(ada.actor());
        assertThat(caller.answerScopes()).contains("access:servers!user=ada", "tokens!user=ada");
        assertThat(issued.token().oauthClient()).isEqualTo("JupyterHub");
        assertThat(issued.token().kind()).isEqualTo(Token.Kind.API);
        var rows = fixture.database().read(sql -> sql.fetch("SELECT * FROM identity_token"));
        assertThat(rows.toString()).doesNotContain(issued.secret().reveal());
    }

    @Test
    @ContractRow({20, 73})
    void unknown_expired_and_revoked_tokens_are_all_the_same_nothing() {
        var ada = fixture.user("ada");
        var expiring = issueFor(ada, Duration.ofSeconds(1));
        var revoked = fixture.issue(ada);
        tokens().revoke(ada.actor(), revoked.token());
        fixture.clock().advance(Duration.ofSeconds(2));

        for (var token :
                List.of(
                        expiring.secret(),
                        revoked.secret(),
                        Secret.random(),
                        Secret.presented(""),
                        Secret.presented("x".repeat(100_000)),
                        Secret.presented(fixture.issue(ada).secret().hash()))) {
            assertThat(tokens().authenticate(HERE, token)).isEmpty();
        }
        assertThat(tokens().find(HERE, expiring.token().id())).isEmpty();
    }

    @Test
    @SecurityStatement(43)
    void a_token_of_one_community_is_unknown_in_another() {
        var ada = fixture.user("ada");
        var issued = fixture.issue(ada);

        assertThat(tokens().authenticate(THERE, issued.secret())).isEmpty();
        assertThat(tokens().find(THERE, issued.token().id())).isEmpty();
        assertThat(tokens().list(THERE, new Owner.OfUser(ada))).isEmpty();
    }

    @Test
    @ContractRow(12)
    @SecurityStatement(41)
    void a_servers_own_token_holds_five_scopes_and_not_one_more() {
        for (var user : List.of(fixture.user("alice"), fixture.admin("a@b c"))) {
            var name = user.name();
            var caller = fixture.caller(serverToken(user, user.id().value(), ""));

            assertThat(caller.answerScopes())
                    .containsExactly(
                            "access:servers!server=" + name + "/",
                            "read:users:activity!user=" + name,
                            "read:users:groups!user=" + name,
                            "read:users:name!user=" + name,
                            "users:activity!user=" + name);
            assertThat(caller.scopes().written()).isEqualTo(caller.answerScopes());
            assertThat(caller.sessionId()).isNull();
            assertThat(caller.check(Set.of("servers"), new Target.OfServer(name, "", Set.of())))
                    .isEqualTo(Decision.LACKING);
            assertThat(caller.check(Set.of("list:users"), Target.EVERYTHING))
                    .isEqualTo(Decision.LACKING);
        }
    }

    @Test
    void a_named_servers_token_opens_that_server_only() {
        var caller = fixture.caller(serverToken(fixture.user("alice"), 7, "my srv"));

        assertThat(caller.answerScopes()).contains("access:servers!server=alice/my srv");
        assertThat(
                        caller.scopes()
                                .allows(
                                        "access:servers",
                                        new Target.OfServer("alice", "", Set.of())))
                .isFalse();
    }

    @Test
    @ContractRow(32)
    void a_token_never_tells_a_server_of_its_siblings() {
        var ada = fixture.user("ada");
        var token = fixture.token(ada, "access:servers!server=ada/other", "read:users!user");

        var caller = fixture.caller(token);

        assertThat(caller.answerScopes()).noneMatch(scope -> scope.startsWith("access:servers"));
        assertThat(
                        caller.scopes()
                                .allows(
                                        "access:servers",
                                        new Target.OfServer("ada", "other", Set.of())))
                .isTrue();
    }

    @Test
    @ContractRow(31)
    void a_limited_token_holds_what_was_asked_and_who_its_owner_is() {
        var ada = fixture.user("ada");
        var caller = fixture.caller(fixture.token(ada, "read:users:activity!user"));

        assertThat(caller.answerScopes())
                .containsExactly(
                        "read:users:activity!user=ada",
                        "read:users:groups!user=ada",
                        "read:users:name!user=ada");
    }

    @Test
    @ContractRow(72)
    void nobody_gets_a_token_for_what_its_owner_does_not_hold() {
        var ada = fixture.user("ada");
        fixture.user("bob");

        refused("scope.not-held", () -> fixture.issue(ada, "admin:users"))
                .withMessage("Not assigning requested scopes admin:users not held by User ada");
        refused("scope.not-held", () -> fixture.issue(ada, "tokens", "servers!user=bob"));
        refused("scope.unknown", () -> fixture.issue(ada, "read:everything"));
        // Whether somebody exists is not told to who could not read them anyway.
        refused("scope.not-held", () -> fixture.issue(ada, "read:users!user=nobody"));
        fixture.issue(ada, "self");
        fixture.issue(ada, "all");
        fixture.issue(ada, "(no_scope)");
        var boss = fixture.admin("boss");
        fixture.issue(boss, "servers!user=bob");
        refused("scope.unknown", () -> fixture.issue(boss, "read:users!user=nobody"));
    }

    @Test
    @SecurityStatement(41)
    void a_token_loses_what_its_owner_loses_and_gets_it_back() {
        fixture.admin("other");
        var boss = fixture.admin("boss");
        var token = fixture.token(boss, "admin:users", "servers!user");
        assertThat(fixture.caller(token).scopes().holdsAny("admin:users")).isTrue();

        fixture.identity.users().change(PLATFORM, boss.id(), null, false);

        var demoted = fixture.caller(token).scopes();
        assertThat(demoted.holdsAny("admin:users")).isFalse();
        assertThat(demoted.holdsAny("servers")).isTrue();
        // admin:users brought read:users for everybody: what is left of it is one's own.
        assertThat(demoted.allows("read:users", new Target.OfUser("other", Set.of()))).isFalse();
        fixture.identity.users().change(PLATFORM, boss.id(), null, true);
        assertThat(fixture.caller(token).scopes().holdsAny("admin:users")).isTrue();
    }

    @Test
    @SecurityStatement(42)
    @ContractRow(75)
    void a_groups_scopes_reach_its_members_at_once_and_leave_with_them() {
        var ada = fixture.user("ada");
        var groups = fixture.identity.groups();
        groups.create(PLATFORM, HERE, "tas", List.of("ada"));
        var token = fixture.token(ada);
        fixture.giveGroup("tas", "access:services", "read:servers!group=tas");

        assertThat(fixture.caller(token).scopes().allows("access:services", Target.EVERYTHING))
                .isTrue();
        assertThat(fixture.caller(token).answerScopes()).contains("read:servers!group=tas");
        groups.removeUsers(PLATFORM, HERE, "tas", List.of("ada"));
        assertThat(fixture.caller(token).scopes().holdsAny("access:services")).isFalse();
    }

    @Test
    void access_to_a_groups_servers_is_told_to_servers_as_its_members() {
        var ada = fixture.user("ada");
        fixture.user("bob");
        var groups = fixture.identity.groups();
        groups.create(PLATFORM, HERE, "tas", List.of("ada"));
        groups.create(PLATFORM, HERE, "class", List.of("bob"));
        fixture.giveGroup("tas", "access:servers!group=class");

        assertThat(fixture.caller(fixture.token(ada)).answerScopes())
                .contains("access:servers!user=ada", "access:servers!user=bob");
    }

    @Test
    void a_grant_stays_with_whom_it_was_about_when_names_change() {
        var boss = fixture.admin("boss");
        var bob = fixture.user("bob");
        var token = fixture.token(boss, "read:users!user=bob", "servers!server=bob/lab");

        fixture.identity.users().change(PLATFORM, bob.id(), "robert", null);
        fixture.user("bob");

        assertThat(fixture.caller(token).answerScopes())
                .contains("read:users!user=robert", "servers!server=robert/lab")
                .noneMatch(scope -> scope.contains("=bob"));
        fixture.identity.users().delete(PLATFORM, bob.id());
        assertThat(fixture.caller(token).answerScopes())
                .containsExactly("read:users:groups!user=boss", "read:users:name!user=boss");
    }

    @Test
    void a_service_holds_its_scopes_and_an_admin_service_the_admin_role() {
        fixture.service("culler", "list:users", "delete:servers", "access:services!service");
        var admin = fixture.identity.services().create(PLATFORM, HERE, draft("boss", true));
        var culler = fixture.identity.services().find(HERE, "culler").orElseThrow();

        var caller = fixture.caller(serviceToken(culler));

        assertThat(caller.answerScopes())
                .containsExactly(
                        "access:services!service=culler",
                        "delete:servers",
                        "list:users",
                        "read:services:name!service=culler",
                        "read:users:name");
        assertThat(caller.actor()).isEqualTo(new Actor.Service(culler.id(), "culler"));
        assertThat(fixture.caller(serviceToken(admin)).scopes().holdsAny("shutdown")).isTrue();
        fixture.identity.services().delete(PLATFORM, HERE, "culler");
        assertThat(fixture.identity.services().list(HERE)).containsExactly(admin);
    }

    private Secret serviceToken(RegisteredService service) {
        var request = new TokenRequest.Api(HERE, new Owner.OfService(service), List.of(), "", null);
        return tokens().issue(PLATFORM, request).secret();
    }

    @Test
    void use_is_noted_and_lists_show_the_last_used_first_without_the_expired() {
        var ada = fixture.user("ada");
        var first = fixture.issue(ada);
        var second = fixture.issue(ada);
        issueFor(ada, Duration.ofSeconds(1));
        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.caller(first.secret());
        fixture.identity.jobs().getFirst().run();

        var listed = tokens().list(HERE, new Owner.OfUser(ada));

        assertThat(listed)
                .extracting(Token::id)
                .containsExactly(first.token().id(), second.token().id());
        assertThat(listed.getFirst().lastActivityAt()).isEqualTo(fixture.clock().instant());
        assertThat(fixture.identity.users().find(ada.id()).orElseThrow().lastActivityAt())
                .isEqualTo(fixture.clock().instant());
    }

    @Test
    void a_servers_own_calls_are_no_activity_of_its_user() {
        var ada = fixture.user("ada");
        fixture.caller(serverToken(ada, 1, ""));
        fixture.identity.jobs().getFirst().run();

        assertThat(fixture.identity.users().find(ada.id()).orElseThrow().lastActivityAt()).isNull();
    }

    @Test
    void ids_are_found_as_they_are_written_and_never_used_twice() {
        var ada = fixture.user("ada");
        var issued = fixture.issue(ada);
        var id = issued.token().id();

        assertThat(tokens().find(HERE, id)).contains(issued.token());
        for (var wrong :
                List.of("", "a", "12", "b" + id.substring(1), id + "x", "a" + "9".repeat(18))) {
            assertThat(tokens().find(HERE, wrong)).isEmpty();
        }
        tokens().revoke(PLATFORM, issued.token());
        tokens().revoke(PLATFORM, issued.token());
        assertThat(fixture.issue(ada).token().id()).isNotEqualTo(id);
    }

    @Test
    void a_stopped_server_takes_its_token_along_and_leaves_the_others() {
        var ada = fixture.user("ada");
        var one = serverToken(ada, 1, "");
        var two = serverToken(ada, 2, "lab");

        tokens().revokeOfServer(1);

        assertThat(tokens().authenticate(HERE, one)).isEmpty();
        assertThat(tokens().authenticate(HERE, two)).isPresent();
    }

    @Test
    void what_makes_no_sense_is_refused() {
        var ada = fixture.user("ada");
        refused("token.expiry-invalid", () -> issueFor(ada, Duration.ofSeconds(-1)));
        refused("token.expiry-invalid", () -> issueFor(ada, Duration.ZERO));
        refused("token.expiry-invalid", () -> issueFor(ada, Duration.ofDays(40_000)));
        refused(
                "token.note-too-long",
                () ->
                        tokens().issue(
                                        PLATFORM,
                                        new TokenRequest.Api(
                                                HERE,
                                                new Owner.OfUser(ada),
                                                List.of(),
                                                "x".repeat(2_000),
                                                null)));
        fixture.identity.users().delete(PLATFORM, ada.id());
        refused("token.owner-unknown", () -> fixture.issue(ada));
    }

    @Test
    void an_owner_has_at_most_a_thousand_tokens() {
        var ada = fixture.user("ada");
        for (int i = 0; i < TokenRepository.MAX_PER_OWNER; i++) {
            fixture.issue(ada);
        }
        refused("token.too-many", () -> fixture.issue(ada));
    }
}
