package org.lyceum.builds;

import org.lyceum.platform.config.ConfigSection;
import org.lyceum.platform.kernel.Bytes;

import java.time.Duration;

/**
 * {@code builds.*} of the configuration. Every default is written here and nowhere else.
 *
 * @param baseImage what repositories are built on; empty for the image of the first environment
 * @param memory that one step may use
 * @param disk that one build may write
 * @param timeLimit of one build, from its beginning
 * @param network the engine's network that builds are in; empty for that of their community, which
 *     reaches the world but no private addresses
 */
public record BuildsConfig(
        String baseImage, Bytes memory, Bytes disk, Duration timeLimit, String network) {

    public BuildsConfig {
        require(memory.compareTo(Bytes.mib(256)) >= 0, "builds.memory must be at least 256MiB");
        require(disk.compareTo(Bytes.mib(16)) >= 0, "builds.disk must be at least 16MiB");
        require(timeLimit.isPositive(), "builds.time-limit must be longer than 0");
        require(
                !network.equals("host") && !network.startsWith("container:"),
                "builds.network must be a network that belongs to containers");
    }

    public static BuildsConfig defaults() {
        return new BuildsConfig("", Bytes.gib(2), Bytes.gib(8), Duration.ofHours(1), "");
    }

    /** The same, built on {@code image} unless another is set. */
    public BuildsConfig on(String image) {
        return baseImage.isEmpty()
                ? new BuildsConfig(image, memory, disk, timeLimit, network)
                : this;
    }

    public static BuildsConfig from(ConfigSection builds) {
        var otherwise = defaults();
        return new BuildsConfig(
                builds.text("base-image", otherwise.baseImage()),
                builds.bytes("memory", otherwise.memory()),
                builds.bytes("disk", otherwise.disk()),
                builds.duration("time-limit", otherwise.timeLimit()),
                builds.text("network", otherwise.network()));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
