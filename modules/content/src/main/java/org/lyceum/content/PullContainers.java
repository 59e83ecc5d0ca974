package org.lyceum.content;

import org.lyceum.platform.docker.BuildStep;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.docker.ContainerSpec.Bind;
import org.lyceum.platform.docker.ContainerSpec.Limits;
import org.lyceum.platform.docker.NetworkSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Runs the short-lived containers of this module, a few at a time. */
final class PullContainers {

    /** Of this many at once, on whatever machine; they wait for the network and the disk. */
    private static final int AT_ONCE = 4;

    private static final Duration LOOK = Duration.ofMillis(50);

    /** Git's own words about what failed are in the last few. */
    private static final int LAST_LINES = 20;

    /** Trees of large repositories; files of /tmp count. */
    private static final Limits LIMITS = new Limits(Bytes.gib(1), 1000, 128, Bytes.mib(256));

    private final ContainerEngine engine;
    private final PlatformId platform;
    private final ContentConfig config;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final AtomicLong number = new AtomicLong();
    private boolean clean;

    PullContainers(ContainerEngine engine, PlatformId platform, ContentConfig config) {
        this.engine = engine;
        this.platform = platform;
        this.config = config;
    }

    /** Not those of servers or builds: nobody is to take one for theirs. */
    private Map<String, String> labels() {
        return Map.of(ContainerSpec.PLATFORM_LABEL, platform.value() + "-content");
    }

    /** Removes what a platform that was killed has left, once and before anything is run. */
    synchronized void removeLeft() {
        if (!clean) {
            engine.list(labels()).forEach(container -> engine.remove(container.id()));
            clean = true;
        }
    }

    String network(CommunityId community) {
        return config.network().isEmpty()
                ? engine.ensureNetwork(NetworkSpec.ofCommunity(platform, community)).name()
                : config.network();
    }

    /** How one has ended, and its last lines. */
    record Ended(boolean good, List<String> lines) {}

    /**
     * @throws Problem UNAVAILABLE {@code content.too-slow}, and the engine's
     */
    Ended run(String script, Map<String, String> environment, String network, List<Bind> binds)
            throws InterruptedException {
        removeLeft();
        turns.acquire();
        try {
            var step =
                    new BuildStep(
                            "lyceum-" + platform.shortId() + "-content-" + number.incrementAndGet(),
                            config.image(),
                            labels(),
                            script,
                            environment,
                            network,
                            LIMITS,
                            false,
                            binds);
            var id = engine.builds().start(step);
            try {
                var ended = await(id);
                var exit = ended.exit();
                return new Ended(exit != null && exit.code() == 0, engine.logs(id, LAST_LINES));
            } finally {
                engine.remove(id);
            }
        } finally {
            turns.release();
        }
    }

    private Container await(String id) throws InterruptedException {
        long deadline = System.nanoTime() + config.timeLimit().toNanos();
        while (true) {
            var now =
                    engine.find(id)
                            .orElseThrow(
                                    () ->
                                            Problem.of(
                                                    Problem.Kind.UNAVAILABLE,
                                                    "content.failed",
                                                    "Somebody removed its container; try again."));
            if (!now.alive()) {
                return now;
            }
            if (System.nanoTime() - deadline > 0) {
                throw Problem.of(
                        Problem.Kind.UNAVAILABLE,
                        "content.too-slow",
                        "It took longer than "
                                + config.timeLimit().toSeconds()
                                + " s and was given up; try again, or ask whoever keeps the"
                                + " repository whether it is too large.");
            }
            Thread.sleep(LOOK);
        }
    }
}
