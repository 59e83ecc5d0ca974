package org.lyceum.community;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

/**
 * How much of the machine a community may take; null leaves it to the platform's own limits, which
 * hold besides in any case.
 *
 * @param maxSpawning starts under way and in line at once, 1 to 10,000
 * @param maxActive servers that hold a container at once, up to 10,000; 0 is no limit
 * @param namedPerUser named servers of one user, stopped ones too, up to 1,000; 0 turns them off
 */
public record Limits(
        @Nullable Integer maxSpawning,
        @Nullable Integer maxActive,
        @Nullable Integer namedPerUser) {

    /** The platform's own. */
    public static final Limits NONE = new Limits(null, null, null);

    private static final int MAX_SERVERS = 10_000;
    private static final int MAX_NAMED = 1_000;

    /**
     * @throws Problem INVALID community.limit-invalid
     */
    void requireValid() {
        require("maxSpawning", maxSpawning, 1, MAX_SERVERS);
        require("maxActive", maxActive, 0, MAX_SERVERS);
        require("namedPerUser", namedPerUser, 0, MAX_NAMED);
    }

    private static void require(String name, @Nullable Integer value, int min, int max) {
        if (value != null && (value < min || value > max)) {
            throw Problem.invalid(
                    "community.limit-invalid",
                    name + " must be between " + min + " and " + max + ", or empty.");
        }
    }

    @Override
    public String toString() {
        return "spawning=" + maxSpawning + " active=" + maxActive + " named=" + namedPerUser;
    }
}
