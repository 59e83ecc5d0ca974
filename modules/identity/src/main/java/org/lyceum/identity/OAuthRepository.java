package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_CLIENT;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_CODE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SERVICE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SESSION;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_TOKEN;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Clients and codes, and the tokens that codes become. */
final class OAuthRepository {

    /** Tokens one user keeps of one client; a browser that forgets its cookie takes a new one. */
    private static final int MAX_PER_GRANT = 50;

    /** What a client is registered with. */
    record Registration(
            CommunityId community,
            String identifier,
            String secretHash,
            String redirectUri,
            String description,
            List<String> allowed,
            Grantee grantee) {}

    /** What a code carries. */
    record Code(
            long clientId,
            UserId user,
            String sessionPublicId,
            String redirectUri,
            List<String> scopes,
            @Nullable String challenge,
            Instant expiresAt) {}

    private final Database db;
    private final AuditLog audit;

    OAuthRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    void register(Registration client) {
        db.write(
                tx -> {
                    tx.deleteFrom(IDENTITY_CLIENT)
                            .where(sameGrantee(client.grantee()))
                            .or(
                                    IDENTITY_CLIENT
                                            .COMMUNITY_ID
                                            .eq(client.community().value())
                                            .and(IDENTITY_CLIENT.IDENTIFIER.eq(client.identifier()))
                                            .and(
                                                    IDENTITY_CLIENT.REDIRECT_URI.eq(
                                                            client.redirectUri())))
                            .execute();
                    insert(tx, client);
                    return true;
                });
    }

    private static void insert(DSLContext tx, Registration client) {
        var row = tx.newRecord(IDENTITY_CLIENT);
        row.setCommunityId(client.community().value());
        row.setIdentifier(client.identifier());
        row.setSecretHash(client.secretHash());
        row.setRedirectUri(client.redirectUri());
        row.setDescription(client.description());
        row.setAllowedScopes(new ScopeRepository(tx, client.community()).stored(client.allowed()));
        switch (client.grantee()) {
            case Grantee.OfServer(var owner, var serverId, var serverName) -> {
                row.setUserId(owner.id().value());
                row.setServerId(serverId);
                row.setServerName(serverName);
            }
            case Grantee.OfService(var service) -> row.setServiceId(service.id());
        }
        tx.insertInto(IDENTITY_CLIENT).set(row).execute();
    }

    private static Condition sameGrantee(Grantee grantee) {
        return switch (grantee) {
            case Grantee.OfServer(var owner, var serverId, var name) ->
                    IDENTITY_CLIENT.SERVER_ID.eq(serverId);
            case Grantee.OfService(var service) -> IDENTITY_CLIENT.SERVICE_ID.eq(service.id());
        };
    }

    /** Usually one or none; more when identifiers built from different names fall together. */
    List<OAuthClient> find(CommunityId community, String identifier) {
        return db.read(
                sql ->
                        sql.selectFrom(IDENTITY_CLIENT)
                                .where(IDENTITY_CLIENT.COMMUNITY_ID.eq(community.value()))
                                .and(IDENTITY_CLIENT.IDENTIFIER.eq(identifier))
                                .orderBy(IDENTITY_CLIENT.ID)
                                .fetch(row -> client(sql, row)));
    }

    /** What the user has granted this client, one list per token that is still good. */
    List<List<String>> granted(OAuthClient client, UserId user, Instant now) {
        return db.read(
                sql -> {
                    var scopes = new ScopeRepository(sql, client.community());
                    return sql.select(IDENTITY_TOKEN.SCOPES)
                            .from(IDENTITY_TOKEN)
                            .where(IDENTITY_TOKEN.CLIENT_ID.eq(client.id()))
                            .and(IDENTITY_TOKEN.USER_ID.eq(user.value()))
                            .and(TokenRepository.alive(now))
                            .fetch(row -> scopes.written(row.value1()));
                });
    }

    /** What is written stands for in a community; for one request. */
    Grants grants(CommunityId community) {
        return db.read(sql -> new Grants(new ScopeRepository(sql, community).tree()));
    }

    /** The scopes of the role of this name, if there is one. */
    Optional<List<String>> role(CommunityId community, String name) {
        return db.read(sql -> new ScopeRepository(sql, community).ofRole(name));
    }

    Membership membership(CommunityId community) {
        return new Membership() {
            @Override
            public Set<String> groupsOf(String user) {
                return db.read(
                        sql -> new ScopeRepository(sql, community).membership().groupsOf(user));
            }

            @Override
            public Set<String> membersOf(String group) {
                return db.read(
                        sql -> new ScopeRepository(sql, community).membership().membersOf(group));
            }
        };
    }

    void addCode(OAuthClient client, Actor actor, String hash, Code code) {
        db.write(
                tx -> {
                    var row = tx.newRecord(IDENTITY_CODE);
                    row.setHash(hash);
                    row.setClientId(code.clientId());
                    row.setUserId(code.user().value());
                    row.setSessionPublicId(code.sessionPublicId());
                    row.setRedirectUri(code.redirectUri());
                    row.setScopes(
                            new ScopeRepository(tx, client.community()).stored(code.scopes()));
                    row.setChallenge(code.challenge());
                    row.setExpiresAt(code.expiresAt().toEpochMilli());
                    tx.insertInto(IDENTITY_CODE).set(row).execute();
                    audit.record(
                            tx,
                            client.community(),
                            actor,
                            AuditAction.CLIENT_AUTHORIZED,
                            "client:" + client.id(),
                            null,
                            client.description() + " scopes=" + code.scopes());
                    return true;
                });
    }

    /**
     * Takes the code out: nobody gets it a second time, whatever becomes of this exchange. Empty
     * when there is none for this client, when it is too old, or when its browser has signed out.
     */
    Optional<Code> take(OAuthClient client, String hash, Instant now) {
        return db.write(
                tx -> {
                    var row =
                            tx.deleteFrom(IDENTITY_CODE)
                                    .where(IDENTITY_CODE.HASH.eq(hash))
                                    .and(IDENTITY_CODE.CLIENT_ID.eq(client.id()))
                                    .returning()
                                    .fetchOne();
                    if (row == null || row.getExpiresAt() <= now.toEpochMilli()) {
                        return Optional.empty();
                    }
                    return Optional.of(
                            new Code(
                                    row.getClientId(),
                                    new UserId(row.getUserId()),
                                    row.getSessionPublicId(),
                                    row.getRedirectUri(),
                                    new ScopeRepository(tx, client.community())
                                            .written(row.getScopes()),
                                    row.getChallenge(),
                                    Instant.ofEpochMilli(row.getExpiresAt())));
                });
    }

    /** The token a code has become; false when the session ended between the two. */
    boolean addToken(OAuthClient client, Code code, String hash, Instant now, Instant expiresAt) {
        return db.write(
                tx -> {
                    if (!tx.fetchExists(
                            IDENTITY_SESSION,
                            IDENTITY_SESSION
                                    .PUBLIC_ID
                                    .eq(code.sessionPublicId())
                                    .and(IDENTITY_SESSION.USER_ID.eq(code.user().value())))) {
                        return false;
                    }
                    var row = tx.newRecord(IDENTITY_TOKEN);
                    row.setCommunityId(client.community().value());
                    row.setKind(Token.Kind.OAUTH.name());
                    row.setUserId(code.user().value());
                    row.setClientId(client.id());
                    row.setHash(hash);
                    row.setScopes(
                            new ScopeRepository(tx, client.community()).stored(code.scopes()));
                    row.setNote("");
                    row.setSessionPublicId(code.sessionPublicId());
                    row.setCreatedAt(now.toEpochMilli());
                    row.setExpiresAt(expiresAt.toEpochMilli());
                    tx.insertInto(IDENTITY_TOKEN).set(row).execute();
                    removeOldest(tx, client, code.user());
                    return true;
                });
    }

    private static void removeOldest(DSLContext tx, OAuthClient client, UserId user) {
        var newest =
                tx.select(IDENTITY_TOKEN.ID)
                        .from(IDENTITY_TOKEN)
                        .where(IDENTITY_TOKEN.CLIENT_ID.eq(client.id()))
                        .and(IDENTITY_TOKEN.USER_ID.eq(user.value()))
                        .orderBy(IDENTITY_TOKEN.ID.desc())
                        .limit(MAX_PER_GRANT);
        tx.deleteFrom(IDENTITY_TOKEN)
                .where(IDENTITY_TOKEN.CLIENT_ID.eq(client.id()))
                .and(IDENTITY_TOKEN.USER_ID.eq(user.value()))
                .and(IDENTITY_TOKEN.ID.notIn(newest))
                .execute();
    }

    private static OAuthClient client(DSLContext sql, Record row) {
        var community = new CommunityId(row.get(IDENTITY_CLIENT.COMMUNITY_ID));
        var scopes = new ScopeRepository(sql, community);
        var ownerId = row.get(IDENTITY_CLIENT.USER_ID);
        var serviceId = row.get(IDENTITY_CLIENT.SERVICE_ID);
        return new OAuthClient(
                row.get(IDENTITY_CLIENT.ID),
                community,
                row.get(IDENTITY_CLIENT.SECRET_HASH),
                row.get(IDENTITY_CLIENT.REDIRECT_URI),
                row.get(IDENTITY_CLIENT.DESCRIPTION),
                scopes.written(row.get(IDENTITY_CLIENT.ALLOWED_SCOPES)),
                ownerId == null ? null : UserRepository.one(sql, ownerId).orElse(null),
                row.get(IDENTITY_CLIENT.SERVER_NAME),
                ownerId == null ? Set.of() : scopes.groupsOf(ownerId),
                serviceId == null
                        ? null
                        : sql.selectFrom(IDENTITY_SERVICE)
                                .where(IDENTITY_SERVICE.ID.eq(serviceId))
                                .fetchOne(ServiceRepository::service));
    }
}
