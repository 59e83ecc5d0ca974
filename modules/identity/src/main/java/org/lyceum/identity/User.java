package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;

/**
 * A person with a login; the same person in every community.
 *
 * @param name what they are called today; a URL segment, and nothing may be keyed by it
 * @param lastActivityAt null when they have never been seen
 */
public record User(
        UserId id,
        String name,
        boolean admin,
        Instant createdAt,
        @Nullable Instant lastActivityAt) {

    /** This user as the one who performs a change. */
    public Actor actor() {
        return new Actor.User(id, name);
    }
}
