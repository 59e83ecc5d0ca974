package org.lyceum.builds;

import org.lyceum.platform.app.Threads;
import org.lyceum.platform.docker.BuildStep;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.docker.NetworkSpec;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Problem;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs the containers of builds, watched from the first moment to the last. */
final class StepContainers {

    private static final Duration LOOK = Duration.ofMillis(500);

    /** For the rest of the log of a container that has ended. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final ContainerEngine engine;
    private final PlatformId platform;
    private final BuildsConfig config;

    StepContainers(ContainerEngine engine, PlatformId platform, BuildsConfig config) {
        this.engine = engine;
        this.platform = platform;
        this.config = config;
    }

    /** Not those of servers: nobody is to take one for a person's. */
    Map<String, String> labels() {
        return Map.of(ContainerSpec.PLATFORM_LABEL, platform.value() + "-build");
    }

    /**
     * Of images: whoever makes a container of one inherits them, and must not be taken for a build
     * that was left over.
     */
    Map<String, String> imageLabels() {
        return Map.of(ContainerSpec.PLATFORM_LABEL, "", ImageStock.LABEL, platform.value());
    }

    String name(long build, int step) {
        return "lyceum-" + platform.shortId() + "-build-" + build + "-" + step;
    }

    String network(CommunityId community) {
        return config.network().isEmpty()
                ? engine.ensureNetwork(NetworkSpec.ofCommunity(platform, community)).name()
                : config.network();
    }

    /** Removes what a platform that was killed has left; returns how many they were. */
    int removeLeft() {
        var left = engine.list(labels());
        left.forEach(container -> engine.remove(container.id()));
        return left.size();
    }

    /**
     * Runs a step to its good end.
     *
     * @param then what is made of its container, before that is removed
     * @throws Problem {@code build.failed}, and what {@link Watch#look} ends it for
     */
    <T> T run(BuildStep step, Watch watch, Consumer<String> log, Function<String, T> then)
            throws InterruptedException {
        var id = engine.builds().start(step);
        try {
            var reader = Threads.start("build-log", () -> follow(id, log));
            var ended = await(id, watch);
            boolean ignored = reader.join(LAST_WORDS);
            requireGood(ended, step);
            watch.stepEnds(step.root() ? engine.builds().writtenBytes(id) : 0);
            return then.apply(id);
        } finally {
            engine.remove(id);
        }
    }

    private void follow(String id, Consumer<String> log) {
        try {
            engine.builds().follow(id, log);
        } catch (InterruptedException platformEnds) {
            Thread.currentThread().interrupt();
        }
    }

    private Container await(String id, Watch watch) throws InterruptedException {
        while (true) {
            var now =
                    engine.find(id)
                            .orElseThrow(
                                    () ->
                                            Watch.failure(
                                                    "build.failed",
                                                    "Somebody removed its container."));
            if (!now.alive()) {
                return now;
            }
            watch.look(() -> engine.builds().writtenBytes(id));
            Thread.sleep(LOOK);
        }
    }

    private static void requireGood(Container ended, BuildStep step) {
        var exit = ended.exit();
        if (exit != null && exit.outOfMemory()) {
            throw Watch.failure(
                    "build.out-of-memory",
                    "It needed more memory than builds.memory allows ("
                            + step.limits().memory()
                            + ").");
        }
        if (exit == null || exit.code() != 0) {
            throw Watch.failure(
                    "build.failed",
                    "It ended with code "
                            + (exit == null ? "unknown" : exit.code())
                            + "; the last lines of the log say why.");
        }
    }
}
