package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.NetworkAccess;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.ContainerNetwork;
import org.lyceum.servers.door.Door;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where servers are reached, and from where they reach their hub. One in its community's network
 * has an address there; for one without a network a door is held open, which ends with this process
 * and is opened anew by the next. Blocking; safe for any number of threads.
 */
final class Doors implements AutoCloseable {

    private final Map<Long, Held> held = new HashMap<>();
    private final ContainerEngine engine;
    private final HubApiAddress hubApi;
    private final ServerLabels labels;

    private record Held(String containerId, Door door) {}

    Doors(ContainerEngine engine, HubApiAddress hubApi, ServerLabels labels) {
        this.engine = engine;
        this.hubApi = hubApi;
        this.labels = labels;
    }

    /**
     * The origin at which a server that is to be started finds its hub, without a slash at the end.
     *
     * @param gateway of the community's network
     */
    String hub(NetworkAccess access, String gateway) {
        var origin = hubApi.ensureListening(gateway);
        return switch (access) {
            case COMMUNITY -> origin;
            case NONE -> "http://127.0.0.1:" + URI.create(origin).getPort();
        };
    }

    /**
     * Where the server's container is reached; opens its door when it needs one and has none.
     *
     * @return null while it does not run
     * @throws Problem UNAVAILABLE {@code server.no-door}, and the engine's
     */
    @Nullable ServerAddress address(Server server, Container container) {
        var web = server.web();
        int port = web == null ? ServersConfig.PORT : web.port();
        if (server.launched().network() == NetworkAccess.COMMUNITY) {
            var address = container.address();
            return address == null ? null : new ServerAddress(address, port);
        }
        var process = engine.process(container.id());
        if (process.isEmpty()) {
            return null;
        }
        var door = door(server, container.id(), process.getAsLong(), port).address();
        return new ServerAddress(door.getAddress().getHostAddress(), door.getPort());
    }

    private synchronized Door door(Server server, String containerId, long pid, int port) {
        var there = held.get(server.id());
        if (there != null && there.containerId().equals(containerId)) {
            return there.door();
        }
        close(server.id());
        try {
            var network = ContainerNetwork.of(pid, () -> belongs(pid, containerId));
            var door = Door.open(network, port, hubOf(server.key().community()));
            held.put(server.id(), new Held(containerId, door));
            return door;
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "server.no-door",
                    "The server runs without a network, and the way into it could not be opened."
                            + " Start it again; if it stays so, an administrator finds the cause in"
                            + " the platform's log.",
                    e);
        }
    }

    /** Every engine names a container's control group after the container. */
    private static boolean belongs(long pid, String containerId) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "cgroup"))
                .contains(containerId);
    }

    private InetSocketAddress hubOf(CommunityId community) {
        var gateway = engine.ensureNetwork(labels.network(community)).gateway();
        var origin = URI.create(hubApi.ensureListening(gateway));
        return new InetSocketAddress(origin.getHost(), origin.getPort());
    }

    /** Shuts the server's door, if it has one, and ends what goes through it. */
    synchronized void close(long serverId) {
        var there = held.remove(serverId);
        if (there != null) {
            there.door().close();
        }
    }

    /** Numbers of the servers that have one. */
    synchronized List<Long> present() {
        return List.copyOf(held.keySet());
    }

    @Override
    public synchronized void close() {
        present().forEach(this::close);
    }
}
