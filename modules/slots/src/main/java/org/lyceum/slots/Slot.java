package org.lyceum.slots;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.docker.ContainerSpec;

import java.time.Instant;

/**
 * A slot as its row says.
 *
 * @param id never recycled; part of labels, container and directory names
 * @param limits what its container was made with
 * @param place null until the container is there
 * @param serverId whose it is, by number; null while it is nobody's
 * @param spawnId the start that took it; null while none has
 * @param readyAt null until it is ready
 */
public record Slot(
        long id,
        SlotKind kind,
        ContainerSpec.Limits limits,
        State state,
        @Nullable Place place,
        @Nullable Long serverId,
        @Nullable String spawnId,
        @Nullable Instant readyAt) {

    /** Where a slot is in its life. */
    public enum State {
        /** Its container is being made, or imports. */
        FILLING,
        /** Waits for somebody. */
        READY,
        /** Is somebody's server, for good. */
        CLAIMED,
        /** Nobody can take it any more; what it has is being cleared away. */
        ENDING
    }

    /**
     * Its container and how it is reached.
     *
     * @param host its address in its network
     * @param gateway this machine's address in that network
     */
    public record Place(String containerId, String host, String gateway) {}

    Slot at(Place there) {
        return new Slot(id, kind, limits, state, there, serverId, spawnId, readyAt);
    }

    /**
     * @throws IllegalStateException for a slot that is being filled
     */
    public Place at() {
        if (place == null) {
            throw new IllegalStateException("slot " + id + " has no container yet");
        }
        return place;
    }
}
