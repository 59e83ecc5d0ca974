package org.lyceum.platform.linux;

import org.lyceum.platform.app.Threads;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work that everybody else goes before: at the processor and, where the disk's queue knows it,
 * there.
 */
public final class Background {

    private static final int PRIO_PROCESS = 0;
    private static final int LAST = 19;

    /** ioprio_set(2): a thread; the class that has the disk when nobody else wants it. */
    private static final int IOPRIO_WHO_PROCESS = 1;

    private static final int IDLE = 3 << 13;

    private Background() {}

    /**
     * Does it on a thread of its own, which the kernel serves last, and waits. Where the kernel
     * takes no priorities it is done all the same.
     *
     * @throws IOException what the work throws, and when the wait is interrupted; the work goes on
     */
    public static <T> T call(String name, Callable<T> work) throws IOException {
        var task =
                new FutureTask<T>(
                        () -> {
                            step();
                            return work.call();
                        });
        Threads.startPlatform(name, task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case null -> new IOException(e);
                case IOException failed -> failed;
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                case Throwable other -> new IOException(other);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + name, e);
        }
    }

    /** Both calls change the calling thread only. */
    private static void step() {
        try {
            Call.SETPRIORITY.of("last", PRIO_PROCESS, 0, LAST);
            Call.IOPRIO_SET.of("idle", IOPRIO_WHO_PROCESS, 0, IDLE);
        } catch (KernelException without) {
            return; // as important as others, then
        }
    }
}
