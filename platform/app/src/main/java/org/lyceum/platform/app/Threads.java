package org.lyceum.platform.app;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Makes every thread of the process, so that each has a name that tells whose it is. Nobody else
 * calls {@link Executors} or {@code Thread.of…}; a rule in the architecture test sees to it.
 */
public final class Threads {

    private Threads() {}

    /** One virtual thread per task: for blocking work that waits on sockets and locks. */
    public static ExecutorService virtual(String name) {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
    }

    /**
     * A fixed number of platform threads: for native code (SQLite), which would keep a virtual
     * thread's carrier and so stop every other one.
     */
    public static ExecutorService platform(String name, int count) {
        return Executors.newFixedThreadPool(count, platformFactory(name));
    }

    /** One platform thread that runs things at their time. The things must not block. */
    public static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(platformFactory(name));
    }

    /** A started virtual thread of its own, for work that has its own deadline. */
    public static Thread start(String name, Runnable work) {
        return Thread.ofVirtual().name(name).start(work);
    }

    /**
     * A started platform thread of its own: for a call that changes the thread itself, which then
     * must not be used for anything else.
     */
    public static Thread startPlatform(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }

    /** Ends {@code executor}: lets tasks finish for {@code patience}, then interrupts them. */
    public static void stop(ExecutorService executor, Duration patience) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory platformFactory(String name) {
        return Thread.ofPlatform().daemon().name(name + "-", 0).factory();
    }
}
