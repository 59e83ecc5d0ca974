package org.lyceum.platform.docker;

import org.lyceum.platform.docker.ContainerSpec.Bind;
import org.lyceum.platform.docker.ContainerSpec.Limits;

import java.util.List;
import java.util.Map;

/**
 * A container in which a part of a build runs. Unlike people's containers it may be root's and
 * write to its own file system, because packages are installed in it; it keeps only those of root's
 * rights that a package manager needs, sees nothing of the host but {@code binds}, and never the
 * engine's socket.
 *
 * <p>The engine shows all of this to whoever may inspect containers: no secret belongs here.
 *
 * @param image an image id or reference that is on this machine
 * @param labels {@link ContainerSpec#PLATFORM_LABEL} must be among them
 * @param script for {@code sh}
 * @param network the name of a network of the engine
 * @param limits its scratch is not used by a step of root's, which writes to its image
 * @param root whether it is root's; else it is as hardened as people's own
 * @param binds read by it, written only where they say so
 */
public record BuildStep(
        String name,
        String image,
        Map<String, String> labels,
        String script,
        Map<String, String> environment,
        String network,
        Limits limits,
        boolean root,
        List<Bind> binds) {

    /** As people's containers run. */
    static final int UID = 1000;

    public BuildStep {
        ContainerSpec.requirePlatformLabel(labels);
        if (network.equals("host") || network.startsWith("container:")) {
            throw new IllegalArgumentException("a build has a network of its own");
        }
        labels = Map.copyOf(labels);
        environment = Map.copyOf(environment);
        binds = List.copyOf(binds);
    }
}
