package org.lyceum.platform.observe;

import java.util.Locale;
import org.lyceum.platform.config.ConfigSection;

/**
 * {@code observe.*} of the configuration.
 *
 * @param logLevel from which line on our own code logs
 */
public record ObserveConfig(LogLevel logLevel) {

    /**
     * Reads the section.
     *
     * @throws IllegalArgumentException when a value is not one of those there are
     */
    public static ObserveConfig from(ConfigSection observe) {
        var level = observe.text("log-level", "info").toUpperCase(Locale.ROOT);
        try {
            return new ObserveConfig(LogLevel.valueOf(level));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "observe.log-level must be one of debug, info, warn and error", e);
        }
    }
}
