package org.lyceum.platform.kernel;

import java.util.regex.Pattern;

/**
 * Tells this installation from every other on the same machine: 32 lower-case hexadecimal digits,
 * made once.
 */
public record PlatformId(String value) {

    private static final Pattern WRITTEN = Pattern.compile("[0-9a-f]{32}");

    public PlatformId {
        if (!WRITTEN.matcher(value).matches()) {
            throw new IllegalArgumentException("a platform id is 32 hexadecimal digits");
        }
    }

    /** The part that fits into names of containers and network interfaces. */
    public String shortId() {
        return value.substring(0, 6);
    }
}
