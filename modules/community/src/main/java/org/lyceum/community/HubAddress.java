package org.lyceum.community;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.HostNames;
import org.lyceum.platform.kernel.Origin;

/**
 * Where one community's hub is, and its users' servers. Immutable.
 *
 * @param base path of the hub, with a slash at both ends
 * @param origin what browsers know it by; null when nobody has told the platform, and then all
 *     links are paths
 * @param domain below which each user and service has a host; empty when they are on the hub's own
 * @param mark on the hosts of a community that shares the domain with others; may be empty
 */
public record HubAddress(String base, @Nullable Origin origin, String domain, String mark) {

    /** On whatever host people use, servers too. */
    public static HubAddress path(String base) {
        return new HubAddress(base, null, "", "");
    }

    /** Whether scripts of one user's server have another origin than the hub and other users. */
    public boolean userHosts() {
        return !domain.isEmpty();
    }

    /** Whether the hub's cookies may be such that no other host can set them. */
    public boolean hostCookies() {
        return userHosts() && origin != null && origin.secure();
    }

    /** The host that the servers of this user are on; empty when it is the hub's. */
    public String serverHost(String user) {
        return userHosts() ? HostNames.label(user, marked("")) + "." + domain : "";
    }

    /** The host that this service is on; empty when it is the hub's. */
    public String serviceHost(String service) {
        return userHosts() ? HostNames.label(service, marked("--service")) + "." + domain : "";
    }

    private String marked(String kind) {
        return mark.isEmpty() ? kind : (kind.isEmpty() ? "--" : kind + "-") + mark;
    }

    /** What a page of the hub writes to lead to a path at another host; empty is the hub's own. */
    public String link(String host, String path) {
        return host.isEmpty() || origin == null ? path : origin.at(host) + path;
    }

    /** The same for programs and other hosts, who do not know where the hub is. */
    public String absolute(String path) {
        return origin == null ? path : origin + path;
    }
}
