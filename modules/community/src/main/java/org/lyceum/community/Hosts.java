package org.lyceum.community;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.HostNames;
import org.lyceum.platform.kernel.Origin;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which hosts the platform has, and what is on each of them. Any thread. */
public final class Hosts {

    private final HostsConfig config;

    /** Of communities. */
    private volatile Set<String> own = Set.of();

    Hosts(HostsConfig config) {
        this.config = config;
    }

    /** Takes over which communities have hosts. */
    void become(List<Community> all) {
        own =
                all.stream()
                        .map(this::ownHost)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableSet());
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
        var host = ownHost(community).orElse("");
        if (!host.isEmpty()) {
            return new HubAddress(host, "/", url, config.userHosts() ? host : "", "");
        }
        boolean first = community.id().equals(Community.DEFAULT);
        var mark = first ? "" : "c" + community.id();
        var domain = config.userHosts() ? url.host() : "";
        return new HubAddress("", community.baseUrl(), url, domain, mark);
    }

    /**
     * Whether a host is one community's or one user's, so that nothing else is served there.
     *
     * @param host as {@link HostNames#of} writes it
     */
    public boolean apart(String host) {
        if (own.contains(host)) {
            return true;
        }
        var url = config.url();
        if (!config.userHosts() || url == null || host.equals(url.host())) {
            return false;
        }
        return HostNames.within(host, url.host())
                || own.stream().anyMatch(domain -> HostNames.within(host, domain));
    }

    /** Where a form may lead to: everything that is served here, as a content policy says it. */
    public List<String> formTargets() {
        var url = config.url();
        if (url == null) {
            return List.of();
        }
        var hosts = Stream.concat(Stream.of(url.host()), own.stream().sorted());
        return hosts.flatMap(host -> targets(url, host)).toList();
    }

    private Stream<String> targets(Origin url, String host) {
        var here = url.at(host).toString();
        return config.userHosts()
                ? Stream.of(here, url.at("*." + host).toString())
                : Stream.of(here);
    }

    /**
     * The community's host, unless it would take away the platform's own, which can have got
     * another name since.
     */
    private Optional<String> ownHost(Community community) {
        var url = config.url();
        return Optional.ofNullable(community.host())
                .filter(host -> url != null && !overlap(host, url.host()));
    }

    /** Whether one lies in the other: then a user's host could be mistaken for a hub's. */
    static boolean overlap(String one, @Nullable String other) {
        return other != null && (HostNames.within(one, other) || HostNames.within(other, one));
    }
}
