package org.lyceum.files;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;

/**
 * What somebody lets others read, until a day.
 *
 * @param place {@link Place#id} of one that its owner has
 * @param path of a folder or a file in it, never the top
 */
public record SharingLink(
        long id,
        CommunityId community,
        UserId owner,
        String place,
        FilePath path,
        LinkAudience audience,
        Instant createdAt,
        Instant expiresAt) {

    /**
     * A new one.
     *
     * @param key that its address carries; only its hash is kept
     */
    public record Made(SharingLink link, Secret key) {}

    public boolean over(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
