package org.lyceum.servers;

/** Makes the hub's API reachable from a network of containers. */
@FunctionalInterface
public interface HubApiAddress {

    /**
     * Listens on the host's address in that network, if nobody does yet.
     *
     * @param gatewayAddress for example {@code 172.18.0.1}
     * @return the origin containers use, without a slash at the end: {@code http://172.18.0.1:8081}
     */
    String ensureListening(String gatewayAddress);
}
