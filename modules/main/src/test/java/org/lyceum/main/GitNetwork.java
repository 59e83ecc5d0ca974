package org.lyceum.main;

import java.util.UUID;

/**
 * A network of the engine's of a test's own, in which containers see this machine and each other.
 */
final class GitNetwork implements AutoCloseable {

    private final String name = "lyceum-test-git-" + UUID.randomUUID().toString().substring(0, 8);

    GitNetwork() {
        DockerCommand.run("network", "create", name);
    }

    String name() {
        return name;
    }

    /** Where its containers see this machine. */
    String gateway() {
        return DockerCommand.run(
                        "network", "inspect", "-f", "{{(index .IPAM.Config 0).Gateway}}", name)
                .strip();
    }

    @Override
    public void close() {
        DockerCommand.run("network", "rm", name);
    }
}
