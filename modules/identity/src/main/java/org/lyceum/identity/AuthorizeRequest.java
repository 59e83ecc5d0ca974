package org.lyceum.identity;

import org.jspecify.annotations.Nullable;

/** The query of {@code GET …/oauth2/authorize}; what the client did not send is null. */
public record AuthorizeRequest(
        @Nullable String clientId,
        @Nullable String redirectUri,
        @Nullable String responseType,
        @Nullable String state,
        @Nullable String scope,
        @Nullable String codeChallenge,
        @Nullable String codeChallengeMethod) {}
