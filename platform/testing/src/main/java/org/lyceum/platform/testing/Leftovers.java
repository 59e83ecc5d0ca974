package org.lyceum.platform.testing;

import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Map;

/** What an installation that a test has closed left with the engine. */
public final class Leftovers {

    private Leftovers() {}

    /**
     * Removes its containers and networks. A container that the engine was making when the platform
     * closed comes up after it, and is found by the next look.
     */
    public static void sweep(ContainerEngine engine, String platform, List<String> networks) {
        Eventually.holds("nothing is left of it", () -> swept(engine, platform, networks));
    }

    private static boolean swept(ContainerEngine engine, String platform, List<String> networks) {
        engine.list(Map.of(ContainerSpec.PLATFORM_LABEL, platform))
                .forEach(container -> engine.remove(container.id()));
        try {
            networks.forEach(engine::removeNetwork);
            return true;
        } catch (Problem stillUsed) {
            return false;
        }
    }
}
