package org.lyceum.slots;

import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.linux.PeerListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Makes one slot ready, or learns what one has to import. Blocking, interruptible. */
final class SlotFiller {

    private static final Logger log = LoggerFactory.getLogger(SlotFiller.class);

    /** Python itself has started by then, on any machine; importing comes after. */
    private static final Duration CALL_PATIENCE = Duration.ofSeconds(60);

    /** Behind everybody else on a busy machine, importing takes many times as long. */
    private static final Duration IMPORT_PATIENCE = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofMillis(20);

    private static final Duration QUIT = Duration.ZERO;

    private final ReentrantLock adding = new ReentrantLock();
    private final Set<Long> owned = new HashSet<>();
    private final SlotRepository slots;
    private final LessonRepository lessons;
    private final SlotTools tools;
    private final ContainerEngine engine;
    private final Rehearsal rehearsal;
    private final Clock clock;

    SlotFiller(
            SlotRepository slots,
            LessonRepository lessons,
            SlotTools tools,
            ContainerEngine engine,
            Rehearsal rehearsal,
            Clock clock) {
        this.slots = slots;
        this.lessons = lessons;
        this.tools = tools;
        this.engine = engine;
        this.rehearsal = rehearsal;
        this.clock = clock;
    }

    /** Whether a thread of this process is filling the slot. */
    boolean owns(long slotId) {
        adding.lock();
        try {
            return owned.contains(slotId);
        } finally {
            adding.unlock();
        }
    }

    private Slot add(SlotWish wish) {
        adding.lock();
        try {
            var slot = slots.add(wish, clock.instant());
            owned.add(slot.id());
            return slot;
        } finally {
            adding.unlock();
        }
    }

    private void disown(Slot slot) {
        adding.lock();
        try {
            owned.remove(slot.id());
        } finally {
            adding.unlock();
        }
    }

    /** What is done with a launcher that has called. */
    private interface Talk {
        /** Whether the slot stays. */
        boolean over(Slot slot, SlotChannel channel) throws IOException, InterruptedException;
    }

    /**
     * Makes one ready.
     *
     * @throws IOException when its launcher fails
     */
    void fill(SlotWish wish, List<String> modules) throws IOException, InterruptedException {
        long began = System.nanoTime();
        open(
                wish,
                "wait",
                modules,
                (slot, channel) -> {
                    channel.hear(IMPORT_PATIENCE, LOOK);
                    // In the background while it imports, in front of it from now on: it is idle.
                    engine.resize(slot.at().containerId(), wish.limits());
                    var took = Duration.ofNanos(System.nanoTime() - began);
                    var used = new Bytes(channel.process().memory());
                    tools.channels().put(slot.id(), channel);
                    lessons.change(wish.kind(), clock.instant(), l -> l.filled(took, used));
                    log.info(
                            "slot.ready slot={} took={}ms memory={}",
                            slot.id(),
                            took.toMillis(),
                            used);
                    return slots.ready(slot.id(), clock.instant());
                });
    }

    /**
     * Runs the program for nobody and writes down what it imports.
     *
     * @throws IOException when it does not run, or is not Python
     */
    void learn(SlotWish wish) throws IOException, InterruptedException {
        open(
                wish,
                "learn",
                List.of(),
                (slot, channel) -> {
                    var nobody = rehearsal.environment();
                    var command = wish.kind().command();
                    channel.say(new Order(nobody, tools.mountPoints().getFirst(), command));
                    var modules = new ArrayList<String>();
                    for (var name : channel.hear(IMPORT_PATIENCE, LOOK).path("modules")) {
                        modules.add(name.asText());
                    }
                    if (modules.isEmpty()) {
                        throw new IOException("the program has imported nothing");
                    }
                    lessons.change(wish.kind(), clock.instant(), l -> l.learned(modules));
                    log.info(
                            "slot.learned image={} command={} modules={}",
                            wish.kind().imageId(),
                            command,
                            modules.size());
                    return false;
                });
    }

    private void open(SlotWish wish, String mode, List<String> modules, Talk talk)
            throws IOException, InterruptedException {
        var slot = add(wish);
        boolean stays = false;
        try {
            var directory = tools.files().write(slot.id(), modules);
            var listener = tools.files().listen(slot.id());
            var placed = placed(slot, mode, directory, listener);
            var channel = new SlotChannel(listener, placed.at().containerId());
            try {
                channel.awaitCall(CALL_PATIENCE);
                stays = talk.over(placed, channel);
            } catch (IOException e) {
                throw new IOException(e.getMessage() + lastWords(placed), e);
            } finally {
                if (!stays) {
                    channel.close();
                }
            }
        } finally {
            if (!stays) {
                tools.ends().end(slot, Slot.State.FILLING, Slot.State.READY);
            }
            disown(slot);
        }
    }

    private Slot placed(Slot slot, String mode, Path files, PeerListener listener) {
        try {
            boolean alone = mode.equals("learn");
            var community = slot.kind().community();
            var network = alone ? null : engine.ensureNetwork(tools.labels().network(community));
            var name = network == null ? ContainerSpec.NO_NETWORK : network.name();
            var gateway = network == null ? ContainerSpec.NO_NETWORK : network.gateway();
            var container = engine.run(tools.spec(slot, mode, files, name));
            var address = alone ? ContainerSpec.NO_NETWORK : address(container);
            var place = new Slot.Place(container.id(), address, gateway);
            slots.place(slot.id(), place);
            return slot.at(place);
        } catch (RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    private static String address(Container container) {
        var address = container.address();
        return address == null ? ContainerSpec.NO_NETWORK : address;
    }

    private String lastWords(Slot slot) {
        var id = slot.at().containerId();
        engine.stop(id, QUIT);
        var words = String.join(" | ", engine.logs(id, 5)).strip();
        return words.isEmpty() ? "" : "; it said last: " + words;
    }

    /**
     * Takes up a slot that an earlier process of the platform made ready.
     *
     * @throws IOException when its launcher does not call in time
     */
    void adopt(Slot slot, Duration patience) throws IOException, InterruptedException {
        var listener = tools.files().listen(slot.id());
        var channel = new SlotChannel(listener, slot.at().containerId());
        try {
            channel.awaitCall(patience);
            channel.hear(patience, LOOK);
        } catch (IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
        tools.channels().put(slot.id(), channel);
        log.info("slot.adopted slot={}", slot.id());
    }
}
