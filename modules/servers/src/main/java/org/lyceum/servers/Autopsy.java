package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.KernelLog;
import org.lyceum.platform.linux.Machine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;

/** Finds out why a server's container has ended. Blocking. */
final class Autopsy {

    private static final Logger log = LoggerFactory.getLogger(Autopsy.class);

    private static final int LINES = 15;

    /** What programs say that cannot write; source: errno(3), ENOSPC and EDQUOT. */
    private static final List<String> NO_SPACE =
            List.of("No space left on device", "Disk quota exceeded");

    private static final int KILLED = 128 + 9;
    private static final int ASKED = 128 + 15;
    private static final int BROKE_MEMORY = 128 + 11;

    private final ContainerEngine engine;
    private final Machine machine;

    Autopsy(ContainerEngine engine, Machine machine) {
        this.engine = engine;
        this.machine = machine;
    }

    /**
     * @param container as it is now; null when it is gone
     * @param whenGone the reason when nothing is left to ask
     */
    Ending of(Server server, @Nullable Container container, StopReason whenGone) {
        var started = server.startedAt();
        if (started != null && started.isBefore(machine.bootedAt())) {
            return Ending.of(StopReason.HOST_RESTARTED);
        }
        if (container == null) {
            return Ending.of(whenGone);
        }
        var exit = container.exit();
        // The engine remembers the death of any process in it: a kernel's, hours before this end.
        if (exit != null && exit.outOfMemory() && exit.code() == KILLED) {
            return new Ending(StopReason.OUT_OF_MEMORY, memory(server, container), null);
        }
        var words = words(container);
        if (NO_SPACE.stream().anyMatch(words::contains)) {
            return new Ending(StopReason.DISK_FULL, null, words);
        }
        return new Ending(StopReason.DIED, exit == null ? null : sentence(exit.code()), words);
    }

    private static String memory(Server server, Container container) {
        var limit = server.launched().memory();
        var most = limit == null ? "" : " It may use " + limit + ".";
        try {
            return KernelLog.lastKill(container.id())
                            .map(kill -> kill.program() + " had taken " + new Bytes(kill.bytes()))
                            .map(taken -> taken + " and was ended by the kernel.")
                            .orElse("")
                    + most;
        } catch (IOException unreadable) {
            log.debug("kernel.log-unreadable", unreadable);
            return most;
        }
    }

    private String words(Container container) {
        try {
            return String.join("\n", engine.logs(container.id(), LINES));
        } catch (Problem later) { // the reason is worth more than the words
            log.debug("server.last-words-unread", later);
            return "";
        }
    }

    private static String sentence(long code) {
        if (code == 0) {
            return "It ended in order, as if it had been asked to (exit code 0).";
        }
        if (code == KILLED) {
            return "It was killed from outside (exit code 137).";
        }
        if (code == ASKED) {
            return "It was asked to end from outside (exit code 143).";
        }
        if (code == BROKE_MEMORY) {
            return "A fault in a program it runs ended it (exit code 139).";
        }
        return "Its exit code was " + code + ".";
    }
}
