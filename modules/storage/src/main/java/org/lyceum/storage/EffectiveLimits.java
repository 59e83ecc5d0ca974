package org.lyceum.storage;

/**
 * What counts for a folder, and where each comes from.
 *
 * @param bytesFrom the rule that decided
 */
public record EffectiveLimits(Bounds bytes, Origin bytesFrom, Bounds inodes, Origin inodesFrom) {

    /** A rule by whom it is for; {@code subject} is 0 for the platform and the community. */
    public record Origin(LimitScope scope, long subject) {

        static final Origin PLATFORM = new Origin(LimitScope.PLATFORM, 0);
    }

    /** What the kernel is to enforce. */
    public Limits enforced() {
        return new Limits(bytes.hard(), inodes.hard());
    }
}
