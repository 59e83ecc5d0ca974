package org.lyceum.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.ContractRow;
import org.lyceum.platform.testing.SecurityStatement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Goal: a path finds the server it is meant for, however it is spelt. Method: the table alone. */
class RoutesTest {

    private final Routes routes = new Routes();

    private static Route route(String prefix) {
        return new Route(prefix, "127.0.0.1", 8888, Map.of());
    }

    private void have(String... prefixes) {
        for (var prefix : prefixes) {
            routes.put(route(prefix));
        }
    }

    private String find(String rawPath) {
        return routes.match(rawPath).map(Route::prefix).orElse("none");
    }

    @Test
    void what_is_left_to_the_hub_is_named_by_what_follows_a_servers_address_on_any_host() {
        have("/user/a@b.c/", "ada.hub.org/user/ada/");
        routes.leaveToHub((rest, query) -> rest.equals("git-pull") && query.equals("x=1"));
        var target = routes.find("", "/user/a@b.c/git-pull");

        assertThat(routes.leftToHub(target, "/user/a@b.c/git-pull", "x=1")).isTrue();
        assertThat(routes.leftToHub(target, "/user/a@b.c/git-pull", "x=2")).isFalse();
        assertThat(routes.leftToHub(target, "/user/a@b.c/git-pull", null)).isFalse();
        assertThat(routes.leftToHub(target, "/user/a@b.c/git-pull/api", "x=1")).isFalse();
        assertThat(routes.leftToHub(target, "/user/a@b.c", "x=1")).isFalse();
        var apart = routes.find("ada.hub.org", "/user/ada/git-pull");
        assertThat(routes.leftToHub(apart, "/user/ada/git-pull", "x=1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/user/alice/lab, /user/alice/",
        "/user/alice/, /user/alice/",
        "/user/alice, /user/alice/",
        "/user/alice/named/lab, /user/alice/named/",
        "/user/alice/named, /user/alice/named/",
        "/user/alice/name/x, /user/alice/",
        "/user/al/, none",
        "/user/alicex/, none",
        "/user/ALICE/, none",
        "/user/, none",
        "/, none",
        "/hub/user/alice/, none",
        "//user/alice/, none",
        "/user//alice/, none",
        "/user/alice//named/, /user/alice/",
        "/user/a@b.c/x, /user/a@b.c/",
        "/user/a%40b.c/x, /user/a@b.c/",
        "/user/a%40b%2Ec/x, /user/a@b.c/",
        "/%75ser/alice/x, /user/alice/",
        "/user/%C3%A9/x, /user/é/",
        "/user/%c3%a9, /user/é/",
        "/user/%E9/x, none",
        "/user/pct%2541/x, /user/pct%41/",
        "/user/pct%41/x, none",
        "/user%2Falice/x, none",
        "/user/alice%2Fnamed/x, none",
        "/services/whoami, /services/whoami/",
        "/services/whoami?x=/user/alice/, /services/whoami/",
        "/services/whoamix, none",
        "/user/alice/..x/y, /user/alice/",
        "/user/alice/.ipynb_checkpoints/a, /user/alice/",
        "/user/alice/...;/y, /user/alice/",
        "/user/alice/files/a%2Fb%20c?x=%2B&y=../.., /user/alice/",
    })
    @ContractRow(57)
    void the_longest_prefix_of_whole_decoded_segments_wins(String rawPath, String prefix) {
        have("/user/alice/", "/user/alice/named/", "/user/a@b.c/", "/user/é/", "/user/pct%41/");
        have("/services/whoami/");
        assertThat(find(rawPath)).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/user/alice/../bob/",
                "/user/alice/%2e%2e/bob/",
                "/user/alice/.%2E/bob/",
                "/user/alice/%2e./bob/",
                "/user/alice/./lab",
                "/user/alice/%2e/lab",
                "/user/alice/..",
                "/user/alice/%2E%2E",
                "/user/alice/..;/bob",
                "/user/alice/..%3bx/bob",
                "/user/alice/a%2F..%2F..%2Fbob",
                "/user/alice/%zz",
                "/user/alice/%",
                "/user/alice/%4",
                "/user/alice/%+1",
                "user/alice/",
                "",
                "http://x/user/alice/",
                "*",
                "/user/alice/a b",
                "/user/alice/é",
                "/user/alice/#x",
                "/user/alice/?é",
                "/user/alice/\u0001",
            })
    @SecurityStatement(30)
    void what_two_readers_could_read_differently_matches_nothing(String rawPath) {
        have("/user/alice/", "/user/bob/", "/");
        assertThat(find(rawPath)).isEqualTo("none");
    }

    @Test
    void a_route_for_everything_takes_what_is_left() {
        have("/", "/user/alice/");
        assertThat(find("/x")).isEqualTo("/");
        assertThat(find("/user/bob/x")).isEqualTo("/");
        assertThat(find("/user/alice/x")).isEqualTo("/user/alice/");
    }

    @Test
    void a_removed_route_is_gone_at_once_and_told_of() {
        var gone = new ArrayList<String>();
        routes.onRemoved(route -> gone.add(route.prefix()));
        have("/user/a@b.c/");
        routes.remove("/user/a@b.c/");
        routes.remove("/user/nobody/");
        assertThat(find("/user/a%40b.c/")).isEqualTo("none");
        assertThat(gone).containsExactly("/user/a@b.c/");
    }

    @Test
    void putting_the_same_address_again_tells_nobody_and_a_new_one_does() {
        var gone = new ArrayList<Integer>();
        routes.onRemoved(route -> gone.add(route.port()));
        have("/user/a/");
        routes.put(new Route("/user/a/", "127.0.0.1", 8888, Map.of("user", "1")));
        assertThat(gone).isEmpty();
        assertThat(routes.all()).extracting(Route::labels).containsExactly(Map.of("user", "1"));
        routes.put(new Route("/user/a/", "127.0.0.1", 8889, Map.of()));
        assertThat(gone).containsExactly(8888);
        assertThat(routes.all()).extracting(Route::port).containsExactly(8889);
    }

    @Test
    void all_are_listed_by_prefix_in_a_copy() {
        have("/user/b/", "/user/a/");
        List<Route> before = routes.all();
        have("/user/c/");
        assertThat(before).extracting(Route::prefix).containsExactly("/user/a/", "/user/b/");
    }

    @Test
    void the_table_has_an_end() {
        for (int i = 0; i < Routes.MAX_ROUTES; i++) {
            have("/user/u" + i + "/");
        }
        have("/user/u7/");
        assertThatThrownBy(() -> have("/user/one-too-many/"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.BUSY));
        assertThat(find("/user/u19999/lab")).isEqualTo("/user/u19999/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x/",
                "/x",
                "//",
                "/a//b/",
                "/a/../b/",
                "/./",
                "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/"
            })
    void a_prefix_that_could_never_match_is_refused(String prefix) {
        assertThatThrownBy(() -> route(prefix)).isInstanceOf(IllegalArgumentException.class);
    }

    private String match(String host, String rawPath) {
        return routes.match(host, rawPath).map(Route::prefix).orElse("none");
    }

    @Test
    @SecurityStatement(34)
    void a_route_of_a_host_is_found_at_that_host_only() {
        routes.put(route("ada.hub.org/user/ada/"));
        routes.put(route("ada.hub.org/user/ada/lab/"));

        assertThat(match("ada.hub.org", "/user/ada/x")).isEqualTo("ada.hub.org/user/ada/");
        assertThat(match("ada.hub.org", "/user/ada/lab/x")).isEqualTo("ada.hub.org/user/ada/lab/");
        assertThat(match("ada.hub.org", "/user/ad/")).isEqualTo("none");
        assertThat(match("hub.org", "/user/ada/x")).isEqualTo("none");
        assertThat(match("", "/user/ada/x")).isEqualTo("none");
        assertThat(match("hub.org", "/ada.hub.org/user/ada/")).isEqualTo("none");
        routes.remove("ada.hub.org/user/ada/");
        assertThat(match("ada.hub.org", "/user/ada/x")).isEqualTo("none");
    }

    @Test
    void a_route_of_a_host_goes_before_one_of_any_host() {
        routes.put(route("/user/ada/"));
        routes.put(route("maths.org/user/ada/"));

        assertThat(match("maths.org", "/user/ada/")).isEqualTo("maths.org/user/ada/");
        assertThat(match("hub.org", "/user/ada/")).isEqualTo("/user/ada/");
    }

    @Test
    @SecurityStatement(34)
    void on_a_host_kept_apart_routes_of_any_host_do_not_count() {
        routes.put(route("/user/bob/"));
        routes.keepApart(host -> host.endsWith(".hub.org"));

        assertThat(match("ada.hub.org", "/user/bob/")).isEqualTo("none");
        assertThat(match("hub.org", "/user/bob/")).isEqualTo("/user/bob/");
    }
}
