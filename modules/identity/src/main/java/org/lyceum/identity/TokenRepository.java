package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_CLIENT;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SERVICE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_TOKEN;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_USER;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.db.Remembered;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes {@code identity_token}; what an OAuth exchange adds is in OAuthRepository. */
final class TokenRepository {

    /** Of one owner; a client that asks for one per request runs into it. */
    static final int MAX_PER_OWNER = 1_000;

    /** A token that is to be; without scopes it gets those of the role {@code token}. */
    record Draft(
            CommunityId community,
            Owner owner,
            List<String> scopes,
            String note,
            Instant now,
            Optional<Instant> expiresAt) {}

    /** Tokens in use between two writes; each costs a few hundred bytes. */
    private static final int MAX_REMEMBERED = 10_000;

    /** A token as a request shows it. */
    private record Shown(CommunityId community, String hash) {}

    private final Remembered<Shown, HeldToken> byHash;
    private final Database db;
    private final AuditLog audit;

    TokenRepository(Database db, AuditLog audit) {
        this.db = db;
        this.byHash = new Remembered<>(db, MAX_REMEMBERED);
        this.audit = audit;
    }

    Token issue(Actor actor, Draft draft, String hash) {
        return db.write(
                tx -> {
                    var rows = new HeldTokenRepository(tx, draft.community());
                    requireHeld(rows, draft);
                    if (tx.fetchCount(IDENTITY_TOKEN, of(draft.owner())) >= MAX_PER_OWNER) {
                        throw Problem.conflict(
                                "token.too-many",
                                draft.owner().name()
                                        + " has "
                                        + MAX_PER_OWNER
                                        + " tokens; revoke some first.");
                    }
                    long id = insert(tx, draft, hash);
                    audit.record(
                            tx,
                            draft.community(),
                            actor,
                            AuditAction.TOKEN_ISSUED,
                            "token:a" + id,
                            null,
                            "owner=" + draft.owner().actor() + " scopes=" + draft.scopes());
                    return rows.one(IDENTITY_TOKEN.ID.eq(id)).orElseThrow().token();
                });
    }

    /** A token never starts out with more than its owner; later it is cut down at each use. */
    private static void requireHeld(HeldTokenRepository rows, Draft draft) {
        var all = rows.ownerScopes(draft.owner());
        var self = HeldTokenRepository.self(draft.owner(), null);
        var missing =
                draft.scopes().stream()
                        .filter(
                                text ->
                                        !rows.expand(List.of(text), self, all)
                                                .within(all, rows.membership()))
                        .sorted()
                        .toList();
        if (!missing.isEmpty()) {
            var kind = draft.owner() instanceof Owner.OfUser ? "User " : "Service ";
            throw Problem.invalid(
                    "scope.not-held",
                    "Not assigning requested scopes "
                            + String.join(", ", missing)
                            + " not held by "
                            + kind
                            + draft.owner().name());
        }
    }

    private static long insert(DSLContext tx, Draft draft, String hash) {
        var row = tx.newRecord(IDENTITY_TOKEN);
        row.setCommunityId(draft.community().value());
        row.setKind(Token.Kind.API.name());
        switch (draft.owner()) {
            case Owner.OfUser(var user) -> row.setUserId(user.id().value());
            case Owner.OfService(var service) -> row.setServiceId(service.id());
        }
        row.setHash(hash);
        var scopes = new ScopeRepository(tx, draft.community());
        row.setScopes(
                draft.scopes().isEmpty()
                        ? scopes.storedOfRole(Roles.TOKEN)
                        : scopes.stored(draft.scopes()));
        row.setNote(draft.note());
        row.setCreatedAt(draft.now().toEpochMilli());
        row.setExpiresAt(draft.expiresAt().map(Instant::toEpochMilli).orElse(null));
        return tx.insertInto(IDENTITY_TOKEN)
                .set(row)
                .returning(IDENTITY_TOKEN.ID)
                .fetchSingle()
                .getId();
    }

    Token issueForServer(TokenRequest.Server request, String hash, Instant now) {
        return db.write(
                tx -> {
                    var row = tx.newRecord(IDENTITY_TOKEN);
                    row.setCommunityId(request.community().value());
                    row.setKind(Token.Kind.SERVER.name());
                    row.setUserId(request.owner().id().value());
                    row.setServerId(request.serverId());
                    row.setServerName(request.serverName());
                    row.setHash(hash);
                    row.setScopes(
                            new ScopeRepository(tx, request.community())
                                    .storedOfRole(Roles.SERVER));
                    row.setNote(request.note());
                    row.setCreatedAt(now.toEpochMilli());
                    long id =
                            tx.insertInto(IDENTITY_TOKEN)
                                    .set(row)
                                    .returning(IDENTITY_TOKEN.ID)
                                    .fetchSingle()
                                    .getId();
                    return new HeldTokenRepository(tx, request.community())
                            .one(IDENTITY_TOKEN.ID.eq(id))
                            .orElseThrow()
                            .token();
                });
    }

    List<String> notHeld(Caller caller, Collection<String> written) {
        return db.read(
                sql -> {
                    var rows = new HeldTokenRepository(sql, caller.community());
                    var self = HeldTokenRepository.self(caller.owner(), caller.ownServer());
                    return written.stream()
                            .filter(
                                    text ->
                                            !rows.known(text, self, caller.scopes())
                                                    .within(caller.scopes(), rows.membership()))
                            .sorted()
                            .toList();
                });
    }

    Optional<HeldToken> findByHash(CommunityId community, String hash, Instant now) {
        return byHash.get(new Shown(community, hash), () -> read(community, hash, now))
                .filter(held -> aliveAt(held.token(), now));
    }

    private Optional<HeldToken> read(CommunityId community, String hash, Instant now) {
        return db.read(
                sql ->
                        new HeldTokenRepository(sql, community)
                                .one(IDENTITY_TOKEN.HASH.eq(hash).and(alive(now))));
    }

    /** As {@link #alive}, for one that was read a while ago. */
    private static boolean aliveAt(Token token, Instant now) {
        var end = token.expiresAt();
        return end == null || end.toEpochMilli() > now.toEpochMilli();
    }

    Optional<HeldToken> find(CommunityId community, long id, Instant now) {
        return db.read(
                sql ->
                        new HeldTokenRepository(sql, community)
                                .one(IDENTITY_TOKEN.ID.eq(id).and(alive(now))));
    }

    List<HeldToken> list(CommunityId community, Owner owner, Instant now) {
        return db.read(
                sql ->
                        new HeldTokenRepository(sql, community)
                                .list(owner, of(owner).and(alive(now)), MAX_PER_OWNER));
    }

    /** All a user holds in a community now; empty when they are gone. */
    Optional<Owner.OfUser> owner(UserId user) {
        return db.read(sql -> UserRepository.one(sql, user.value()).map(Owner.OfUser::new));
    }

    Scopes scopesOf(CommunityId community, Owner owner) {
        return db.read(
                sql -> {
                    var rows = new HeldTokenRepository(sql, community);
                    return rows.ownerScopes(owner).withMembersOfAccess(rows.membership());
                });
    }

    void revoke(Actor actor, Token token, long id) {
        db.write(
                tx -> {
                    int rows = tx.deleteFrom(IDENTITY_TOKEN).where(sameGrant(token, id)).execute();
                    if (rows > 0) {
                        audit.record(
                                tx,
                                token.community(),
                                actor,
                                AuditAction.TOKEN_REVOKED,
                                "token:" + token.id(),
                                "owner=" + token.owner().actor(),
                                null);
                    }
                    return true;
                });
    }

    /** An OAuth token stands for a consent: with one go all that its owner has of the client. */
    private static Condition sameGrant(Token token, long id) {
        if (token.kind() != Token.Kind.OAUTH) {
            return IDENTITY_TOKEN.ID.eq(id);
        }
        var one = IDENTITY_TOKEN.as("one");
        return of(token.owner())
                .and(
                        IDENTITY_TOKEN.CLIENT_ID.eq(
                                DSL.select(one.CLIENT_ID).from(one).where(one.ID.eq(id))));
    }

    void revokeSession(UserId user, String sessionPublicId) {
        db.write(
                tx ->
                        tx.deleteFrom(IDENTITY_TOKEN)
                                .where(IDENTITY_TOKEN.USER_ID.eq(user.value()))
                                .and(IDENTITY_TOKEN.SESSION_PUBLIC_ID.eq(sessionPublicId))
                                .execute());
    }

    void revokeAll(Actor actor, CommunityId community, UserId user) {
        db.write(
                tx -> {
                    tx.deleteFrom(IDENTITY_TOKEN)
                            .where(IDENTITY_TOKEN.USER_ID.eq(user.value()))
                            .and(IDENTITY_TOKEN.COMMUNITY_ID.eq(community.value()))
                            .execute();
                    audit.record(
                            tx,
                            community,
                            actor,
                            AuditAction.TOKEN_REVOKED,
                            "user:" + user,
                            "all",
                            null);
                    return true;
                });
    }

    /** The server's own token, its client, and with the client all tokens and codes of it. */
    void revokeOfServer(long serverId) {
        db.write(
                tx -> {
                    tx.deleteFrom(IDENTITY_CLIENT)
                            .where(IDENTITY_CLIENT.SERVER_ID.eq(serverId))
                            .execute();
                    return tx.deleteFrom(IDENTITY_TOKEN)
                            .where(IDENTITY_TOKEN.SERVER_ID.eq(serverId))
                            .execute();
                });
    }

    void recordActivity(Map<Long, Long> millisOfTokens) {
        db.write(
                tx -> {
                    millisOfTokens.forEach(
                            (id, millis) ->
                                    tx.update(IDENTITY_TOKEN)
                                            .set(IDENTITY_TOKEN.LAST_ACTIVITY_AT, millis)
                                            .where(IDENTITY_TOKEN.ID.eq(id))
                                            .execute());
                    return true;
                });
    }

    static Condition alive(Instant now) {
        return IDENTITY_TOKEN
                .EXPIRES_AT
                .isNull()
                .or(IDENTITY_TOKEN.EXPIRES_AT.gt(now.toEpochMilli()));
    }

    private static Condition of(Owner owner) {
        return switch (owner) {
            case Owner.OfUser(var user) -> IDENTITY_TOKEN.USER_ID.eq(user.id().value());
            case Owner.OfService(var service) -> IDENTITY_TOKEN.SERVICE_ID.eq(service.id());
        };
    }

    /** Whether the owner's row is still there. */
    boolean exists(Owner owner) {
        return db.read(
                sql ->
                        switch (owner) {
                            case Owner.OfUser(var user) ->
                                    sql.fetchExists(
                                            IDENTITY_USER, IDENTITY_USER.ID.eq(user.id().value()));
                            case Owner.OfService(var service) ->
                                    sql.fetchExists(
                                            IDENTITY_SERVICE, IDENTITY_SERVICE.ID.eq(service.id()));
                        });
    }
}
