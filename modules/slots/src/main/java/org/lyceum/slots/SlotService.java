package org.lyceum.slots;

import org.lyceum.platform.app.Threads;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.linux.HeldProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gives slots to starts, and takes them away when their servers have ended. Blocking. */
public final class SlotService {

    private static final Logger log = LoggerFactory.getLogger(SlotService.class);

    /** A launcher that has been asked does nothing else; a busy machine may keep it waiting. */
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(1);

    private final SlotRepository slots;
    private final DemandRepository demand;
    private final SlotTools tools;
    private final ContainerEngine engine;
    private final FillSlots fill;
    private final Clock clock;

    SlotService(
            SlotRepository slots,
            DemandRepository demand,
            SlotTools tools,
            ContainerEngine engine,
            FillSlots fill,
            Clock clock) {
        this.slots = slots;
        this.demand = demand;
        this.tools = tools;
        this.engine = engine;
        this.fill = fill;
        this.clock = clock;
    }

    /**
     * Takes a slot for a start, for good; makes no call of the engine.
     *
     * @return empty when none waits
     */
    public Optional<Slot> claim(SlotWish wish, long serverId, String spawnId) {
        var claimed = slots.claim(wish, tools.channels().ids(), serverId, spawnId, clock.instant());
        fill.hold();
        Threads.start("slot-asked", () -> asked(wish));
        return claimed;
    }

    /** When whoever waited is served. */
    private void asked(SlotWish wish) {
        try {
            Thread.sleep(Rush.CALM);
            demand.count(wish, clock.instant());
            fill.step();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // a start that is not counted is no harm
            log.debug("slot.not-counted", e);
        }
    }

    /** What is done to the container before the program begins. */
    @FunctionalInterface
    public interface Preparation {
        /**
         * @param process runs inside; the kernel has said so
         */
        void make(HeldProcess process) throws IOException;
    }

    /**
     * Tells a slot that was claimed whose it is. Returns once it has understood; its program begins
     * at that moment.
     *
     * @return whether it goes on with what it has imported, else with a start of its own in the
     *     same container
     * @throws IOException when the slot does not do as it should; it must be ended then
     * @throws org.lyceum.platform.kernel.Problem those of the container engine and of {@code
     *     preparation}; the same
     */
    public boolean handOver(Slot slot, SlotWish wish, Preparation preparation, Order order)
            throws IOException, InterruptedException {
        try (var channel = taken(slot)) {
            if (!sameLimits(slot, wish)) {
                engine.resize(slot.at().containerId(), wish.limits());
            }
            preparation.make(channel.process());
            channel.say(order);
            var answer = channel.hear(ANSWER_PATIENCE, LOOK).path("started").asText();
            log.debug("slot.handed-over slot={} server={} {}", slot.id(), slot.serverId(), answer);
            return answer.equals("warm");
        }
    }

    private SlotChannel taken(Slot slot) throws IOException {
        var channel =
                tools.channels()
                        .take(slot.id())
                        .orElseThrow(() -> new IOException("the launcher is not there"));
        if (!channel.waits()) {
            channel.close();
            throw new IOException("the launcher has ended");
        }
        return channel;
    }

    private static boolean sameLimits(Slot slot, SlotWish wish) {
        var has = slot.limits();
        var wants = wish.limits();
        return has.memory().equals(wants.memory())
                && has.milliCpus() == wants.milliCpus()
                && has.pids() == wants.pids();
    }

    /** The slot that this very start of the server has taken. */
    public Optional<Slot> of(long serverId, String spawnId) {
        return slots.ofServer(serverId).filter(slot -> spawnId.equals(slot.spawnId()));
    }

    /**
     * Puts a file for the person whose the slot has become beside the launcher, in the place of an
     * earlier one.
     *
     * @return false when the slot has ended meanwhile
     */
    public boolean tell(Slot slot, String name, byte[] bytes) throws IOException {
        return tools.files().replace(slot.id(), name, bytes);
    }

    /** Its container, in any state, if it is really ours. */
    public Optional<Container> container(Slot slot) {
        return engine.find(tools.labels().containerName(slot)).filter(tools.labels()::genuine);
    }

    /** Whether the container says that it is a slot's; this module looks after those. */
    public boolean isSlot(Container container) {
        return tools.labels().isSlot(container);
    }

    /** Ends a slot that was claimed: removes its container, killing it if it runs. */
    public void end(Slot slot) {
        tools.ends().end(slot, Slot.State.CLAIMED);
    }

    /** Ends whatever slot the server has, of this start or an earlier one. */
    public void endOf(long serverId) {
        slots.ofServer(serverId).ifPresent(this::end);
    }

    /** Those that have become somebody's; at most 2000. */
    public List<Slot> claimed() {
        return slots.all().stream().filter(s -> s.state() == Slot.State.CLAIMED).toList();
    }
}
