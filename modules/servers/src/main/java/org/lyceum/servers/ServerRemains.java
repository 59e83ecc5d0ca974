package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.CommunityModule;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.proxy.Guard;
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
    private final CommunityModule communities;
    private final ServerCredentials credentials;
    private final SecretFiles secrets;
    private final Doors doors;
    private final ServerLabels labels;

    ServerRemains(ServersModule.Parts parts, ServerTools tools) {
        this.engine = parts.engine();
        this.slots = parts.slots().slots();
        this.routes = parts.routes();
        this.communities = parts.community();
        this.credentials = tools.credentials();
        this.secrets = tools.secrets();
        this.doors = tools.doors();
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
        routes.put(
                new Route(
                        server.prefix(),
                        address.host(),
                        address.port(),
                        Map.copyOf(about),
                        guard(server)));
    }

    /** A program that lets everybody in is never routed to without one. */
    private @Nullable Guard guard(Server server) {
        var web = server.web();
        if (web == null) {
            return null;
        }
        var community =
                communities
                        .communities()
                        .find(server.key().community())
                        .orElseThrow(() -> new IllegalStateException("kept by a foreign key"));
        var hub = communities.hosts().of(community);
        var signIn = hub.base() + "hub/pass/" + below(hub.base() + "user/", server.path());
        return new Guard(
                server.host().isEmpty() ? signIn : hub.absolute(signIn),
                server.path(),
                web.stripsPrefix());
    }

    /** User and server as the path has them; a server may still be at its hub's former address. */
    private static String below(String base, String path) {
        int start =
                path.startsWith(base) ? base.length() : path.indexOf("/user/") + "/user/".length();
        return path.substring(start, path.length() - 1);
    }

    /** Takes the server out of the browser's reach. */
    void removeRoute(Server server) {
        routes.remove(server.prefix());
    }

    /**
     * Clears away all the server has: route, door, container, token, files. Anything that is not
     * there is fine, so it can be repeated.
     *
     * @throws org.lyceum.platform.kernel.Problem when the engine does not answer; the rest is done
     *     then
     */
    void clear(Server server, Duration grace) {
        removeRoute(server);
        credentials.revoke(server);
        secrets.delete(server.id());
        doors.close(server.id());
        removeContainer(server, grace);
        endSlot(server, grace);
    }

    private void endSlot(Server server, Duration grace) {
        var slot = slots.of(server.id(), server.spawnId());
        if (slot.isPresent()) {
            slots.container(slot.get())
                    .filter(Container::alive)
                    .ifPresent(container -> stop(container, grace));
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
                stop(there.get(), grace);
            }
            engine.remove(id);
        }
    }

    /** One that is frozen could not hear that it is to end. */
    private void stop(Container container, Duration grace) {
        if (container.state() == Container.State.PAUSED) {
            engine.resume(container.id());
        }
        engine.stop(container.id(), grace);
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
