package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.linux.Pressure;

import java.time.Instant;

/**
 * Whether the machine is short of something for longer, and what is done about it.
 *
 * @param since null unless something is done
 * @param lack what there is too little of; null unless something is done
 * @param pressure as of the last look; null where the kernel does not tell
 */
public record MachineCalm(
        State state, @Nullable Instant since, @Nullable Lack lack, @Nullable Pressure pressure) {

    /** What is done. */
    public enum State {
        /** Nothing: the kernel does not tell. */
        UNKNOWN,
        /** Nothing need be. */
        CALM,
        /** Servers that nobody uses are frozen early. */
        FREEZING,
        /** The same, and starts go one at a time. */
        HOLDING
    }

    /** What there is too little of. */
    public enum Lack {
        CORES,
        MEMORY,
        DISK
    }
}
