package org.lyceum.identity;

import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Issues tokens, and says who holds one and what they may do. Blocking. */
public final class TokenService {

    private static final Logger log = LoggerFactory.getLogger(TokenService.class);

    private static final Pattern ID = Pattern.compile("a(\\d{1,18})");

    /** JupyterHub's column is as wide. */
    private static final int MAX_NOTE = 1_023;

    /** Whoever wants longer means for ever. */
    private static final Duration MAX_LIFE = Duration.ofDays(100 * 365);

    /** A token of ours has 32 characters; longer ones need no look at the database. */
    private static final int MAX_TOKEN = 256;

    private final TokenRepository tokens;
    private final ActivityBuffer activity;
    private final Clock clock;

    TokenService(TokenRepository tokens, ActivityBuffer activity, Clock clock) {
        this.tokens = tokens;
        this.activity = activity;
        this.clock = clock;
    }

    /**
     * Issues a token.
     *
     * @throws Problem INVALID scope.unknown, scope.not-held when the owner does not hold what is
     *     asked for, token.expiry-invalid, token.note-too-long; NOT_FOUND token.owner-unknown;
     *     CONFLICT token.too-many
     */
    public Token.Issued issue(Actor actor, TokenRequest request) {
        var secret = Secret.random();
        var token =
                switch (request) {
                    case TokenRequest.Api api -> issue(actor, api, secret);
                    case TokenRequest.Server server ->
                            tokens.issueForServer(server, secret.hash(), clock.instant());
                };
        log.info("token.issued token={} owner={}", token.id(), token.owner().actor());
        return new Token.Issued(token, secret);
    }

    private Token issue(Actor actor, TokenRequest.Api request, Secret secret) {
        var life = request.expiresIn();
        if (life != null && (!life.isPositive() || life.compareTo(MAX_LIFE) > 0)) {
            throw Problem.invalid(
                    "token.expiry-invalid",
                    "expires_in must be a positive number of seconds, or null for no end.");
        }
        if (request.note().length() > MAX_NOTE) {
            throw Problem.invalid(
                    "token.note-too-long", "A note has at most " + MAX_NOTE + " characters.");
        }
        if (!tokens.exists(request.owner())) {
            throw Problem.notFound("token.owner-unknown", "There is no such user or service.");
        }
        var now = clock.instant();
        var draft =
                new TokenRepository.Draft(
                        request.community(),
                        request.owner(),
                        List.copyOf(request.scopes()),
                        request.note(),
                        now,
                        Optional.ofNullable(life).map(now::plus));
        return tokens.issue(actor, draft, secret.hash());
    }

    /**
     * Who holds this token in this community; empty when it is unknown, expired or revoked. One
     * indexed read. Counts as activity of the token and its owner, except for a server's own token.
     */
    public Optional<Caller> authenticate(CommunityId community, Secret token) {
        var shown = token.reveal();
        if (shown.isEmpty() || shown.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        var held = tokens.findByHash(community, token.hash(), clock.instant());
        held.ifPresent(this::touch);
        return held.map(found -> found.caller(community));
    }

    private void touch(HeldToken held) {
        activity.touchToken(held.number());
        if (held.token().kind() != Token.Kind.SERVER
                && held.token().owner() instanceof Owner.OfUser(var user)) {
            activity.touchUser(user.id().value());
        }
    }

    /**
     * The holder of a session, with all of the user's scopes.
     *
     * @throws Problem UNAUTHENTICATED session.ended when the user is gone
     */
    public Caller callerOf(Session session) {
        var owner =
                tokens.owner(session.user())
                        .orElseThrow(
                                () ->
                                        Problem.of(
                                                Problem.Kind.UNAUTHENTICATED,
                                                "session.ended",
                                                "This session has ended; sign in again."));
        return new Caller(
                session.community(),
                owner,
                tokens.scopesOf(session.community(), owner),
                session.publicId(),
                null,
                null,
                Via.COOKIE);
    }

    /** What the user holds in this community now. */
    public Scopes scopesOf(CommunityId community, User user) {
        return tokens.scopesOf(community, new Owner.OfUser(user));
    }

    /** The owner's tokens that have not expired, last used first, at most 1,000. */
    public List<Token> list(CommunityId community, Owner owner) {
        return tokens.list(community, owner, clock.instant()).stream()
                .map(HeldToken::token)
                .toList();
    }

    /** The token with this id, such as {@code a12}, unless it has expired. */
    public Optional<Token> find(CommunityId community, String id) {
        var match = ID.matcher(id);
        return match.matches()
                ? tokens.find(community, Long.parseLong(match.group(1)), clock.instant())
                        .map(HeldToken::token)
                : Optional.empty();
    }

    /** Revokes the token; for an OAuth token all that its owner has of the same client. */
    public void revoke(Actor actor, Token token) {
        tokens.revoke(actor, token, Long.parseLong(token.id().substring(1)));
        log.info("token.revoked token={}", token.id());
    }

    /** Revokes the OAuth tokens issued in a browser session. */
    public void revokeSession(UserId user, String sessionPublicId) {
        tokens.revokeSession(user, sessionPublicId);
    }

    /** Revokes all of a user's tokens in a community: they have left it. */
    public void revokeAll(Actor actor, CommunityId community, UserId user) {
        tokens.revokeAll(actor, community, user);
    }

    /** Revokes a server's own token, its OAuth client, and every token issued to that client. */
    public void revokeOfServer(long serverId) {
        tokens.revokeOfServer(serverId);
    }
}
