package org.lyceum.slots;

import org.lyceum.platform.config.ConfigSection;
import org.lyceum.platform.kernel.Bytes;

/**
 * {@code slots.*} of the configuration. Every default is written here and nowhere else.
 *
 * @param enabled whether servers are prepared before anybody asks for them
 * @param memory what all that wait may use together, by what one was measured to use
 * @param spare kept ready for each community's first profile, also when nobody has come for long
 * @param max that wait at once, over all communities
 */
public record SlotsConfig(boolean enabled, Bytes memory, int spare, int max) {

    public SlotsConfig {
        require(spare >= 0 && spare <= 100, "slots.spare must be 0 to 100");
        require(max >= 1 && max <= 1000, "slots.max must be 1 to 1000");
    }

    public static SlotsConfig defaults() {
        return new SlotsConfig(true, Bytes.gib(1), 1, 100);
    }

    public static SlotsConfig from(ConfigSection slots) {
        var otherwise = defaults();
        return new SlotsConfig(
                slots.flag("enabled", otherwise.enabled()),
                slots.bytes("memory", otherwise.memory()),
                slots.integer("spare", otherwise.spare()),
                slots.integer("max", otherwise.max()));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
