package org.lyceum.platform.docker;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.PlatformId;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The network of one community: a bridge of its own on which containers reach the host and the
 * outside, but not each other. Its addresses come from the engine's pool; it has no IPv6.
 *
 * @param platform the short id of this installation: 2 to 6 lower-case letters and digits
 * @param labels what it is; {@link ContainerSpec#PLATFORM_LABEL} must be among them
 */
public record NetworkSpec(String platform, CommunityId community, Map<String, String> labels) {

    /** A Linux interface name has at most 15 characters. */
    private static final int MAX_INTERFACE = 15;

    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]{2,6}");

    public NetworkSpec {
        if (!PLATFORM.matcher(platform).matches()) {
            throw new IllegalArgumentException(
                    "a platform's short id is 2 to 6 of a-z0-9, got '" + platform + "'");
        }
        ContainerSpec.requirePlatformLabel(labels);
        labels = Map.copyOf(labels);
        if (bridge(platform, community).length() > MAX_INTERFACE) {
            throw new IllegalArgumentException("no interface name left for community " + community);
        }
    }

    /** The network of this community of this installation. */
    public static NetworkSpec ofCommunity(PlatformId platform, CommunityId community) {
        return new NetworkSpec(
                platform.shortId(),
                community,
                Map.of(
                        ContainerSpec.PLATFORM_LABEL,
                        platform.value(),
                        "org.lyceum.community",
                        community.toString()));
    }

    /** The network's name: {@code lyceum-ab12cd-c1}. */
    public String name() {
        return "lyceum-" + platform + "-c" + community;
    }

    /**
     * The name of the Linux bridge: {@code lycab12cd-1}. The firewall's rules match {@code lyc+},
     * so every bridge of ours begins with it, and nothing else should.
     */
    public String bridge() {
        return bridge(platform, community);
    }

    private static String bridge(String platform, CommunityId community) {
        return "lyc"
                + platform
                + "-"
                + Long.toString(community.value(), 36).toLowerCase(Locale.ROOT);
    }
}
