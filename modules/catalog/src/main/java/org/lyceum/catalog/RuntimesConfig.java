package org.lyceum.catalog;

import org.lyceum.platform.config.ConfigSection;

import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code runtimes.*} of the configuration.
 *
 * @param usual runs servers whose profile names none; empty for the engine's own
 * @param offered what a profile may name instead
 */
public record RuntimesConfig(String usual, List<String> offered) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}");

    /** More than any engine has. */
    private static final int MAX_OFFERED = 10;

    public RuntimesConfig {
        require(
                usual.isEmpty() || NAME.matcher(usual).matches(),
                "runtimes.default must be the name of one of the engine's runtimes, or empty");
        require(
                offered.size() <= MAX_OFFERED
                        && offered.stream().allMatch(name -> NAME.matcher(name).matches()),
                "runtimes.offered must be at most 10 names of the engine's runtimes");
        offered = List.copyOf(offered);
    }

    public static RuntimesConfig defaults() {
        return new RuntimesConfig("", List.of());
    }

    public static RuntimesConfig from(ConfigSection runtimes) {
        var otherwise = defaults();
        return new RuntimesConfig(
                runtimes.text("default", otherwise.usual()),
                runtimes.textList("offered", otherwise.offered()));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
