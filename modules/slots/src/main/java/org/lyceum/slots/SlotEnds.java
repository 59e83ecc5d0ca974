package org.lyceum.slots;

import org.lyceum.platform.docker.ContainerEngine;

/** Clears away what a slot has, in an order that can be broken off and begun again. Blocking. */
final class SlotEnds {

    private final SlotRepository slots;
    private final ContainerEngine engine;
    private final SlotLabels labels;
    private final SlotFiles files;
    private final SlotChannels channels;

    SlotEnds(
            SlotRepository slots,
            ContainerEngine engine,
            SlotLabels labels,
            SlotFiles files,
            SlotChannels channels) {
        this.slots = slots;
        this.engine = engine;
        this.labels = labels;
        this.files = files;
        this.channels = channels;
    }

    /**
     * Ends a slot that is in one of these states: nobody can take it from here on.
     *
     * @return false when it is in another state by now, or gone; nothing is done then
     */
    boolean end(Slot slot, Slot.State... from) {
        if (!slots.end(slot.id(), from)) {
            return false;
        }
        finish(slot);
        return true;
    }

    /**
     * Carries the end of a slot that is ENDING through; the row goes last.
     *
     * @throws org.lyceum.platform.kernel.Problem when the engine does not answer
     */
    void finish(Slot slot) {
        channels.drop(slot.id());
        engine.find(labels.containerName(slot))
                .filter(labels::genuine)
                .ifPresent(container -> engine.remove(container.id()));
        files.delete(slot.id());
        slots.remove(slot.id());
    }
}
