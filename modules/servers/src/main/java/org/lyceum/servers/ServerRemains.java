package org.lyceum.servers;

import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.proxy.Route;
import org.lyceum.proxy.Routes;
import org.lyceum.slots.SlotService;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What a server has besides its row, and how it is put up and cleared away. Blocking. */
final class ServerRemains {

    /** On a route: the number of its server. */
    static final String ROUTE_SERVER = "server";

    private final ContainerEngine engine;
    private final SlotService slots;
    private final Routes routes;
    private final ServerCredentials credentials;
    private final SecretFiles secrets;
    private final ServerLabels labels;

    ServerRemains(ContainerEngine engine, SlotService slots, Routes routes, ServerTools tools) {
        this.engine = engine;
        this.slots = slots;
        this.routes = routes;
        this.credentials = tools.credentials();
        this.secrets = tools.secrets();
        this.labels = tools.labels();
    }

    void putRoute(Server server, ServerAddress address) {
        var key = server.key();
        var about = new HashMap<String, String>();
        about.put(ROUTE_SERVER, Long.toString(server.id()));
        about.put("spawn", server.spawnId());
        about.put("community", key.community().toString());
        about.put("user", key.user().toString());
        about.put("name", key.name());
        routes.put(new Route(server.prefix(), address.host(), address.port(), Map.copyOf(about)));
    }

    /** Takes the server out of the browser's reach. */
    void removeRoute(Server server) {
        routes.remove(server.prefix());
    }

    /**
     * Clears away all the server has: route, container, token, files. Anything that is not there is
     * fine, so it can be repeated.
     *
     * @throws org.lyceum.platform.kernel.Problem when the engine does not answer; the rest is done
     *     then
     */
    void clear(Server server, Duration grace) {
        removeRoute(server);
        credentials.revoke(server);
        secrets.delete(server.id());
        removeContainer(server, grace);
        endSlot(server, grace);
    }

    private void endSlot(Server server, Duration grace) {
        var slot = slots.of(server.id(), server.spawnId());
        if (slot.isPresent()) {
            slots.container(slot.get())
                    .filter(Container::alive)
                    .ifPresent(container -> engine.stop(container.id(), grace));
            slots.end(slot.get());
        }
    }

    /** Ends and removes the container of this very start; one of another start is left alone. */
    private void removeContainer(Server server, Duration grace) {
        var there = engine.find(labels.containerName(server));
        if (there.isPresent()
                && labels.genuine(there.get())
                && labels.belongs(there.get(), server)) {
            var id = there.get().id();
            if (there.get().alive()) {
                engine.stop(id, grace);
            }
            engine.remove(id);
        }
    }

    /** Removes what an earlier start of the same server left under its name. */
    boolean removeEarlier(Server server) {
        var there = engine.find(labels.containerName(server));
        if (there.isEmpty()
                || !labels.genuine(there.get())
                || labels.belongs(there.get(), server)) {
            return false;
        }
        return engine.remove(there.get().id());
    }
}
