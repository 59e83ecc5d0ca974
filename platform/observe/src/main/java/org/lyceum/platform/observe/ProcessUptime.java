package org.lyceum.platform.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long this process has been running, by the kernel's account, to 10 ms. */
public final class ProcessUptime {

    private ProcessUptime() {}

    /** Not by the JVM's management beans: those take 10 ms to answer the first time. */
    public static Duration at(Clock clock) {
        var now = clock.instant();
        Instant began = ProcessHandle.current().info().startInstant().orElse(now);
        return Duration.between(began, now);
    }
}
