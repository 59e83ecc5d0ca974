package org.lyceum.platform.docker;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * A container as the engine sees it at one moment.
 *
 * @param address its address on its network; null while it does not run and without a network
 * @param exit how it ended; null while it has not, and in lists
 */
public record Container(
        String id,
        String name,
        String imageId,
        Map<String, String> labels,
        State state,
        @Nullable String address,
        @Nullable Exit exit) {

    public Container {
        labels = Map.copyOf(labels);
    }

    /**
     * Whether it is, or is about to be, at work. A paused container keeps its memory and returns.
     */
    public boolean alive() {
        return switch (state) {
            case RUNNING, PAUSED, RESTARTING -> true;
            case CREATED, REMOVING, EXITED, DEAD -> false;
        };
    }

    /** The engine's own states. */
    public enum State {
        CREATED,
        RUNNING,
        PAUSED,
        RESTARTING,
        REMOVING,
        EXITED,
        DEAD
    }

    /**
     * How a container ended.
     *
     * @param code the exit code of its first process; 128 and the signal's number after a signal
     * @param outOfMemory whether the kernel killed it, or a process in it, at its memory limit
     */
    public record Exit(long code, boolean outOfMemory, @Nullable Instant at) {}
}
