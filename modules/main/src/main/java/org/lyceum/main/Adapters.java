package org.lyceum.main;

import org.lyceum.platform.app.Threads;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.DockerEngine;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;

/** What a test exchanges to build the same hub with other edges: the clock and the engine. */
record Adapters(Clock clock, ContainerEngine engine) {

    private static final Logger log = LoggerFactory.getLogger(Adapters.class);

    /** The real ones. The engine's client is slow to wake, so it is asked something at once. */
    static Adapters real(PlatformConfig config) {
        var engine = new DockerEngine(config.docker());
        Threads.start("engine-wakes", () -> wake(engine));
        return new Adapters(Clock.systemUTC(), engine);
    }

    /** While the database opens on the other core: a third of the time a start takes. */
    private static void wake(ContainerEngine engine) {
        try {
            log.debug("engine.awake version={}", engine.version());
        } catch (Problem away) {
            log.debug("engine.away code={}", away.code()); // whoever needs it says so
        }
    }
}
