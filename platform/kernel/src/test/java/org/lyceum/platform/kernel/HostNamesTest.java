package org.lyceum.platform.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: every name gets a host of its own that browsers accept (contract §1.8). */
class HostNamesTest {

    @ParameterizedTest
    @CsvSource({"alice,alice", "a-b,a-b", "jester@mighty.nein,u-jestermi--8037680", "é,xn--9ca"})
    void a_name_becomes_a_label_as_jupyterhub_makes_it(String name, String label) {
        assertThat(HostNames.label(name, "")).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPPER",
                "a.b",
                "a--b",
                "-a",
                "a-",
                "42",
                "a_b",
                "ß",
                "É",
                "a b",
                "a/b",
                "xn--9ca",
                "u-jestermi--8037680",
                "@"
            })
    void what_could_be_taken_for_another_name_is_hashed(String name) {
        assertThat(HostNames.label(name, "")).matches("u-[a-z0-9]{1,8}--[0-9a-f]{7}");
    }

    @Test
    void a_label_and_its_suffix_fit_into_the_63_characters_of_dns() {
        var label = HostNames.label("a".repeat(60), "--service");

        assertThat(label).matches("u-aaaaaaaa--[0-9a-f]{7}--service").hasSizeLessThan(64);
        assertThat(HostNames.label("a".repeat(54), "--service")).startsWith("a".repeat(54));
    }

    @ParameterizedTest
    @CsvSource({
        "Hub.Example.ORG:8000,hub.example.org",
        "hub.example.org.,hub.example.org",
        "hub.example.org.:80,hub.example.org",
        "[::1]:8000,[::1]",
        "[::1],[::1]",
        "127.0.0.1,127.0.0.1"
    })
    void a_host_is_compared_without_port_and_case(String authority, String host) {
        assertThat(HostNames.of(authority)).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example",
                "Example.org",
                "192.0.2.1",
                "a..b",
                "-a.org",
                "a.org.",
                "*.org",
                "é.org",
                "a_b.org",
                "",
                "a.org:80",
                "[::1]"
            })
    void what_is_no_name_of_a_host_is_refused(String host) {
        assertThat(HostNames.valid(host)).isFalse();
        assertThatThrownBy(() -> Origin.parse("https://" + host + "/x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_origin_is_written_as_browsers_do() {
        assertThat(Origin.parse("https://hub.example.org/")).hasToString("https://hub.example.org");
        assertThat(Origin.parse("http://hub.localhost:8000").at("ada.hub.localhost"))
                .hasToString("http://ada.hub.localhost:8000");
        for (var bad : new String[] {"hub.example.org", "ftp://a.org", "https://u@a.org", "x y"}) {
            assertThatThrownBy(() -> Origin.parse(bad)).hasMessageContaining("https://");
        }
    }

    @Test
    void a_host_lies_within_its_domain_only() {
        assertThat(HostNames.within("ada.hub.org", "hub.org")).isTrue();
        assertThat(HostNames.within("hub.org", "hub.org")).isTrue();
        assertThat(HostNames.within("evilhub.org", "hub.org")).isFalse();
        assertThat(HostNames.within("hub.org.evil", "hub.org")).isFalse();
    }
}
