package org.lyceum.servers;

/** What asking for a server came to. */
public sealed interface Spawn {

    Server server();

    /** It runs already. */
    record Ready(Server server) implements Spawn {}

    /** It is starting; {@link SpawnService#await} tells how that ends. */
    record Pending(Server server) implements Spawn {}
}
