package org.lyceum.platform.observe;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How long this process has been running, by the JVM's own account. */
public final class ProcessUptime {

    private ProcessUptime() {}

    public static Duration now() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
