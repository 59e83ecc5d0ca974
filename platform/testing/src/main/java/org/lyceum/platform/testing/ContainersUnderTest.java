package org.lyceum.platform.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.docker.ContainerSpec.Bind;
import org.lyceum.platform.docker.DockerConfig;
import org.lyceum.platform.docker.DockerEngine;
import org.lyceum.platform.kernel.Bytes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Real containers, as hardened as those of people, that a test runs programs in. They are gone
 * after each test. Register it as a field, on a class that {@link RequiresDocker}.
 */
public final class ContainersUnderTest implements AfterEachCallback, AutoCloseable {

    private static final ContainerSpec.Limits LIMITS =
            new ContainerSpec.Limits(Bytes.mib(128), 500, 64, Bytes.mib(16));

    private final String image;
    private final DockerEngine engine;
    private final String platform = UUID.randomUUID().toString();
    private String runtime = "";
    private int made;

    /**
     * @param roots below which containers may be given files
     */
    public ContainersUnderTest(String image, Path... roots) {
        this.image = image;
        this.engine =
                new DockerEngine(
                        new DockerConfig(
                                DockerConfig.DEFAULT_SOCKET,
                                Duration.ofSeconds(60),
                                8,
                                List.of(roots)));
    }

    /** Has all from now on run by this runtime; empty for the engine's own. */
    public void under(String other) {
        runtime = other;
    }

    public DockerEngine engine() {
        return engine;
    }

    /** The label that these containers have, and networks for them should have. */
    public Map<String, String> labels() {
        return Map.of(ContainerSpec.PLATFORM_LABEL, platform);
    }

    /** Without a network. */
    public Container run(List<Bind> bound, String... command) {
        return run(ContainerSpec.NO_NETWORK, bound, command);
    }

    public Container run(String network, List<Bind> bound, String... command) {
        return run(network, LIMITS, bound, command);
    }

    /** As user 1000 in /tmp. */
    public Container run(
            String network, ContainerSpec.Limits limits, List<Bind> bound, String... command) {
        made++;
        return engine.run(
                new ContainerSpec(
                                "lyceum-test-" + platform.substring(0, 8) + "-" + made,
                                image,
                                labels(),
                                new ContainerSpec.Program(
                                        List.of(command), Map.of(), "/tmp", 1000, 1000),
                                network,
                                limits,
                                bound)
                        .under(runtime));
    }

    /** Waits for its end; the container as it is then. */
    public Container ended(Container container) {
        return Eventually.value(
                "the container ends",
                () -> engine.find(container.id()).filter(each -> each.exit() != null));
    }

    /** What the command wrote until it ended, at most the last 1000 lines. */
    public List<String> output(List<Bind> bound, String... command) {
        var container = run(bound, command);
        ended(container);
        return engine.logs(container.id(), 1000);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (var each : engine.list(labels())) {
            engine.remove(each.id());
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
