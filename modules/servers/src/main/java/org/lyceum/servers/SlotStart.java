package org.lyceum.servers;

import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.slots.Order;
import org.lyceum.slots.Slot;
import org.lyceum.slots.SlotKind;
import org.lyceum.slots.SlotService;
import org.lyceum.slots.SlotWish;
import org.lyceum.storage.FolderMount;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.MountService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Makes a server of a slot that waits. Whatever is out of the ordinary ends the slot and leaves the
 * start to the usual way. No call of the engine is made for whoever waits. Blocking.
 */
final class SlotStart {

    private static final Logger log = LoggerFactory.getLogger(SlotStart.class);

    private final ServersConfig config;
    private final ServerRepository servers;
    private final SlotService slots;
    private final MountService mounts;
    private final HubApiAddress hubApi;
    private final ServerCredentials credentials;

    SlotStart(
            ServersConfig config,
            ServerRepository servers,
            ServersModule.Parts parts,
            ServerTools tools) {
        this.config = config;
        this.servers = servers;
        this.slots = parts.slots().slots();
        this.mounts = parts.storage().mounts();
        this.hubApi = parts.hubApi();
        this.credentials = tools.credentials();
    }

    /**
     * Takes a slot and tells it whose it is.
     *
     * @return empty when none waits, or the one that did has failed
     * @throws InterruptedException when the start was stopped meanwhile
     */
    Optional<SpawnSteps.Booting> take(SpawnSteps.Plan plan, List<FolderMount> folders)
            throws InterruptedException {
        var server = plan.server();
        slots.endOf(server.id()); // of an earlier start, if anything is left of it
        var wish = wish(plan);
        var slot = slots.claim(wish, server.id(), server.spawnId());
        if (slot.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(handOver(plan, folders, wish, slot.get()));
        } catch (IOException | Problem e) {
            log.warn("slot.spoiled slot={} server={}", slot.get().id(), server.key(), e);
            slots.end(slot.get());
            return Optional.empty();
        }
    }

    private SpawnSteps.Booting handOver(
            SpawnSteps.Plan plan, List<FolderMount> folders, SlotWish wish, Slot slot)
            throws IOException, InterruptedException {
        var server = plan.server();
        var hub = hubApi.ensureListening(slot.at().gateway());
        var environment = plan.environment();
        var variables = new HashMap<>(environment.open(hub, plan.spec()));
        variables.put(MountService.VARIABLE, MountService.links(folders));
        variables.putAll(SingleUserEnvironment.secret(credentials.issue(plan, environment)));
        boolean warm =
                slots.handOver(
                        slot,
                        wish,
                        process ->
                                mounts.mount(
                                        folders,
                                        new Keeper.ContainerProcess(
                                                slot.at().containerId(), process.pid())),
                        new Order(variables, MountService.HOME, plan.spec().command()));
        // Not before: a start that has its container's id is taken up again after a crash.
        if (!servers.markContainer(server, slot.at().containerId())) {
            throw new InterruptedException("stopped meanwhile");
        }
        return new SpawnSteps.Booting(
                slot.at().containerId(),
                new ServerAddress(slot.at().host(), ServersConfig.PORT),
                SpawnSteps.probe(server),
                warm);
    }

    private SlotWish wish(SpawnSteps.Plan plan) {
        var spec = plan.spec();
        return new SlotWish(
                new SlotKind(plan.server().key().community(), spec.imageId(), spec.command()),
                new ContainerSpec.Limits(
                        spec.memory(), spec.milliCpus(), spec.pids(), config.scratch()));
    }

    /** Ends the slot that this start has taken. */
    void giveUp(Server server) {
        slots.of(server.id(), server.spawnId()).ifPresent(slots::end);
    }
}
