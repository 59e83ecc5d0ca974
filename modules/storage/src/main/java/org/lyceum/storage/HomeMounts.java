package org.lyceum.storage;

import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.HeldProcess;
import org.lyceum.platform.linux.LateMount;

import java.io.IOException;
import java.nio.file.Path;

/** Puts homes into containers that run already. Blocking; any number of threads. */
public final class HomeMounts {

    private final Path data;

    HomeMounts(Path data) {
        this.data = data;
    }

    /**
     * Mounts the home for the process and all others in its container, without setuid programs and
     * devices. It goes with the container.
     *
     * @param process runs in the container; whoever calls has made sure which one that is
     * @param target absolute, a directory inside
     * @throws Problem UNAVAILABLE {@code storage.not-mountable}
     */
    public void into(HeldProcess process, Home home, String target) {
        try {
            LateMount.into(process, data, data.relativize(home.hostPath()), target);
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "storage.not-mountable",
                    "Your home could not be put into a server that was waiting; an administrator"
                            + " must look at the platform's log.",
                    e);
        }
    }
}
