package org.lyceum.storage;

import java.util.Optional;

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

    /** These, but for what the rule says something about. */
    EffectiveLimits decidedBy(Optional<LimitRule> rule) {
        return rule.map(
                        decided ->
                                new EffectiveLimits(
                                        decided.bytes() == null ? bytes : decided.bytes(),
                                        decided.bytes() == null ? bytesFrom : decided.origin(),
                                        decided.inodes() == null ? inodes : decided.inodes(),
                                        decided.inodes() == null ? inodesFrom : decided.origin()))
                .orElse(this);
    }

    /** What the kernel is to enforce. */
    public Limits enforced() {
        return new Limits(bytes.hard(), inodes.hard());
    }
}
