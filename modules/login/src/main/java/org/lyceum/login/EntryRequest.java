package org.lyceum.login;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;

import java.time.Instant;

/** Somebody who was not admitted and waits for a manager's answer. */
public record EntryRequest(
        long id,
        CommunityId community,
        long provider,
        String issuer,
        String subject,
        String name,
        @Nullable String email,
        Instant askedAt) {

    /** As little as is needed to make them a user. */
    ExternalIdentity identity() {
        return new ExternalIdentity(
                issuer,
                subject,
                name,
                email,
                false,
                java.util.List.of(),
                true,
                java.util.List.of());
    }
}
