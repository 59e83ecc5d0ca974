package org.lyceum.storage;

import java.time.Instant;

/**
 * A folder whose owner has gone: closed, and removed on a day that was said beforehand.
 *
 * @param ownerName as they are called, or were called last; empty for what a community shared
 * @param since when it was found to be nobody's
 * @param until when it is removed, unless its owner comes back before
 * @param usedBytes as last measured
 */
public record Leaving(
        Folder folder,
        String ownerName,
        Reason reason,
        Instant since,
        Instant until,
        long usedBytes) {

    /** Why a folder is nobody's. */
    public enum Reason {
        /** Its owner still has an account, and is no member of the community any more. */
        MEMBER_LEFT,
        /** Its owner's account was deleted. */
        USER_DELETED,
        GROUP_DELETED,
        COMMUNITY_DELETED
    }
}
