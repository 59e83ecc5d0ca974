package org.lyceum.services;

import org.lyceum.platform.config.ConfigSection;

import java.util.List;

/**
 * {@code services.*} of the configuration.
 *
 * @param targets networks in which services may listen; this machine alone until somebody decides
 *     otherwise. Link-local addresses are never allowed
 */
public record ServicesConfig(List<Network> targets) {

    public ServicesConfig {
        targets = List.copyOf(targets);
    }

    public static ServicesConfig defaults() {
        return of(List.of("127.0.0.0/8", "::1/128"));
    }

    public static ServicesConfig from(ConfigSection services) {
        return of(services.textList("targets", List.of("127.0.0.0/8", "::1/128")));
    }

    private static ServicesConfig of(List<String> written) {
        try {
            return new ServicesConfig(written.stream().map(Network::parse).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("services.targets: " + e.getMessage(), e);
        }
    }
}
