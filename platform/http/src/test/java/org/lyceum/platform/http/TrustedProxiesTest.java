package org.lyceum.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class TrustedProxiesTest {

    @Test
    void an_address_inside_a_written_network_is_trusted_and_no_other() {
        var trusted = TrustedProxies.of(List.of("10.1.0.0/16", "192.168.7.9", "fd00::/8"));

        assertThat(List.of("10.1.255.1", "192.168.7.9", "fd12::1")).allMatch(trusted);
        assertThat(List.of("10.2.0.1", "192.168.7.8", "fe80::1", "", "nonsense"))
                .noneMatch(trusted);
    }

    @Test
    void nobody_is_trusted_when_nothing_is_written() {
        assertThat(TrustedProxies.of(List.of()).test("127.0.0.1")).isFalse();
    }

    @Test
    void a_network_that_is_none_is_refused() {
        assertThatThrownBy(() -> TrustedProxies.of(List.of("10.0.0.0/33")))
                .hasMessageContaining("10.0.0.0/33");
        assertThatThrownBy(() -> TrustedProxies.of(List.of("proxy.example")))
                .hasMessageContaining("proxy.example");
    }
}
