package org.lyceum.community;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.config.ConfigSection;
import org.lyceum.platform.kernel.Origin;

/**
 * {@code hub.*} of the configuration: by which names browsers reach the platform.
 *
 * @param url what people type to reach it; null while nobody has said, and then every address that
 *     leads here will do
 * @param userHosts whether the servers of each user are on a host of their own below that of {@code
 *     url}: {@code ada.hub.example.org}. Wants a wildcard in the DNS and in the certificate
 */
public record HostsConfig(@Nullable Origin url, boolean userHosts) {

    public HostsConfig {
        if (userHosts && url == null) {
            throw new IllegalArgumentException(
                    "hub.user-hosts needs hub.url: users' hosts lie below its host");
        }
    }

    public static HostsConfig from(ConfigSection hub) {
        var written = hub.text("url", "");
        return new HostsConfig(origin(written), hub.flag("user-hosts", false));
    }

    private static @Nullable Origin origin(String written) {
        try {
            return written.isEmpty() ? null : Origin.parse(written);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("hub.url: " + e.getMessage(), e);
        }
    }

    public static HostsConfig defaults() {
        return new HostsConfig(null, false);
    }
}
