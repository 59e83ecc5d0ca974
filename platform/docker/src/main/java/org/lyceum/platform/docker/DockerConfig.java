package org.lyceum.platform.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code docker.*} of the configuration.
 *
 * @param socket the engine's Unix socket; an engine on a TCP port is not supported
 * @param deadline how long one call may take, its wait for a place among {@code maxCalls} included
 * @param maxCalls calls under way at once; more only make Docker slower, it locks inside
 * @param bindRoots directories below which a container may be given files of the host
 */
public record DockerConfig(Path socket, Duration deadline, int maxCalls, List<Path> bindRoots) {

    public static final Path DEFAULT_SOCKET = Path.of("/var/run/docker.sock");

    /** A start takes 0.25 s; twenty at once on two cores, behind each other, stay below this. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

    public static final int DEFAULT_MAX_CALLS = 16;

    /** Places a root may neither be nor hold: what is here belongs to the system or to Docker. */
    private static final List<Path> NEVER =
            List.of(
                    Path.of("/proc"),
                    Path.of("/sys"),
                    Path.of("/dev"),
                    Path.of("/etc"),
                    Path.of("/boot"),
                    Path.of("/usr"),
                    Path.of("/var/run"),
                    Path.of("/run/docker"),
                    Path.of("/run/containerd"),
                    Path.of("/var/lib/docker"),
                    Path.of("/var/lib/containerd"));

    public DockerConfig {
        require(socket.isAbsolute(), "docker.socket must be an absolute path");
        require(deadline.isPositive(), "docker.deadline must be longer than 0");
        require(maxCalls >= 1 && maxCalls <= 256, "docker.max-calls must be 1 to 256");
        for (var root : bindRoots) {
            require(
                    root.isAbsolute() && root.getNameCount() >= 2 && root.equals(root.normalize()),
                    "a bind root must be an absolute path of two names or more: " + root);
            for (var never : NEVER) {
                require(
                        !root.startsWith(never) && !never.startsWith(root),
                        "a bind root must stay out of " + never + ": " + root);
            }
        }
        bindRoots = List.copyOf(bindRoots);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
