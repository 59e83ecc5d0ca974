package org.lyceum.community;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.HostNames;
import org.lyceum.platform.kernel.Origin;

/**
 * Where one community's hub is, and its users' servers. Immutable.
 *
 * @param host of its own; empty for the platform's, by whatever name people use that
 * @param base path of the hub, with a slash at both ends
 * @param platform what browsers know the platform by; null when nobody has said, and then all links
 *     are paths
 * @param domain below which each user and service has a host; empty when they are on the hub's own
 * @param mark on the hosts of a community that shares the domain with others; may be empty
 */
public record HubAddress(
        String host, String base, @Nullable Origin platform, String domain, String mark) {

    /** On whatever host people use, servers too. */
    public static HubAddress path(String base) {
        return new HubAddress("", base, null, "", "");
    }

    /** Whether scripts of one user's server have another origin than the hub and other users. */
    public boolean userHosts() {
        return !domain.isEmpty();
    }

    /** Whether the hub has another host than the platform. */
    public boolean apart() {
        return !host.isEmpty();
    }

    /** Whether the hub's cookies may be such that no other host can set them. */
    public boolean hostCookies() {
        return userHosts() && platform != null && platform.secure();
    }

    /** The host that the servers of this user are on; empty when it is the platform's. */
    public String serverHost(String user) {
        return userHosts() ? HostNames.label(user, marked("")) + "." + domain : host;
    }

    /** The host that this service is on; empty when it is the platform's. */
    public String serviceHost(String service) {
        return userHosts() ? HostNames.label(service, marked("--service")) + "." + domain : host;
    }

    private String marked(String kind) {
        return mark.isEmpty() ? kind : (kind.isEmpty() ? "--" : kind + "-") + mark;
    }

    /** What a page of the hub writes to lead to a path at another host; empty is any. */
    public String link(String other, String path) {
        return other.isEmpty() || other.equals(host) || platform == null
                ? path
                : platform.at(other) + path;
    }

    /** What a page of the hub writes to lead to a path of the platform. */
    public String toPlatform(String path) {
        return apart() && platform != null ? platform + path : path;
    }

    /** A path of the hub's host, for programs and other hosts, who do not know where it is. */
    public String absolute(String path) {
        if (platform == null) {
            return path;
        }
        return (apart() ? platform.at(host) : platform) + path;
    }
}
