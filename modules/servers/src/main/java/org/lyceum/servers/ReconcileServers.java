package org.lyceum.servers;

import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.proxy.Route;
import org.lyceum.proxy.Routes;
import org.lyceum.slots.Slot;
import org.lyceum.slots.SlotService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes rows, containers and routes agree, whatever happened: a crash of the platform, a container
 * killed by hand, an engine that was restarted. Looks at the state and takes no input; start-up
 * recovery is its first run.
 */
final class ReconcileServers implements Job {

    private static final Logger log = LoggerFactory.getLogger(ReconcileServers.class);

    private static final Actor SELF = new Actor.Job("servers.reconcile");

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Set<String> strangers = new HashSet<>();
    private final ServerRepository servers;
    private final ContainerEngine engine;
    private final SlotService slots;
    private final Routes routes;
    private final HubApiAddress hubApi;
    private final ServerRemains remains;
    private final ServerHealth health;
    private final SpawnRunner runner;
    private final SpawnSteps steps;
    private final StopService stops;
    private final ServerTools tools;
    private final Freezer freezer;
    private boolean first = true;

    ReconcileServers(
            ServerRepository servers,
            ServersModule.Parts parts,
            ServerRemains remains,
            ServerHealth health,
            SpawnRunner runner,
            SpawnSteps steps,
            StopService stops,
            ServerTools tools,
            Freezer freezer) {
        this.freezer = freezer;
        this.servers = servers;
        this.engine = parts.engine();
        this.slots = parts.slots().slots();
        this.routes = parts.routes();
        this.hubApi = parts.hubApi();
        this.remains = remains;
        this.health = health;
        this.runner = runner;
        this.steps = steps;
        this.stops = stops;
        this.tools = tools;
    }

    @Override
    public String name() {
        return "servers.reconcile";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    /**
     * The first sweep of a process. Where an earlier one left no server, there is nothing to take
     * up and the engine is not asked.
     *
     * @throws Problem UNAVAILABLE when the engine does not answer; nothing is changed then
     */
    Report takeUp() {
        oneAtATime.lock();
        try {
            if (!servers.active().isEmpty()) {
                return run();
            }
            first = false;
            return Report.NOTHING;
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * One sweep. Containers are listed before rows: a row is there before its container, so a
     * container without an active row really has none.
     *
     * @throws Problem UNAVAILABLE when the engine does not answer; nothing is changed then
     */
    @Override
    public Report run() {
        oneAtATime.lock();
        try {
            var containers = engine.list(tools.labels().ofPlatform());
            var rows = servers.active();
            var count = new Counter();
            reopenHubApi(rows, count);
            for (var row : rows) {
                count.attempt(row.key().toString(), () -> repair(row));
            }
            for (var container : containers) {
                count.attempt(container.name(), () -> removeOrphan(container, rows));
            }
            for (var slot : slots.claimed()) {
                count.attempt("slot " + slot.id(), () -> endIfUnwanted(slot));
            }
            removeStaleRoutes(count);
            removeStaleFiles(count);
            closeStaleDoors(count);
            first = false;
            return count.report();
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Servers that outlived the process call the hub where it listened before. */
    private void reopenHubApi(List<Server> rows, Counter count) {
        var labels = tools.labels();
        rows.stream()
                .map(row -> row.key().community())
                .distinct()
                .forEach(
                        community ->
                                count.attempt(
                                        "network of community " + community,
                                        () -> {
                                            var network =
                                                    engine.ensureNetwork(labels.network(community));
                                            hubApi.ensureListening(network.gateway());
                                            return false;
                                        }));
    }

    /** Whether anything had to be changed. */
    private boolean repair(Server row) {
        return switch (row.state()) {
            case READY -> repairReady(row);
            case SPAWNING -> !runner.owns(row.id()) && repairSpawning(row);
            case STOPPING -> stops.finish(row);
            case STOPPED, FAILED -> false;
        };
    }

    private boolean repairReady(Server row) {
        var container = health.verify(row, first ? StopReason.PLATFORM_LOST : StopReason.LOST);
        if (container.isEmpty()) {
            return true;
        }
        var address = tools.doors().address(row, container.get());
        if (address == null) { // between two moments: the next sweep sees it
            return false;
        }
        boolean moved = !address.equals(row.address()) && servers.moveAddress(row, address);
        boolean missing = !routed(row);
        if (moved || missing) {
            remains.putRoute(row, address);
            // A stop may have come between: it changes the row first and removes the route after.
            if (servers.find(row.id()).filter(Server::ready).isEmpty()) {
                remains.removeRoute(row);
            }
            log.info("server.readopted server={} address={}", row.key(), address.host());
        }
        boolean settled = freezer.settle(row, container.get());
        boolean recounted = recount(row, container.get());
        return moved || missing || settled || recounted;
    }

    /** The container says what it really holds; a row may be older, as after a backup came back. */
    private boolean recount(Server row, Container container) {
        if (!tools.labels().genuine(container)) { // one that was a slot has no devices
            return false;
        }
        var held = tools.labels().units(container);
        if (held.equals(row.units())) {
            return false;
        }
        log.warn("server.units-corrected server={} units={}", row.key(), held);
        return servers.markUnits(row, held);
    }

    private boolean routed(Server row) {
        var wanted = Long.toString(row.id());
        return routes.all().stream()
                .anyMatch(
                        route ->
                                route.prefix().equals(row.prefix())
                                        && wanted.equals(
                                                route.labels().get(ServerRemains.ROUTE_SERVER)));
    }

    /** A start that lost its process: goes on when its container is there, else it has ended. */
    private boolean repairSpawning(Server row) {
        var container =
                health.container(row)
                        .filter(Container::alive)
                        .filter(each -> tools.doors().address(row, each) != null);
        boolean lost =
                runner.exclusively(
                        () -> {
                            var now = servers.find(row.id());
                            boolean owned =
                                    runner.owns(row.id())
                                            || now.isEmpty()
                                            || now.get().state() != ServerState.SPAWNING
                                            || !now.get().spawnId().equals(row.spawnId());
                            if (!owned && container.isPresent()) {
                                log.info("spawn.resumed server={}", row.key());
                                runner.resume(
                                        row,
                                        steps.booting(row, container.get()),
                                        tools.labels().units(container.get()));
                            }
                            return !owned && container.isEmpty();
                        });
        if (lost) {
            log.warn("spawn.lost server={}", row.key());
            stops.bury(SELF, row, Ending.of(StopReason.PLATFORM_LOST));
        }
        return lost;
    }

    /** A container of ours that no active row wants. One without our signature is never touched. */
    private boolean removeOrphan(Container container, List<Server> rows) {
        var labels = tools.labels();
        if (slots.isSlot(container)) { // theirs to look after
            return false;
        }
        if (!labels.genuine(container)) {
            if (strangers.add(container.id())) {
                log.warn("container.not-adopted name={} reason=signature", container.name());
            }
            return false;
        }
        var row = rows.stream().filter(each -> each.id() == labels.serverOf(container)).findFirst();
        if (row.isPresent() && labels.belongs(container, row.get())) {
            return false;
        }
        var now = servers.find(labels.serverOf(container));
        if (now.isPresent() && now.get().active() && labels.belongs(container, now.get())) {
            return false;
        }
        log.info("container.orphan-removed name={}", container.name());
        return engine.remove(container.id());
    }

    /** A slot that was taken by a start that has ended, or has never heard of it. */
    private boolean endIfUnwanted(Slot slot) {
        long server = Objects.requireNonNull(slot.serverId(), "a slot that was claimed");
        boolean wanted =
                servers.find(server)
                        .filter(Server::active)
                        .filter(row -> row.spawnId().equals(slot.spawnId()))
                        .isPresent();
        if (!wanted) {
            log.info("slot.unwanted slot={} server={}", slot.id(), server);
            slots.end(slot);
        }
        return !wanted;
    }

    private void removeStaleRoutes(Counter count) {
        for (var route : routes.all()) {
            var number = route.labels().get(ServerRemains.ROUTE_SERVER);
            if (number != null) {
                count.attempt(
                        route.prefix(),
                        () ->
                                runner.exclusively(
                                        () -> removeIfStale(route, Long.parseLong(number))));
            }
        }
    }

    private boolean removeIfStale(Route route, long serverId) {
        if (runner.owns(serverId)) {
            return false;
        }
        var row = servers.find(serverId).filter(Server::ready);
        if (row.isPresent() && row.get().prefix().equals(route.prefix())) {
            return false;
        }
        routes.remove(route.prefix());
        return true;
    }

    private void removeStaleFiles(Counter count) {
        for (long id : tools.secrets().present()) {
            count.attempt(
                    "files of server " + id,
                    () -> runner.exclusively(() -> removeFilesIfStale(id)));
        }
    }

    private void closeStaleDoors(Counter count) {
        for (long id : tools.doors().present()) {
            count.attempt(
                    "door of server " + id, () -> runner.exclusively(() -> closeDoorIfStale(id)));
        }
    }

    private boolean closeDoorIfStale(long serverId) {
        if (servers.find(serverId).filter(Server::active).isPresent()) {
            return false;
        }
        tools.doors().close(serverId);
        return true;
    }

    private boolean removeFilesIfStale(long serverId) {
        if (servers.find(serverId).filter(Server::active).isPresent()) {
            return false;
        }
        tools.secrets().delete(serverId);
        return true;
    }

    /** Keeps one bad thing from stopping the sweep. */
    private static final class Counter {

        private int looked;
        private int changed;
        private int failed;

        private interface Step {
            boolean changed();
        }

        void attempt(String what, Step step) {
            looked++;
            try {
                if (step.changed()) {
                    changed++;
                }
            } catch (RuntimeException e) {
                failed++;
                log.warn("reconcile.failed thing={}", what, e);
            }
        }

        Report report() {
            return new Report(looked, changed, failed);
        }
    }
}
