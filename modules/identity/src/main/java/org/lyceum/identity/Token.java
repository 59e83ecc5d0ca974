package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Secret;

import java.time.Instant;
import java.util.List;

/**
 * What is known of a token; the token itself is not.
 *
 * @param id {@code a} and a number that is never used twice
 * @param scopes what it may do now, expanded and sorted
 * @param sessionId public id of the session an OAuth token was issued in
 * @param oauthClient description of the client an OAuth token was issued to, "JupyterHub" for
 *     others
 */
public record Token(
        String id,
        CommunityId community,
        Owner owner,
        Kind kind,
        List<String> scopes,
        String note,
        Instant createdAt,
        @Nullable Instant lastActivityAt,
        @Nullable Instant expiresAt,
        @Nullable String sessionId,
        String oauthClient) {

    /** Why it was issued. */
    public enum Kind {
        /** A person or service asked for it. */
        API,
        /** Through the OAuth provider, for a browser at a server or service. */
        OAUTH,
        /** For a single-user server, to speak to the hub. */
        SERVER
    }

    /** A new token and its secret; the secret cannot be had again. */
    public record Issued(Token token, Secret secret) {}
}
