package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;

import java.util.List;
import java.util.Set;

/**
 * Somebody who has proved who they are, and what they may do in this moment.
 *
 * @param scopes all they hold, expanded, self-filters resolved
 * @param sessionId public id of the browser session: of the cookie, or of the session an OAuth
 *     token was issued in; null for other tokens
 * @param tokenId such as {@code a12}; null for a cookie
 * @param ownServer {@code user/server} that the token was issued to or for; null for others
 */
public record Caller(
        CommunityId community,
        Owner owner,
        Scopes scopes,
        @Nullable String sessionId,
        @Nullable String tokenId,
        @Nullable String ownServer,
        Via via) {

    public Actor actor() {
        return owner.actor();
    }

    /** Whether any of {@code required} covers {@code target}. */
    public Decision check(Set<String> required, Target target) {
        return scopes.check(required, target);
    }

    /**
     * The scopes as {@code /hub/api/user} lists them, sorted. Access to a single server is listed
     * only for the server the token belongs to, or else for the one that asks: single-user 3.0
     * drops the connection when it is told of a sibling (contract §3.4).
     *
     * @param asking {@code user/server}; null when no server asks
     */
    public List<String> answerScopes(@Nullable String asking) {
        return scopes.writtenFor(ownServer, asking);
    }
}
