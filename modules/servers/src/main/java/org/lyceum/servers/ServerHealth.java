package org.lyceum.servers;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.kernel.Actor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether a READY server lives, and records its death. Blocking. */
final class ServerHealth {

    private static final Logger log = LoggerFactory.getLogger(ServerHealth.class);
    private static final Actor SELF = new Actor.Job("servers.reconcile");

    private final ContainerEngine engine;
    private final ServerRepository servers;
    private final ServerRemains remains;
    private final ServerLabels labels;
    private final Clock clock;

    ServerHealth(
            ContainerEngine engine,
            ServerRepository servers,
            ServerRemains remains,
            ServerLabels labels,
            Clock clock) {
        this.engine = engine;
        this.servers = servers;
        this.remains = remains;
        this.labels = labels;
        this.clock = clock;
    }

    /**
     * The container of a READY server, if it lives. Else the death is recorded and what is left is
     * cleared away.
     *
     * @param whenGone the reason to record when there is no container left to ask
     */
    Optional<Container> verify(Server server, StopReason whenGone) {
        var container =
                engine.find(labels.containerName(server))
                        .filter(labels::genuine)
                        .filter(each -> labels.belongs(each, server));
        if (container.isPresent() && container.get().alive()) {
            return container;
        }
        var reason = container.map(ServerHealth::reason).orElse(whenGone);
        if (servers.markDied(SELF, server, reason, clock.instant())) {
            log.info(
                    "server.died server={} reason={} exit={}",
                    server.key(),
                    reason,
                    container.map(Container::exit).orElse(null));
            remains.clear(server, Duration.ZERO);
        }
        return Optional.empty();
    }

    private static StopReason reason(Container container) {
        var exit = container.exit();
        return exit != null && exit.outOfMemory() ? StopReason.OUT_OF_MEMORY : StopReason.DIED;
    }
}
