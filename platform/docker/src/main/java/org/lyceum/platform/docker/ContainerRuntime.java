package org.lyceum.platform.docker;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of runtimes other than the engine's own. Nothing here is a guess: {@code
 * SandboxedContainerIT} runs the probes of the hardened profile under each and fails when a list is
 * too short or too long.
 */
public final class ContainerRuntime {

    private static final Map<String, Set<Guarantee>> GAPS =
            Map.of(
                    "runsc",
                    EnumSet.of(
                            Guarantee.NO_NEW_PRIVILEGES,
                            Guarantee.SYSTEM_CALL_FILTER,
                            Guarantee.NAMESPACES_AND_MOUNTS,
                            Guarantee.OWN_NAMESPACES,
                            Guarantee.PROCESS_LIMIT,
                            Guarantee.RESIZE));

    private ContainerRuntime() {}

    /**
     * What does not hold under a runtime.
     *
     * @return empty for a runtime that has not been tried
     */
    public static Optional<Set<Guarantee>> gaps(String runtime) {
        return Optional.ofNullable(GAPS.get(runtime));
    }
}
