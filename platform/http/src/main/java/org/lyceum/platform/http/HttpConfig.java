package org.lyceum.platform.http;

import org.lyceum.platform.config.ConfigSection;

import java.util.List;

/**
 * {@code http.*} of the configuration: the door for people.
 *
 * @param address what to listen on; loopback until somebody decides otherwise
 * @param port 0 takes any free one (tests)
 * @param trustedProxies peers whose {@code X-Forwarded-*} are believed
 */
public record HttpConfig(String address, int port, TrustedProxies trustedProxies) {

    public HttpConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("http.port must be between 0 and 65535");
        }
    }

    public static HttpConfig from(ConfigSection http) {
        var defaults = defaults();
        return new HttpConfig(
                http.text("address", defaults.address),
                http.integer("port", defaults.port),
                TrustedProxies.of(http.textList("trusted-proxies", List.of())));
    }

    public static HttpConfig defaults() {
        return new HttpConfig("127.0.0.1", 8000, TrustedProxies.of(List.of()));
    }
}
