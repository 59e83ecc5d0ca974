package org.lyceum.content;

import org.lyceum.platform.config.ConfigSection;
import org.lyceum.platform.kernel.Bytes;

import java.time.Duration;

/**
 * {@code content.*} of the configuration. Every default is written here and nowhere else.
 *
 * @param image with git and Python in it, in which files are fetched and put into homes; empty for
 *     that of the first environment
 * @param network the engine's network that repositories are fetched in; empty for that of their
 *     community, which reaches the world but no private addresses
 * @param patience how long a start waits for files; they come after that too
 * @param timeLimit of one repository in one home
 * @param largest what a repository may send at once
 */
public record ContentConfig(
        String image, String network, Duration patience, Duration timeLimit, Bytes largest) {

    public ContentConfig {
        require(
                !network.equals("host") && !network.startsWith("container:"),
                "content.network must be a network that belongs to containers");
        require(!patience.isNegative(), "content.patience must not be negative");
        require(timeLimit.isPositive(), "content.time-limit must be longer than 0");
        require(largest.compareTo(Bytes.mib(1)) >= 0, "content.largest must be at least 1MiB");
    }

    public static ContentConfig defaults() {
        return new ContentConfig(
                "", "", Duration.ofSeconds(20), Duration.ofMinutes(5), Bytes.mib(512));
    }

    /** The same, in {@code image} unless another is set. */
    public ContentConfig in(String defaultImage) {
        return image.isEmpty()
                ? new ContentConfig(defaultImage, network, patience, timeLimit, largest)
                : this;
    }

    public static ContentConfig from(ConfigSection content) {
        var otherwise = defaults();
        return new ContentConfig(
                content.text("image", otherwise.image()),
                content.text("network", otherwise.network()),
                content.duration("patience", otherwise.patience()),
                content.duration("time-limit", otherwise.timeLimit()),
                content.bytes("largest", otherwise.largest()));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
