package org.lyceum.audit;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;

import java.time.Instant;

/**
 * One line of the log.
 *
 * @param community null for an act on the whole platform
 * @param actor such as {@code user:7}; {@code actorName} is what they were called then
 * @param action a constant of {@link AuditAction}, or one that later versions no longer have
 * @param requestId null for what no request caused
 */
public record AuditEntry(
        long id,
        Instant at,
        @Nullable CommunityId community,
        String actor,
        String actorName,
        String action,
        String thing,
        @Nullable String before,
        @Nullable String after,
        @Nullable String requestId) {}
