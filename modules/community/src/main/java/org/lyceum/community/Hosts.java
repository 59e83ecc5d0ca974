package org.lyceum.community;

import org.lyceum.platform.kernel.HostNames;
import org.lyceum.platform.kernel.Origin;

import java.util.Optional;

/** Which hosts the platform has, and what is on each of them. Any thread. */
public final class Hosts {

    private final HostsConfig config;

    Hosts(HostsConfig config) {
        this.config = config;
    }

    /** Where people reach the platform; empty when nobody has said. */
    public Optional<Origin> platform() {
        return Optional.ofNullable(config.url());
    }

    /** Whether the servers of each user are on a host of their own. */
    public boolean userHosts() {
        return config.userHosts();
    }

    /** Whether the platform's cookies can be bound to its host by their names. */
    public boolean hostCookies() {
        var url = config.url();
        return config.userHosts() && url != null && url.secure();
    }

    public HubAddress of(Community community) {
        var url = config.url();
        if (url == null) {
            return HubAddress.path(community.baseUrl());
        }
        boolean first = community.id().equals(Community.DEFAULT);
        var mark = first ? "" : "c" + community.id();
        var domain = config.userHosts() ? url.host() : "";
        return new HubAddress(community.baseUrl(), url, domain, mark);
    }

    /**
     * Whether a host is for certain users' servers alone, so that nothing else is served there.
     *
     * @param host as {@link HostNames#of} writes it
     */
    public boolean apart(String host) {
        var url = config.url();
        return config.userHosts()
                && url != null
                && !host.equals(url.host())
                && HostNames.within(host, url.host());
    }
}
