package org.lyceum.identity;

/** Whose OAuth client it is. */
public sealed interface Grantee {

    /**
     * A running single-user server.
     *
     * @param serverId row of the server, by which the client is removed
     * @param serverName empty for the default server
     */
    record OfServer(User owner, long serverId, String serverName) implements Grantee {}

    record OfService(RegisteredService service) implements Grantee {}
}
