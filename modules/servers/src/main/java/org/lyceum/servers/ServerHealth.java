package org.lyceum.servers;

import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.slots.SlotService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/** Finds out whether a READY server lives, and records its death. Blocking. */
final class ServerHealth {

    private static final Logger log = LoggerFactory.getLogger(ServerHealth.class);
    private static final Actor SELF = new Actor.Job("servers.reconcile");

    private final ContainerEngine engine;
    private final SlotService slots;
    private final StopService stops;
    private final ServerLabels labels;
    private final Autopsy autopsy;

    ServerHealth(
            ContainerEngine engine,
            SlotService slots,
            StopService stops,
            ServerLabels labels,
            Autopsy autopsy) {
        this.engine = engine;
        this.slots = slots;
        this.stops = stops;
        this.labels = labels;
        this.autopsy = autopsy;
    }

    /**
     * The container of this very start of the server, in any state: the slot it was told to, or its
     * own.
     */
    Optional<Container> container(Server server) {
        var slot =
                slots.of(server.id(), server.spawnId())
                        .filter(each -> each.at().containerId().equals(server.containerId()));
        if (slot.isPresent()) {
            return slots.container(slot.get());
        }
        return engine.find(labels.containerName(server))
                .filter(labels::genuine)
                .filter(each -> labels.belongs(each, server));
    }

    /**
     * The container of a READY server, if it lives. Else the death is recorded as a stop with its
     * reason, and what is left is cleared away before this returns.
     *
     * @param whenGone the reason to record when there is no container left to ask
     */
    Optional<Container> verify(Server server, StopReason whenGone) {
        var container = container(server);
        if (container.isPresent() && container.get().alive()) {
            return container;
        }
        var ending = autopsy.of(server, container.orElse(null), whenGone);
        log.info(
                "server.died server={} reason={} exit={}",
                server.key(),
                ending.line(),
                container.map(Container::exit).orElse(null));
        stops.bury(SELF, server, ending);
        return Optional.empty();
    }
}
