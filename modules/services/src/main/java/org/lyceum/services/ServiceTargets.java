package org.lyceum.services;

import org.lyceum.platform.kernel.Problem;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides which addresses the proxy may lead to. A name is looked up here and the address is what
 * counts from then on, so it cannot mean something else a moment later. Blocking.
 */
final class ServiceTargets {

    /** Where a cloud keeps the credentials of its machines, on IPv6; IPv4 is link-local. */
    private static final Network METADATA = Network.parse("fd00:ec2::254");

    /** An address that may be dialled, as text. */
    record Target(String address, int port) {}

    private final List<Network> allowed;
    private final Supplier<Set<Integer>> ownPorts;

    /**
     * @param ownPorts where this process listens
     */
    ServiceTargets(List<Network> allowed, Supplier<Set<Integer>> ownPorts) {
        this.allowed = allowed;
        this.ownPorts = ownPorts;
    }

    /**
     * @throws Problem INVALID service.target-unknown when the name cannot be looked up,
     *     service.target-forbidden
     */
    Target resolve(ServiceUrl url) {
        return Arrays.stream(addresses(url.host()))
                .filter(address -> permitted(address, url.port()))
                .findFirst()
                .map(address -> new Target(address.getHostAddress(), url.port()))
                .orElseThrow(
                        () ->
                                Problem.invalid(
                                        "service.target-forbidden",
                                        "No service may listen at "
                                                + url.host()
                                                + ":"
                                                + url.port()
                                                + "; services.targets of the configuration lists"
                                                + " the networks where they may."));
    }

    private static InetAddress[] addresses(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "service.target-unknown",
                    "There is no machine of the name " + host + "; check the service's address.",
                    e);
        }
    }

    private boolean permitted(InetAddress address, int port) {
        boolean special =
                address.isLinkLocalAddress()
                        || address.isAnyLocalAddress()
                        || address.isMulticastAddress()
                        || METADATA.covers(address);
        return !special
                && allowed.stream().anyMatch(network -> network.covers(address))
                && !(ownPorts.get().contains(port) && ofThisMachine(address));
    }

    private static boolean ofThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true; // who cannot tell does not lead there
        }
    }
}
