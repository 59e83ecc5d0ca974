package org.lyceum.login;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;

/** A way in that somebody has: who they are at a provider. */
public record Linked(
        long id,
        long provider,
        UserId user,
        String issuer,
        String subject,
        String name,
        @Nullable String email,
        Instant lastUsedAt) {}
