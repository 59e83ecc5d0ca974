package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Secret;

import java.time.Instant;
import java.util.List;

/**
 * What is known of a code that can be exchanged for a {@link Share}; the code itself is not.
 *
 * @param id {@code sc_} and a number that is never used twice
 * @param scopes what whoever exchanges it gets, with the server as their filter, sorted
 * @param exchanges how often it was exchanged
 */
public record ShareCode(
        String id,
        SharedServer server,
        List<String> scopes,
        Instant createdAt,
        Instant expiresAt,
        long exchanges,
        @Nullable Instant lastExchangedAt) {

    static final String PREFIX = "sc_";

    public ShareCode {
        scopes = List.copyOf(scopes);
    }

    /** A new code; it cannot be had again. */
    public record Issued(ShareCode code, Secret secret) {}

    /**
     * Part of a list, in the order the codes were made.
     *
     * @param total how many there are in all parts together
     */
    public record Page(List<ShareCode> codes, long total) {}
}
