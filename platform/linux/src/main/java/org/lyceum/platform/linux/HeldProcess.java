package org.lyceum.platform.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that is held on to: its number cannot come to mean another one unnoticed. Any thread.
 */
public final class HeldProcess implements AutoCloseable {

    private final int pid;
    private final Descriptor pinned;

    private HeldProcess(int pid, Descriptor pinned) {
        this.pid = pid;
        this.pinned = pinned;
    }

    /**
     * @throws KernelException ESRCH when there is none of that number
     */
    public static HeldProcess of(int pid) throws IOException {
        return new HeldProcess(pid, Descriptor.process(pid));
    }

    public int pid() {
        return pid;
    }

    /** Whether it still runs; what was read of its number before this is true of it. */
    public boolean alive() {
        try {
            Call.PIDFD_SEND_SIGNAL.of("to " + pid, pinned.number(), 0, 0, 0);
            return true;
        } catch (KernelException gone) {
            return false;
        }
    }

    /**
     * Whether it runs inside the container, as its control groups say; those are set by the engine
     * and cannot be left without privileges.
     *
     * @param containerId 64 hexadecimal digits
     */
    public boolean inContainer(String containerId) throws IOException {
        if (containerId.length() != 64) {
            throw new IllegalArgumentException("a container's whole id has 64 digits");
        }
        var groups = Files.readString(Path.of("/proc/" + pid + "/cgroup"));
        return groups.contains(containerId) && alive();
    }

    /** Bytes of memory that are its own: neither shared nor a file's. */
    public long memory() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("RssAnon:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("the process has ended");
    }

    @Override
    public void close() {
        pinned.close();
    }
}
