package org.lyceum.identity;

import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;

/**
 * A browser that has signed in to the platform.
 *
 * @param publicId 32 hexadecimal digits: the value of the cookie jupyterhub-session-id, which
 *     single-user servers read. It proves nothing
 */
public record Session(long id, UserId user, String publicId, Instant createdAt, Instant expiresAt) {

    /**
     * A new session, and the cookie that proves it to the platform; the cookie cannot be had again.
     */
    public record Opened(Session session, Secret cookie) {}
}
