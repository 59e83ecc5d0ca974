package org.lyceum.login;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;

import java.time.Instant;
import java.util.List;

/**
 * Somebody who was not admitted and waits for a manager's answer.
 *
 * @param known who they are at a provider; null for who has chosen a name and a password here
 * @param note who they say they are; null for who is known to a provider
 */
public record EntryRequest(
        long id,
        CommunityId community,
        @Nullable Known known,
        String name,
        @Nullable String email,
        @Nullable String note,
        Instant askedAt) {

    /** As little as is needed to find them again at a provider. */
    public record Known(long provider, String issuer, String subject) {}

    /** As little as is needed to make them a user. */
    ExternalIdentity identity(Known at) {
        return new ExternalIdentity(
                at.issuer(), at.subject(), name, email, false, List.of(), true, List.of());
    }

    /** Where they come from, as the audit log calls it. */
    String thing() {
        return known == null ? "sign-up:" + id : "provider:" + known.provider();
    }
}
