package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_CLIENT;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SERVICE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_TOKEN;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The only class that writes {@code identity_service}, with the token and client it comes with. */
final class ServiceRepository {

    /** A handful is usual; the list is answered whole. */
    private static final int MAX_PER_COMMUNITY = 200;

    /** The proxy's table has room for this many routes. */
    private static final int MAX_BEHIND_PROXY = 20_000;

    private final Database db;
    private final AuditLog audit;

    ServiceRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    List<RegisteredService> list(CommunityId community) {
        return db.read(
                sql ->
                        sql.selectFrom(IDENTITY_SERVICE)
                                .where(IDENTITY_SERVICE.COMMUNITY_ID.eq(community.value()))
                                .orderBy(IDENTITY_SERVICE.NAME)
                                .limit(MAX_PER_COMMUNITY)
                                .fetch(ServiceRepository::service));
    }

    List<RegisteredService> behindProxy() {
        return db.read(
                sql ->
                        sql.selectFrom(IDENTITY_SERVICE)
                                .where(IDENTITY_SERVICE.URL.isNotNull())
                                .orderBy(IDENTITY_SERVICE.COMMUNITY_ID, IDENTITY_SERVICE.NAME)
                                .limit(MAX_BEHIND_PROXY)
                                .fetch(ServiceRepository::service));
    }

    Optional<RegisteredService> find(CommunityId community, String name) {
        return db.read(sql -> find(sql, community, name));
    }

    Optional<ServiceClient> client(RegisteredService service) {
        return db.read(
                sql -> {
                    var scopes = new ScopeRepository(sql, service.community());
                    return sql.selectFrom(IDENTITY_CLIENT)
                            .where(IDENTITY_CLIENT.SERVICE_ID.eq(service.id()))
                            .fetchOptional(
                                    row ->
                                            new ServiceClient(
                                                    row.getIdentifier(),
                                                    row.getRedirectUri(),
                                                    scopes.written(row.getAllowedScopes()).stream()
                                                            .sorted()
                                                            .toList()));
                });
    }

    RegisteredService create(
            Actor actor,
            CommunityId community,
            RegisteredService.Draft draft,
            @Nullable Secret token,
            Instant now) {
        return db.write(
                tx -> {
                    requireRoom(tx, community);
                    insert(tx, community, draft);
                    var made = find(tx, community, draft.name()).orElseThrow();
                    if (token != null) {
                        addToken(tx, made, token, now);
                    }
                    // A client without a token has a secret that nobody knows.
                    var secret = token == null ? Secret.random() : token;
                    putClient(tx, made, draft.client(), secret.hash());
                    record(tx, actor, AuditAction.SERVICE_CREATED, made, null, text(draft));
                    return made;
                });
    }

    private static void requireRoom(DSLContext tx, CommunityId community) {
        int there =
                tx.fetchCount(
                        IDENTITY_SERVICE, IDENTITY_SERVICE.COMMUNITY_ID.eq(community.value()));
        if (there >= MAX_PER_COMMUNITY) {
            throw Problem.conflict(
                    "service.too-many", "There are " + there + " services; remove one first.");
        }
    }

    private static void insert(
            DSLContext tx, CommunityId community, RegisteredService.Draft draft) {
        int rows =
                tx.insertInto(IDENTITY_SERVICE)
                        .set(IDENTITY_SERVICE.COMMUNITY_ID, community.value())
                        .set(IDENTITY_SERVICE.NAME, draft.name())
                        .set(IDENTITY_SERVICE.ADMIN, Rows.flag(draft.admin()))
                        .set(IDENTITY_SERVICE.URL, draft.url())
                        .set(IDENTITY_SERVICE.INFO, Json.write(draft.info()))
                        .set(IDENTITY_SERVICE.DISPLAY, Rows.flag(draft.display()))
                        .set(IDENTITY_SERVICE.NO_CONFIRM, Rows.flag(draft.noConfirm()))
                        .onConflict(IDENTITY_SERVICE.COMMUNITY_ID, IDENTITY_SERVICE.NAME)
                        .doNothing()
                        .execute();
        if (rows == 0) {
            throw Problem.conflict("service.exists", "Service " + draft.name() + " already exists");
        }
    }

    private static void addToken(
            DSLContext tx, RegisteredService service, Secret token, Instant now) {
        var row = tx.newRecord(IDENTITY_TOKEN);
        row.setCommunityId(service.community().value());
        row.setKind(Token.Kind.API.name());
        row.setServiceId(service.id());
        row.setHash(token.hash());
        row.setScopes(new ScopeRepository(tx, service.community()).storedOfRole(Roles.TOKEN));
        row.setNote("The service's own");
        row.setCreatedAt(now.toEpochMilli());
        int rows = tx.insertInto(IDENTITY_TOKEN).set(row).onConflictDoNothing().execute();
        if (rows == 0) {
            throw Problem.conflict(
                    "service.token-taken", "This token is in use already; make up another one.");
        }
    }

    /** One that stays keeps its number, and with it what users have granted. */
    private static void putClient(
            DSLContext tx,
            RegisteredService service,
            @Nullable ServiceClient client,
            @Nullable String secretHash) {
        if (client == null) {
            tx.deleteFrom(IDENTITY_CLIENT)
                    .where(IDENTITY_CLIENT.SERVICE_ID.eq(service.id()))
                    .execute();
            return;
        }
        var row = tx.newRecord(IDENTITY_CLIENT);
        row.setIdentifier(client.identifier());
        row.setRedirectUri(client.redirectUri());
        row.setDescription(service.name());
        row.setAllowedScopes(
                new ScopeRepository(tx, service.community()).stored(client.allowedScopes()));
        int there =
                tx.update(IDENTITY_CLIENT)
                        .set(row)
                        .where(IDENTITY_CLIENT.SERVICE_ID.eq(service.id()))
                        .execute();
        if (there == 0) {
            row.setCommunityId(service.community().value());
            row.setServiceId(service.id());
            row.setSecretHash(secretHash == null ? Secret.random().hash() : secretHash);
            tx.insertInto(IDENTITY_CLIENT).set(row).execute();
        }
    }

    RegisteredService change(
            Actor actor, CommunityId community, long version, RegisteredService.Draft draft) {
        return db.write(
                tx -> {
                    var before =
                            find(tx, community, draft.name())
                                    .orElseThrow(() -> unknown(draft.name()));
                    int rows =
                            tx.update(IDENTITY_SERVICE)
                                    .set(IDENTITY_SERVICE.ADMIN, Rows.flag(draft.admin()))
                                    .set(IDENTITY_SERVICE.URL, draft.url())
                                    .set(IDENTITY_SERVICE.INFO, Json.write(draft.info()))
                                    .set(IDENTITY_SERVICE.DISPLAY, Rows.flag(draft.display()))
                                    .set(IDENTITY_SERVICE.NO_CONFIRM, Rows.flag(draft.noConfirm()))
                                    .set(IDENTITY_SERVICE.VERSION, IDENTITY_SERVICE.VERSION.plus(1))
                                    .where(IDENTITY_SERVICE.ID.eq(before.id()))
                                    .and(IDENTITY_SERVICE.VERSION.eq(version))
                                    .execute();
                    if (rows == 0) {
                        throw Problem.of(
                                Problem.Kind.STALE,
                                "service.stale",
                                "Somebody else has changed this service; look at it again, then"
                                        + " repeat the change.");
                    }
                    putClient(tx, before, draft.client(), tokenHash(tx, before));
                    record(
                            tx,
                            actor,
                            AuditAction.SERVICE_CHANGED,
                            before,
                            "url=" + before.url() + " admin=" + before.admin(),
                            text(draft));
                    return find(tx, community, draft.name()).orElseThrow();
                });
    }

    /** A client that a service gets later has its newest token for a secret. */
    private static @Nullable String tokenHash(DSLContext tx, RegisteredService service) {
        return tx.select(IDENTITY_TOKEN.HASH)
                .from(IDENTITY_TOKEN)
                .where(IDENTITY_TOKEN.SERVICE_ID.eq(service.id()))
                .and(IDENTITY_TOKEN.EXPIRES_AT.isNull())
                .orderBy(IDENTITY_TOKEN.ID.desc())
                .limit(1)
                .fetchOne(IDENTITY_TOKEN.HASH);
    }

    void renewToken(Actor actor, RegisteredService service, Secret token, Instant now) {
        db.write(
                tx -> {
                    tx.deleteFrom(IDENTITY_TOKEN)
                            .where(IDENTITY_TOKEN.SERVICE_ID.eq(service.id()))
                            .execute();
                    addToken(tx, service, token, now);
                    tx.update(IDENTITY_CLIENT)
                            .set(IDENTITY_CLIENT.SECRET_HASH, token.hash())
                            .where(IDENTITY_CLIENT.SERVICE_ID.eq(service.id()))
                            .execute();
                    record(tx, actor, AuditAction.SERVICE_TOKEN_RENEWED, service, null, null);
                    return true;
                });
    }

    /** Tokens and the OAuth client go with the row. */
    void delete(Actor actor, CommunityId community, String name) {
        db.write(
                tx -> {
                    var gone = find(tx, community, name).orElseThrow(() -> unknown(name));
                    tx.deleteFrom(IDENTITY_SERVICE)
                            .where(IDENTITY_SERVICE.ID.eq(gone.id()))
                            .execute();
                    record(tx, actor, AuditAction.SERVICE_DELETED, gone, name, null);
                    return true;
                });
    }

    private void record(
            DSLContext tx,
            Actor actor,
            AuditAction action,
            RegisteredService service,
            @Nullable String before,
            @Nullable String after) {
        var thing = "service:" + service.id();
        audit.record(tx, service.community(), actor, action, thing, before, after);
    }

    private static String text(RegisteredService.Draft draft) {
        var client = draft.client();
        return draft.name()
                + " url="
                + draft.url()
                + " admin="
                + draft.admin()
                + (client == null
                        ? ""
                        : " redirect=" + client.redirectUri() + " may=" + client.allowedScopes());
    }

    private static Problem unknown(String name) {
        return Problem.notFound("service.unknown", "No such service: " + name);
    }

    private static Optional<RegisteredService> find(
            DSLContext sql, CommunityId community, String name) {
        return sql.selectFrom(IDENTITY_SERVICE)
                .where(IDENTITY_SERVICE.COMMUNITY_ID.eq(community.value()))
                .and(IDENTITY_SERVICE.NAME.eq(name))
                .fetchOptional(ServiceRepository::service);
    }

    static RegisteredService service(Record row) {
        return new RegisteredService(
                row.get(IDENTITY_SERVICE.ID),
                new CommunityId(row.get(IDENTITY_SERVICE.COMMUNITY_ID)),
                row.get(IDENTITY_SERVICE.NAME),
                Rows.flag(row.get(IDENTITY_SERVICE.ADMIN)),
                row.get(IDENTITY_SERVICE.URL),
                Json.object(row.get(IDENTITY_SERVICE.INFO)),
                Rows.flag(row.get(IDENTITY_SERVICE.DISPLAY)),
                Rows.flag(row.get(IDENTITY_SERVICE.NO_CONFIRM)),
                row.get(IDENTITY_SERVICE.VERSION));
    }
}
