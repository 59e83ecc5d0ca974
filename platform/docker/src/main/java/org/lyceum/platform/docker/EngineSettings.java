package org.lyceum.platform.docker;

import java.util.Set;

/**
 * How the engine is set up, as far as it tells; source: Docker Engine API 1.41, {@code GET /info}
 * and {@code GET /networks/bridge}.
 *
 * @param rootDirectory where it keeps images and containers
 * @param storageDriver such as {@code overlay2}
 * @param loggingDriver of containers that name none, such as {@code json-file}
 * @param controlGroups 1 or 2, the kernel interface by which it limits containers
 * @param liveRestore whether containers go on while the engine is restarted
 * @param limits what it can limit
 * @param security what it puts round a container, such as {@code seccomp} and {@code apparmor}
 * @param runtimes by which it can run containers, such as {@code runc}
 * @param bridgeTalks whether containers of the default network may talk to each other
 */
public record EngineSettings(
        String version,
        String rootDirectory,
        String storageDriver,
        String loggingDriver,
        int controlGroups,
        boolean liveRestore,
        Set<Limit> limits,
        Set<String> security,
        Set<String> runtimes,
        boolean bridgeTalks) {

    public EngineSettings {
        limits = Set.copyOf(limits);
        security = Set.copyOf(security);
        runtimes = Set.copyOf(runtimes);
    }

    /** What a container may have no more of. */
    public enum Limit {
        MEMORY,
        SWAP,
        CORES,
        PROCESSES
    }
}
