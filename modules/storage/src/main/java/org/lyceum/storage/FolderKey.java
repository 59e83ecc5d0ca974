package org.lyceum.storage;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

/**
 * Which folder: never changes, and is made of numbers only, so renaming anybody moves nothing.
 *
 * @param owner number of the user or the group; 0 for what belongs to the community
 */
public record FolderKey(CommunityId community, FolderKind kind, long owner) {

    public FolderKey {
        boolean common = kind == FolderKind.SHARED;
        if (common ? owner != 0 : owner <= 0) {
            throw new IllegalArgumentException("a folder " + kind + " of " + owner);
        }
    }

    public static FolderKey home(CommunityId community, UserId user) {
        return new FolderKey(community, FolderKind.HOME, user.value());
    }

    public static FolderKey scratch(CommunityId community, UserId user) {
        return new FolderKey(community, FolderKind.SCRATCH, user.value());
    }

    public static FolderKey shared(CommunityId community) {
        return new FolderKey(community, FolderKind.SHARED, 0);
    }

    public static FolderKey group(CommunityId community, long group) {
        return new FolderKey(community, FolderKind.GROUP, group);
    }

    /** Where the directories of this kind lie below the pool: {@code communities/1/homes}. */
    public String parent() {
        return "communities/" + community + "/" + kind.directory();
    }

    /** Its own name there: {@code 7}. */
    public String name() {
        return kind == FolderKind.SHARED ? "all" : Long.toString(owner);
    }

    /** As people with a log read it: {@code communities/1/homes/7}. */
    @Override
    public String toString() {
        return parent() + "/" + name();
    }
}
