package org.lyceum.storage;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;

/**
 * What somebody decided about the limits of some folders.
 *
 * @param subject number of the group, the user or the folder; 0 for the community
 * @param bytes null: says nothing about bytes
 * @param inodes null: says nothing about files
 * @param version of the row; -1 when it is not written yet
 */
public record LimitRule(
        CommunityId community,
        FolderKind kind,
        LimitScope scope,
        long subject,
        @Nullable Bounds bytes,
        @Nullable Bounds inodes,
        long version) {

    public LimitRule {
        if ((scope == LimitScope.COMMUNITY) != (subject == 0) || scope == LimitScope.PLATFORM) {
            throw new IllegalArgumentException("a rule for " + scope + " " + subject);
        }
    }

    /** How the limits that it decides name it. */
    public EffectiveLimits.Origin origin() {
        return new EffectiveLimits.Origin(scope, subject);
    }
}
