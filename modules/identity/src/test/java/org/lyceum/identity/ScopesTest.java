package org.lyceum.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.ContractRow;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Goal: scopes mean exactly what they mean in JupyterHub 5.5. Method: the tables of the contract's
 * §5, written out.
 */
class ScopesTest {

    /** ada is in staff and class; bob in class; eve in nothing. */
    private static final Membership MEMBERS =
            new Membership() {
                private final Map<String, Set<String>> groups =
                        Map.of("ada", Set.of("staff", "class"), "bob", Set.of("class"));

                @Override
                public Set<String> groupsOf(String user) {
                    return groups.getOrDefault(user, Set.of());
                }

                @Override
                public Set<String> membersOf(String group) {
                    return groups.entrySet().stream()
                            .filter(entry -> entry.getValue().contains(group))
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet());
                }
            };

    private static Scopes of(String... written) {
        return Scopes.of(List.of(written));
    }

    private static final Grants GRANTS = new Grants(ScopeTree.BUILT_IN);

    private static Scopes user(String... roleScopes) {
        return GRANTS.ofUser("ada", List.of(roleScopes));
    }

    private static Scopes service(String... roleScopes) {
        return GRANTS.ofService("culler", List.of(roleScopes));
    }

    /** {@code "a b c"} as a list; filters in these tests hold no spaces. */
    private static List<String> words(String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "admin:users | admin:auth_state admin:users delete:users list:users"
                        + " read:roles:users read:users read:users:activity read:users:groups"
                        + " read:users:name users users:activity",
                "users | list:users read:users read:users:activity read:users:groups"
                        + " read:users:name users users:activity",
                "read:users | read:users read:users:activity read:users:groups read:users:name",
                "list:users | list:users read:users:name",
                "users:activity | read:users:activity users:activity",
                "admin:servers | admin:server_state admin:servers delete:servers read:servers"
                        + " read:users:name servers",
                "servers | delete:servers read:servers read:users:name servers",
                "read:servers | read:servers read:users:name",
                "tokens | read:tokens tokens",
                "admin:groups | admin:groups delete:groups groups list:groups read:groups"
                        + " read:groups:name read:roles:groups",
                "groups | groups list:groups read:groups read:groups:name",
                "admin:services | admin:services list:services read:roles:services read:services"
                        + " read:services:name",
                "read:services | read:services read:services:name",
                "read:roles | read:roles read:roles:groups read:roles:services read:roles:users",
                "shares | access:servers groups:shares read:groups:shares read:shares"
                        + " read:users:shares shares users:shares",
                "admin-ui | admin-ui",
                "access:servers | access:servers",
                "access:services | access:services",
                "read:hub | read:hub",
                "proxy | proxy",
                "shutdown | shutdown",
                "read:metrics | read:metrics",
                "delete:users | delete:users",
                "delete:servers | delete:servers"
            })
    void a_scope_brings_all_below_it_in_the_tree(String scope, String expanded) {
        assertThat(of(scope).written()).isEqualTo(words(expanded));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read:users!user=ada | read:users!user=ada read:users:activity!user=ada"
                        + " read:users:groups!user=ada read:users:name!user=ada",
                "servers!group=class | delete:servers!group=class read:servers!group=class"
                        + " read:users:name!group=class servers!group=class",
                "servers!server=ada/x | delete:servers!server=ada/x read:servers!server=ada/x"
                        + " servers!server=ada/x",
                "groups!group=g | groups!group=g list:groups!group=g read:groups!group=g"
                        + " read:groups:name!group=g",
                "read:services!service=s | read:services!service=s read:services:name!service=s"
            })
    void the_filter_comes_along_but_a_server_says_nothing_about_its_user(
            String scope, String expanded) {
        assertThat(of(scope).written()).isEqualTo(words(expanded));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access:servers access:servers!user=ada | access:servers",
                "access:servers!server=ada/x access:servers!user=ada | access:servers!user=ada",
                "access:servers!server=ada/x access:servers!user=bob"
                        + " | access:servers!server=ada/x access:servers!user=bob"
            })
    void what_a_wider_scope_covers_is_not_listed(String written, String listed) {
        assertThat(Scopes.of(words(written)).written()).isEqualTo(words(listed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "read:user",
                "READ:USERS",
                "read:users!",
                "read:users!user=",
                "read:users!nobody=x",
                "read:users!group",
                "access:servers!server=ada",
                "access:servers!server=/x",
                "read:users!user",
                "inherit",
                "custom:x"
            })
    void what_is_no_scope_is_refused(String written) {
        assertThatThrownBy(() -> of(written))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> {
                            assertThat(problem.code()).isEqualTo("scope.unknown");
                            assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
                        });
    }

    @Test
    void names_with_any_characters_can_stand_in_a_filter() {
        for (var name : List.of("a@b.c", "my name", "a!b=c", "pct%41", "é", "李")) {
            var scopes = of("read:users:name!user=" + name, "servers!server=" + name + "/my srv");
            assertThat(scopes.allows("read:users:name", new Target.OfUser(name, Set.of())))
                    .isTrue();
            assertThat(scopes.allows("servers", new Target.OfServer(name, "my srv", Set.of())))
                    .isTrue();
            assertThat(Scopes.of(scopes.written())).isEqualTo(scopes);
        }
    }

    private static final Target ADA = new Target.OfUser("ada", Set.of("staff", "class"));
    private static final Target ADA_X = new Target.OfServer("ada", "x", Set.of("staff", "class"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // held                | for ada | for ada/x | for everything
                "servers               | ALLOWED      | ALLOWED      | ALLOWED",
                "servers!user=ada      | ALLOWED      | ALLOWED      | FILTERED_OUT",
                "servers!user=bob      | FILTERED_OUT | FILTERED_OUT | FILTERED_OUT",
                "servers!group=staff   | ALLOWED      | ALLOWED      | FILTERED_OUT",
                "servers!group=other   | FILTERED_OUT | FILTERED_OUT | FILTERED_OUT",
                "servers!server=ada/x  | FILTERED_OUT | ALLOWED      | FILTERED_OUT",
                "servers!server=ada/   | FILTERED_OUT | FILTERED_OUT | FILTERED_OUT",
                "servers!service=ada   | FILTERED_OUT | FILTERED_OUT | FILTERED_OUT",
                "read:users            | LACKING      | LACKING      | LACKING"
            })
    @ContractRow(61)
    void a_check_tells_lacking_from_filtered_out(
            String held, Decision user, Decision server, Decision everything) {
        var scopes = of(held);
        assertThat(scopes.check(Set.of("servers"), ADA)).isEqualTo(user);
        assertThat(scopes.check(Set.of("servers"), ADA_X)).isEqualTo(server);
        assertThat(scopes.check(Set.of("servers"), Target.EVERYTHING)).isEqualTo(everything);
    }

    @Test
    void any_of_several_required_scopes_is_enough() {
        var scopes = of("read:users:name!user=ada", "read:servers!user=bob");
        var required = Set.of("read:users", "read:users:name", "read:servers");

        assertThat(scopes.check(required, ADA)).isEqualTo(Decision.ALLOWED);
        assertThat(scopes.check(required, new Target.OfUser("bob", Set.of())))
                .isEqualTo(Decision.ALLOWED);
        assertThat(scopes.check(required, new Target.OfUser("eve", Set.of())))
                .isEqualTo(Decision.FILTERED_OUT);
        assertThat(scopes.check(Set.of("proxy"), ADA)).isEqualTo(Decision.LACKING);
    }

    @Test
    void groups_and_services_are_targets_of_their_own() {
        var scopes = of("read:groups!group=g", "access:services!service=s");

        assertThat(scopes.allows("read:groups", new Target.OfGroup("g"))).isTrue();
        assertThat(scopes.allows("read:groups", new Target.OfGroup("h"))).isFalse();
        assertThat(scopes.allows("access:services", new Target.OfService("s"))).isTrue();
        assertThat(scopes.allows("access:services", new Target.OfService("t"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // one | other | what both hold
                "proxy | proxy | proxy",
                "proxy | shutdown |",
                "access:servers | access:servers!user=ada | access:servers!user=ada",
                "access:servers!user=ada | access:servers!user=bob |",
                "access:servers!user=ada | access:servers!server=ada/x"
                        + " | access:servers!server=ada/x",
                "access:servers!user=bob | access:servers!server=ada/x |",
                "access:servers!server=ada/x | access:servers!server=ada/ |",
                "access:servers!group=class | access:servers!user=ada | access:servers!user=ada",
                "access:servers!group=class | access:servers!user=eve |",
                "access:servers!group=class | access:servers!server=bob/"
                        + " | access:servers!server=bob/",
                "access:servers!group=staff | access:servers!server=bob/ |",
                "access:servers!group=class | access:servers!group=class"
                        + " | access:servers!group=class",
                "access:servers!group=class | access:servers!group=staff | access:servers!user=ada",
                "access:servers!group=class access:servers!group=staff | access:servers!group=class"
                        + " | access:servers!group=class",
                "access:services!service=a | access:services | access:services!service=a",
                "access:services!service=a | access:services!service=b |"
            })
    void an_intersection_keeps_the_narrower_side(String one, String other, String both) {
        var left = Scopes.of(words(one));
        var right = Scopes.of(words(other));

        assertThat(left.intersect(right, MEMBERS).written()).isEqualTo(words(both));
        assertThat(right.intersect(left, MEMBERS).written()).isEqualTo(words(both));
    }

    @Test
    void a_union_holds_what_either_holds() {
        var both = of("read:hub", "tokens!user=ada").union(of("tokens!user=bob", "proxy"));

        assertThat(both.written())
                .containsExactly(
                        "proxy",
                        "read:hub",
                        "read:tokens!user=ada",
                        "read:tokens!user=bob",
                        "tokens!user=ada",
                        "tokens!user=bob");
    }

    @Test
    void a_list_says_whether_it_lies_within_another() {
        assertThat(of("servers!user=ada").within(of("servers"), MEMBERS)).isTrue();
        assertThat(of("servers!user=ada").within(of("servers!group=class"), MEMBERS)).isTrue();
        assertThat(of("servers").within(of("servers!user=ada"), MEMBERS)).isFalse();
        assertThat(of("servers", "proxy").within(of("servers"), MEMBERS)).isFalse();
        assertThat(
                        of("servers!group=class")
                                .within(of("servers!group=class", "servers!group=staff"), MEMBERS))
                .isTrue();
    }

    @Test
    void the_default_role_of_a_user_is_the_list_of_the_contract() {
        var names =
                List.of(
                        "access:servers",
                        "delete:servers",
                        "read:servers",
                        "read:shares",
                        "read:tokens",
                        "read:users",
                        "read:users:activity",
                        "read:users:groups",
                        "read:users:name",
                        "read:users:shares",
                        "servers",
                        "tokens",
                        "users:activity",
                        "users:shares");

        assertThat(user("self").written())
                .isEqualTo(names.stream().map(name -> name + "!user=ada").toList());
    }

    /** Contract §5.5. */
    @Test
    void a_plain_user_may_do_what_the_sanity_table_says() {
        var ada = user("self");
        var bob = new Target.OfUser("bob", Set.of());

        assertThat(ada.check(Set.of("read:users"), ADA)).isEqualTo(Decision.ALLOWED);
        assertThat(ada.check(Set.of("servers"), ADA_X)).isEqualTo(Decision.ALLOWED);
        assertThat(ada.check(Set.of("tokens"), ADA)).isEqualTo(Decision.ALLOWED);
        assertThat(ada.check(Set.of("users:activity"), ADA)).isEqualTo(Decision.ALLOWED);
        assertThat(ada.check(Set.of("list:users"), Target.EVERYTHING)).isEqualTo(Decision.LACKING);
        assertThat(ada.check(Set.of("read:users"), bob)).isEqualTo(Decision.FILTERED_OUT);
        assertThat(ada.check(Set.of("access:servers"), new Target.OfServer("bob", "", Set.of())))
                .isEqualTo(Decision.FILTERED_OUT);
        assertThat(ada.check(Set.of("access:services"), new Target.OfService("culler")))
                .isEqualTo(Decision.LACKING);
        assertThat(ada.check(Set.of("shares"), ADA)).isEqualTo(Decision.LACKING);
        assertThat(ada.check(Set.of("admin:users"), Target.EVERYTHING)).isEqualTo(Decision.LACKING);
    }

    @Test
    void groups_add_to_what_a_user_holds_and_self_gives_a_service_nothing() {
        var ada = user("self", "access:services", "read:servers!group=class");

        assertThat(ada.allows("access:services", Target.EVERYTHING)).isTrue();
        assertThat(ada.allows("read:servers", new Target.OfServer("bob", "", Set.of("class"))))
                .isTrue();
        assertThat(service("self").written()).isEmpty();
        assertThat(service("read:services!service").written())
                .containsExactly(
                        "read:services!service=culler", "read:services:name!service=culler");
    }

    @Test
    void an_answer_never_names_access_to_a_sibling_server() {
        var wide = of("access:servers!server=ada/other", "access:servers!server=ada/", "proxy");

        assertThat(wide.writtenFor("ada/")).containsExactly("access:servers!server=ada/", "proxy");
        assertThat(wide.writtenFor(null)).containsExactly("proxy");
        assertThat(of("access:servers").writtenFor("ada/")).containsExactly("access:servers");
        assertThat(of("access:servers!user=ada").writtenFor(null))
                .containsExactly("access:servers!user=ada");
    }

    @Test
    void access_to_a_groups_servers_is_answered_as_access_to_its_members() {
        var scopes = of("access:servers!group=class").withMembersOfAccess(MEMBERS);

        assertThat(scopes.writtenFor(null))
                .containsExactly("access:servers!user=ada", "access:servers!user=bob");
        assertThat(scopes.allows("access:servers", new Target.OfServer("bob", "", Set.of("class"))))
                .isTrue();
    }

    @Test
    void every_scope_has_a_sentence_and_a_name_of_its_own() {
        assertThat(Arrays.stream(ScopeName.values()).map(ScopeName::text))
                .doesNotHaveDuplicates()
                .hasSize(ScopeName.values().length);
        assertThat(Arrays.stream(ScopeName.values()).map(ScopeName::sentence))
                .allMatch(sentence -> sentence.endsWith("."));
    }

    @Test
    void custom_scopes_come_with_their_subscopes_and_mean_nothing_where_they_are_not_declared() {
        var tree =
                ScopeTree.with(
                        List.of(
                                custom("custom:grades:write", "custom:grades:read"),
                                custom("custom:grades:read", "custom:grades:write")));
        var written = List.of("custom:grades:read!group=class", "read:hub");

        assertThat(new Grants(tree).ofUser("ada", written).written())
                .containsExactly(
                        "custom:grades:read!group=class",
                        "custom:grades:write!group=class",
                        "read:hub");
        assertThat(GRANTS.ofUser("ada", written).written()).containsExactly("read:hub");
        assertThatThrownBy(() -> Scope.parse("custom:Grades")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Scope.parse("custom:x-")).isInstanceOf(Problem.class);
    }

    private static CustomScope custom(String name, String... subscopes) {
        return new CustomScope(name, "a test's", List.of(subscopes), 0);
    }
}
