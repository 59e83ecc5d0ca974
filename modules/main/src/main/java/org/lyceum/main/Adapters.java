package org.lyceum.main;

import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.DockerEngine;

import java.time.Clock;

/** What a test exchanges to build the same hub with other edges: the clock and the engine. */
record Adapters(Clock clock, ContainerEngine engine) {

    /** The real ones. */
    static Adapters real(PlatformConfig config) {
        return new Adapters(Clock.systemUTC(), new DockerEngine(config.docker()));
    }
}
