package org.lyceum.servers;

import java.util.function.Supplier;

/** Where the time of one start went. Of one thread. */
final class SpawnTimes {

    private final long began = System.nanoTime();
    private long lineNanos;
    private long dockerNanos;
    private long bootNanos;
    private long routeNanos;
    private boolean warm;

    /** Counts the call as the engine's time. */
    <T> T docker(Supplier<T> call) {
        long start = System.nanoTime();
        try {
            return call.get();
        } finally {
            dockerNanos += System.nanoTime() - start;
        }
    }

    void waitedInLine(long nanos) {
        lineNanos += nanos;
    }

    void booted(boolean fromSlot, long nanos) {
        warm = fromSlot;
        bootNanos += nanos;
    }

    /** Whether the server that answered was a slot before. */
    boolean warm() {
        return warm;
    }

    /** Counts how long after the server's first answer its route is in place. */
    void routed(Runnable put) {
        long start = System.nanoTime();
        put.run();
        routeNanos = System.nanoTime() - start;
    }

    long routeMicros() {
        return routeNanos / 1_000;
    }

    long totalMillis() {
        return millis(System.nanoTime() - began);
    }

    /** What is left when the line, the engine and the server's own boot are taken out. */
    long ownMillis() {
        return millis(System.nanoTime() - began - lineNanos - dockerNanos - bootNanos);
    }

    long dockerMillis() {
        return millis(dockerNanos);
    }

    long bootMillis() {
        return millis(bootNanos);
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
