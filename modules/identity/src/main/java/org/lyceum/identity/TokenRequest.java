package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;

import java.time.Duration;
import java.util.List;

/** What a new token is for. */
public sealed interface TokenRequest {

    /**
     * A token somebody asks for.
     *
     * @param scopes a subset of what {@code owner} holds; empty means those of the role {@code
     *     token}, by default all that the owner has at any time
     * @param expiresIn null: until revoked
     */
    record Api(
            CommunityId community,
            Owner owner,
            List<String> scopes,
            String note,
            @Nullable Duration expiresIn)
            implements TokenRequest {}

    /**
     * The token of a single-user server: activity of its owner, access to itself.
     *
     * @param serverId row of the server, by which the token is revoked
     * @param serverName empty for the default server
     */
    record Server(CommunityId community, User owner, long serverId, String serverName, String note)
            implements TokenRequest {}
}
