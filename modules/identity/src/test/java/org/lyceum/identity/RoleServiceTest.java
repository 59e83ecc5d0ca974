package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.lyceum.identity.IdentityFixture.HERE;
import static org.lyceum.identity.IdentityFixture.PLATFORM;
import static org.lyceum.identity.IdentityFixture.THERE;
import static org.lyceum.identity.IdentityFixture.refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.audit.AuditEntry;
import org.lyceum.platform.testing.SecurityStatement;

import java.util.List;
import java.util.Set;

/**
 * Goal: roles and custom scopes are JupyterHub's, but changeable, and count from the next request.
 */
class RoleServiceTest {

    @RegisterExtension final IdentityFixture fixture = new IdentityFixture();

    private RoleService roles() {
        return fixture.identity.roles();
    }

    private static Role.Draft of(String... scopes) {
        return new Role.Draft("a test's", List.of(scopes));
    }

    /** Contract §5.4. */
    @Test
    void every_community_has_jupyterhubs_four_roles_from_the_beginning() {
        for (var community : List.of(HERE, THERE)) {
            assertThat(roles().list(community))
                    .allMatch(Role::builtIn)
                    .extracting(Role::name, Role::scopes)
                    .containsExactlyInAnyOrder(
                            tuple("user", List.of("self")),
                            tuple("token", List.of("inherit")),
                            tuple(
                                    "server",
                                    List.of("access:servers!server", "users:activity!user")),
                            tuple(
                                    "admin",
                                    List.of(
                                            "access:servers",
                                            "access:services",
                                            "admin-ui",
                                            "admin:groups",
                                            "admin:servers",
                                            "admin:services",
                                            "admin:users",
                                            "list:services",
                                            "proxy",
                                            "read:hub",
                                            "read:metrics",
                                            "read:roles",
                                            "read:services",
                                            "shares",
                                            "shutdown",
                                            "tokens")));
        }
    }

    @Test
    void an_administrator_holds_the_admin_role_without_filters() {
        var admin = fixture.browser(fixture.admin("root")).scopes();

        for (var scope : roles().find(HERE, "admin").orElseThrow().scopes()) {
            assertThat(admin.allows(scope, Target.EVERYTHING)).as(scope).isTrue();
        }
        assertThat(admin.written()).noneMatch(scope -> scope.contains("!"));
    }

    @Test
    @SecurityStatement(42)
    void what_a_role_allows_counts_from_the_next_request_on() {
        var ada = fixture.user("ada");
        var token = fixture.token(ada);
        var role = roles().create(PLATFORM, HERE, "grader", of("list:users"));
        assertThat(fixture.caller(token).scopes().holdsAny("list:users")).isFalse();

        roles().give(PLATFORM, HERE, "grader", new RoleHolder.OfUser(ada.id()));
        assertThat(fixture.caller(token).scopes().holdsAny("list:users")).isTrue();

        roles().change(PLATFORM, HERE, "grader", role.version(), of("read:hub"));
        assertThat(fixture.caller(token).scopes().holdsAny("list:users")).isFalse();
        assertThat(fixture.caller(token).scopes().holdsAny("read:hub")).isTrue();

        roles().take(PLATFORM, HERE, "grader", new RoleHolder.OfUser(ada.id()));
        assertThat(fixture.caller(token).scopes().holdsAny("read:hub")).isFalse();
    }

    @Test
    void a_role_of_one_community_allows_nothing_in_another() {
        var ada = fixture.user("ada");
        roles().give(PLATFORM, HERE, "admin", new RoleHolder.OfUser(ada.id()));

        assertThat(fixture.identity.tokens().scopesOf(HERE, ada).holdsAny("admin:users")).isTrue();
        assertThat(fixture.identity.tokens().scopesOf(THERE, ada).holdsAny("admin:users"))
                .isFalse();
        assertThat(roles().ofUsers(HERE, List.of(ada.id())))
                .containsEntry(ada.id(), List.of("admin"));
        assertThat(roles().ofUser(THERE, ada.id())).isEmpty();
    }

    @Test
    void who_leaves_or_is_removed_holds_nothing_any_more() {
        var ada = fixture.user("ada");
        var service = fixture.service("culler", "delete:servers");
        fixture.identity.groups().create(PLATFORM, HERE, "tas", List.of("ada"));
        var role = fixture.giveGroup("tas", "proxy");
        roles().give(PLATFORM, HERE, role, new RoleHolder.OfUser(ada.id()));
        roles().give(PLATFORM, HERE, role, new RoleHolder.OfService(service.id()));

        assertThat(roles().holders(roles().find(HERE, role).orElseThrow()))
                .isEqualTo(new Role.Holders(List.of("ada"), List.of("tas"), List.of("culler")));
        fixture.leave(ada, HERE);
        fixture.identity.groups().delete(PLATFORM, HERE, "tas");
        fixture.identity.services().delete(PLATFORM, HERE, "culler");

        assertThat(roles().holders(roles().find(HERE, role).orElseThrow()))
                .isEqualTo(new Role.Holders(List.of(), List.of(), List.of()));
        assertThat(fixture.browser(ada).scopes().holdsAny("proxy")).isFalse();
    }

    @Test
    void filters_follow_the_names_of_whom_they_are_about() {
        var bob = fixture.user("bob");
        roles().create(PLATFORM, HERE, "helper", of("servers!user=bob", "self"));

        fixture.identity.users().change(PLATFORM, bob.id(), "robert", null);

        assertThat(roles().find(HERE, "helper").orElseThrow().scopes())
                .containsExactly("self", "servers!user=robert");
        refused(
                "scope.unknown",
                () -> roles().create(PLATFORM, HERE, "other", of("servers!user=nobody")));
    }

    @Test
    void edits_of_what_somebody_else_has_edited_are_refused() {
        var seen = roles().create(PLATFORM, HERE, "grader", of("read:hub"));
        var after = roles().change(PLATFORM, HERE, "grader", seen.version(), of("proxy"));

        assertThat(after.version()).isEqualTo(seen.version() + 1);
        refused(
                "role.stale",
                () -> roles().change(PLATFORM, HERE, "grader", seen.version(), of("read:hub")));
        refused("role.stale", () -> roles().delete(PLATFORM, HERE, "grader", seen.version()));
        roles().delete(PLATFORM, HERE, "grader", after.version());
        refused("role.unknown", () -> roles().delete(PLATFORM, HERE, "grader", 0));
        assertThat(fixture.audit.latest(3))
                .extracting(AuditEntry::action)
                .containsExactly("ROLE_DELETED", "ROLE_CHANGED", "ROLE_CREATED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Grader", "1st", "ends-", "with space", "", "ümlaut"})
    void names_are_jupyterhubs(String name) {
        refused("role.name-invalid", () -> roles().create(PLATFORM, HERE, name, of()));
    }

    @Test
    void the_four_stay_and_admin_stays_as_it_is() {
        var user = roles().find(HERE, "user").orElseThrow();
        refused("role.fixed", () -> roles().change(PLATFORM, HERE, "admin", 0, of("self")));
        refused("role.built-in", () -> roles().delete(PLATFORM, HERE, "user", user.version()));
        refused("role.exists", () -> roles().create(PLATFORM, HERE, "user", of()));
        refused(
                "role.not-given",
                () -> roles().give(PLATFORM, HERE, "server", new RoleHolder.OfService(1)));
        refused(
                "role.server-needs",
                () -> roles().change(PLATFORM, HERE, "server", 0, of("users:activity!user")));

        roles().change(PLATFORM, HERE, "user", user.version(), of("self", "access:services"));
        var ada = fixture.browser(fixture.user("ada")).scopes();
        assertThat(ada.allows("access:services", Target.EVERYTHING)).isTrue();
    }

    @Test
    void tokens_get_what_the_roles_token_and_server_say() {
        var ada = fixture.user("ada");
        roles().change(PLATFORM, HERE, "token", 0, of("read:users!user"));
        roles().change(
                        PLATFORM,
                        HERE,
                        "server",
                        0,
                        of("users:activity!user", "access:servers!server", "read:users!user"));

        assertThat(fixture.caller(fixture.token(ada)).scopes().holdsAny("servers")).isFalse();
        var own =
                fixture.identity
                        .tokens()
                        .issue(PLATFORM, new TokenRequest.Server(HERE, ada, 7, "", "server"))
                        .secret();
        assertThat(fixture.caller(own).answerScopes(null))
                .contains("read:users!user=ada", "access:servers!server=ada/");
    }

    @Test
    void custom_scopes_are_declared_held_and_withdrawn() {
        var scopes = fixture.identity.scopes();
        var read = new CustomScope("custom:grades:read", "Read grades.", List.of(), 0);
        var write =
                new CustomScope(
                        "custom:grades:write", "Write grades.", List.of("custom:grades:read"), 0);
        refused("scope.unknown", () -> roles().create(PLATFORM, HERE, "ta1", of(read.name())));
        refused("scope.subscope-unknown", () -> scopes.declare(PLATFORM, HERE, write));
        scopes.declare(PLATFORM, HERE, read);
        scopes.declare(PLATFORM, HERE, write);
        refused("scope.exists", () -> scopes.declare(PLATFORM, HERE, read));

        var ada = fixture.user("ada");
        var role = fixture.give(new RoleHolder.OfUser(ada.id()), write.name());
        var token = fixture.token(ada);
        assertThat(fixture.caller(token).answerScopes(null)).contains(read.name(), write.name());
        assertThat(fixture.identity.scopes().list(THERE)).isEmpty();
        refused("scope.in-use", () -> scopes.delete(PLATFORM, HERE, write.name(), 0));
        refused("scope.in-use", () -> scopes.delete(PLATFORM, HERE, read.name(), 0));

        roles().delete(PLATFORM, HERE, role, 0);
        scopes.change(PLATFORM, HERE, new CustomScope(write.name(), "Write grades.", List.of(), 0));
        refused("scope.stale", () -> scopes.delete(PLATFORM, HERE, write.name(), 0));
        scopes.delete(PLATFORM, HERE, read.name(), 0);
        assertThat(scopes.list(HERE)).extracting(CustomScope::name).containsExactly(write.name());
    }

    @Test
    void a_token_that_names_a_withdrawn_scope_goes_on_without_it() {
        var scopes = fixture.identity.scopes();
        scopes.declare(
                PLATFORM, HERE, new CustomScope("custom:grades", "Read grades.", List.of(), 0));
        var ada = fixture.user("ada");
        var role = fixture.give(new RoleHolder.OfUser(ada.id()), "custom:grades");
        var token = fixture.token(ada, "custom:grades", "read:users!user");
        assertThat(fixture.caller(token).answerScopes(null)).contains("custom:grades");

        roles().delete(PLATFORM, HERE, role, 0);
        scopes.delete(PLATFORM, HERE, "custom:grades", 0);

        assertThat(Set.copyOf(fixture.caller(token).answerScopes(null)))
                .contains("read:users!user=ada")
                .doesNotContain("custom:grades");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"grades", "custom:", "custom:a", "custom:A:b", "custom:a-", "custom:-a"})
    void names_of_custom_scopes_are_jupyterhubs(String name) {
        refused(
                "scope.name-invalid",
                () ->
                        fixture.identity
                                .scopes()
                                .declare(PLATFORM, HERE, new CustomScope(name, "x", List.of(), 0)));
    }
}
