package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Secret;

/** Answer of the token endpoint (contract §3.3). */
public sealed interface Exchange {

    /**
     * A token.
     *
     * @param scope what the token may do, separated by spaces
     */
    record Tokens(Secret accessToken, long expiresInSeconds, String scope) implements Exchange {}

    /**
     * No token.
     *
     * @param status 400, or 401 for {@code invalid_client}
     */
    record Refused(int status, String error, @Nullable String description) implements Exchange {}
}
