package org.lyceum.identity;

import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;

/**
 * A browser that has signed in to the platform.
 *
 * @param publicId 32 hexadecimal digits: the value of the cookie jupyterhub-session-id, which
 *     single-user servers read. It proves nothing
 * @param userAgent what the browser said of itself at sign-in; at most 400 characters of anything
 */
public record Session(
        long id,
        UserId user,
        String publicId,
        String userAgent,
        Instant createdAt,
        Instant expiresAt) {

    /**
     * A new session, and the cookie that proves it to the platform; the cookie cannot be had again.
     */
    public record Opened(Session session, Secret cookie) {}
}
