package org.lyceum.platform.linux;

import org.lyceum.platform.app.Threads;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The network of a container that runs: sockets made here are the container's, whoever uses them.
 * Needs CAP_SYS_ADMIN. Blocking; safe for any number of threads.
 */
public final class ContainerNetwork implements AutoCloseable {

    private static final int CLONE_NEWNET = 0x4000_0000;

    private final Descriptor process;

    private ContainerNetwork(Descriptor process) {
        this.process = process;
    }

    /**
     * The network that the process is in.
     *
     * @param same asked after the process has been pinned, so that its number cannot have gone to
     *     somebody else's process
     * @throws KernelException ESRCH when there is no such process
     */
    public static ContainerNetwork of(long pid, ContainerMounts.Check same) throws IOException {
        var process = Descriptor.process(pid);
        try {
            if (!same.holds()) {
                throw new IOException("process " + pid + " is not the one that was meant");
            }
            return new ContainerNetwork(process);
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /**
     * Makes a socket there. The kernel remembers where a socket was made, so nothing else need be
     * done inside: it may be bound, connected and used by any thread.
     *
     * @param socket does nothing but make it, and takes no longer than that
     * @throws KernelException ESRCH when the container has ended
     */
    public <T> T make(Callable<T> socket) throws IOException {
        var work =
                new FutureTask<>(
                        () -> {
                            Call.SETNS.of("CLONE_NEWNET", process.number(), CLONE_NEWNET);
                            return socket.call();
                        });
        try {
            Threads.startPlatform("container-network", work); // which never comes back
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KernelException refused) {
                throw new KernelException("enter a container's network", refused.errno());
            }
            throw new IOException("make a socket in a container's network", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while making a socket", e);
        }
    }

    @Override
    public synchronized void close() {
        process.close();
    }
}
