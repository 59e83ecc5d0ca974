package org.lyceum.identity;

import java.util.List;
import java.util.Optional;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;

/** Issues tokens, and says who holds one and what they may do. Blocking. */
public final class TokenService {

    TokenService() {}

    /**
     * Issues a token.
     *
     * @throws org.lyceum.platform.kernel.Problem INVALID scope.unknown, scope.not-held when the owner
     *     does not hold what is asked for, token.expiry-invalid, token.note-too-long; CONFLICT
     *     token.too-many
     */
    public Token.Issued issue(Actor actor, TokenRequest request) {
        return Todo.later();
    }

    /**
     * Who holds this token in this community; empty when it is unknown, expired or revoked. One
     * indexed read. Counts as activity of the token and its owner, except for a server's own token.
     */
    public Optional<Caller> authenticate(CommunityId community, Secret token) {
        return Todo.later();
    }

    /**
     * The holder of a session, with all of the user's scopes.
     *
     * @throws org.lyceum.platform.kernel.Problem UNAUTHENTICATED session.ended when the user is gone
     */
    public Caller callerOf(Session session) {
        return Todo.later();
    }

    /** What the user holds in this community now. */
    public Scopes scopesOf(CommunityId community, User user) {
        return Todo.later();
    }

    /** The owner's tokens that have not expired, last used first, at most 1,000. */
    public List<Token> list(CommunityId community, Owner owner) {
        return Todo.later();
    }

    /** The token with this id, such as {@code a12}, unless it has expired. */
    public Optional<Token> find(CommunityId community, String id) {
        return Todo.later();
    }

    /** Revokes the token; for an OAuth token all that its owner has of the same client. */
    public void revoke(Actor actor, Token token) {
        Todo.later();
    }

    /** Revokes the OAuth tokens issued in a browser session. */
    public void revokeSession(UserId user, String sessionPublicId) {
        Todo.later();
    }

    /** Revokes all of a user's tokens in a community: they have left it. */
    public void revokeAll(Actor actor, CommunityId community, UserId user) {
        Todo.later();
    }

    /** Revokes a server's own token, its OAuth client, and every token issued to that client. */
    public void revokeOfServer(long serverId) {
        Todo.later();
    }
}
