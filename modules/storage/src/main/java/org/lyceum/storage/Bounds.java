package org.lyceum.storage;

import org.lyceum.platform.kernel.Problem;

/**
 * Two limits on one thing, bytes or files.
 *
 * @param hard what the kernel enforces; 0: none
 * @param soft where people are warned; not above {@code hard}
 */
public record Bounds(long hard, long soft) {

    /** Of what the kernel enforces, the share at which a warning comes when nobody said. */
    private static final double WARNING = 0.8;

    public Bounds {
        if (hard < 0 || soft < 0 || (hard > 0 && soft > hard)) {
            throw Problem.invalid(
                    "limit.impossible",
                    "A warning must come before the limit, and neither may be negative.");
        }
    }

    public static Bounds of(long hard) {
        return new Bounds(hard, (long) (hard * WARNING));
    }
}
