package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;

/**
 * A token from its row, with what it may do now.
 *
 * @param number the number in its id
 * @param ownServer {@code user/server} that it was issued to or for
 */
record HeldToken(long number, Token token, Scopes scopes, @Nullable String ownServer) {

    Caller caller(CommunityId community) {
        return new Caller(
                community,
                token.owner(),
                scopes,
                token.sessionId(),
                token.id(),
                ownServer,
                Via.TOKEN);
    }
}
