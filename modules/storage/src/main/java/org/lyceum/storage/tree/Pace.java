package org.lyceum.storage.tree;

import org.lyceum.platform.linux.KernelException;

import java.util.concurrent.locks.LockSupport;

/**
 * Walks rest as long as they work, in short turns, and end: who changes a folder faster than it is
 * walked must not keep it walking.
 */
final class Pace {

    /** Entries of one walk; several times what a folder may hold. */
    private static final long MOST = 20_000_000;

    private static final int LOOK_EVERY = 128;
    private static final long TURN_NANOS = 20_000_000;
    private static final long LONGEST_REST_NANOS = 200_000_000;

    private long entries;
    private long began = System.nanoTime();

    /** One more entry. */
    void entry() throws KernelException {
        entries++;
        if (entries > MOST) {
            throw new KernelException("walk a folder that never ends", KernelException.EBUSY);
        }
        if (entries % LOOK_EVERY == 0) {
            rest();
        }
    }

    /** Some bytes were copied. */
    void rest() {
        long worked = System.nanoTime() - began;
        if (worked >= TURN_NANOS) {
            LockSupport.parkNanos(Math.min(worked, LONGEST_REST_NANOS));
            began = System.nanoTime();
        }
    }
}
