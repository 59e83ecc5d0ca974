package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SHARE_CODE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_USER;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** The only class that writes {@code identity_share_code}. */
final class ShareCodeRepository {

    /** Of one server; they expire within a year. */
    private static final int MAX_PER_SERVER = 1_000;

    private final Database db;
    private final AuditLog audit;
    private final ShareRepository shares;

    ShareCodeRepository(Database db, AuditLog audit, ShareRepository shares) {
        this.db = db;
        this.audit = audit;
        this.shares = shares;
    }

    /** {@code name}: of one server only; null for all of the owner's. */
    ShareCode.Page list(
            CommunityId community,
            UserId owner,
            @Nullable String name,
            Instant now,
            int offset,
            int limit) {
        var ofOwner = in(community).and(IDENTITY_SHARE_CODE.OWNER_ID.eq(owner.value()));
        var which =
                (name == null ? ofOwner : ofOwner.and(IDENTITY_SHARE_CODE.SERVER_NAME.eq(name)))
                        .and(alive(now));
        return db.read(
                sql ->
                        new ShareCode.Page(
                                select(sql)
                                        .where(which)
                                        .orderBy(IDENTITY_SHARE_CODE.ID)
                                        .offset(offset)
                                        .limit(limit)
                                        .fetch(ShareCodeRepository::code),
                                sql.fetchCount(IDENTITY_SHARE_CODE, which)));
    }

    ShareCode create(
            Actor actor,
            SharedServer server,
            Collection<String> names,
            String hash,
            Instant now,
            Instant expiresAt) {
        return db.write(
                tx -> {
                    if (tx.fetchCount(IDENTITY_SHARE_CODE, of(server)) >= MAX_PER_SERVER) {
                        throw Problem.conflict(
                                "share.too-many-codes",
                                "There are "
                                        + MAX_PER_SERVER
                                        + " codes for this server; delete some first.");
                    }
                    var row = tx.newRecord(IDENTITY_SHARE_CODE);
                    row.setCommunityId(server.community().value());
                    row.setOwnerId(server.owner().id().value());
                    row.setServerName(server.name());
                    row.setHash(hash);
                    row.setScopes(Json.write(names));
                    row.setCreatedAt(now.toEpochMilli());
                    row.setExpiresAt(expiresAt.toEpochMilli());
                    tx.insertInto(IDENTITY_SHARE_CODE).set(row).execute();
                    record(tx, actor, server, AuditAction.SHARE_CODE_MADE, names.toString());
                    return find(tx, IDENTITY_SHARE_CODE.HASH.eq(hash)).orElseThrow();
                });
    }

    Optional<ShareCode> find(CommunityId community, String hash, Instant now) {
        return db.read(
                sql ->
                        find(
                                sql,
                                in(community)
                                        .and(IDENTITY_SHARE_CODE.HASH.eq(hash))
                                        .and(alive(now))));
    }

    /** Gives the user what the code says; empty when it has expired or is gone. */
    Optional<Share> exchange(CommunityId community, String hash, User user, Instant now) {
        return db.write(
                tx -> {
                    var code =
                            tx.selectFrom(IDENTITY_SHARE_CODE)
                                    .where(in(community))
                                    .and(IDENTITY_SHARE_CODE.HASH.eq(hash))
                                    .and(alive(now))
                                    .fetchOne();
                    if (code == null) {
                        return Optional.empty();
                    }
                    tx.update(IDENTITY_SHARE_CODE)
                            .set(
                                    IDENTITY_SHARE_CODE.EXCHANGE_COUNT,
                                    IDENTITY_SHARE_CODE.EXCHANGE_COUNT.plus(1))
                            .set(IDENTITY_SHARE_CODE.LAST_EXCHANGED_AT, now.toEpochMilli())
                            .where(IDENTITY_SHARE_CODE.ID.eq(code.getId()))
                            .execute();
                    var owner = UserRepository.one(tx, code.getOwnerId()).orElseThrow();
                    var server = new SharedServer(community, owner, code.getServerName());
                    var names = Json.texts(code.getScopes());
                    var with = new ShareRecipient.OfUser(user.id());
                    return Optional.of(shares.grant(tx, user.actor(), server, with, names, now));
                });
    }

    boolean deleteByHash(Actor actor, SharedServer server, String hash) {
        return delete(actor, server, IDENTITY_SHARE_CODE.HASH.eq(hash)) > 0;
    }

    boolean deleteById(Actor actor, SharedServer server, long id) {
        return delete(actor, server, IDENTITY_SHARE_CODE.ID.eq(id)) > 0;
    }

    void deleteAll(Actor actor, SharedServer server) {
        delete(actor, server, IDENTITY_SHARE_CODE.ID.isNotNull());
    }

    private int delete(Actor actor, SharedServer server, Condition which) {
        return db.write(
                tx -> {
                    int rows =
                            tx.deleteFrom(IDENTITY_SHARE_CODE)
                                    .where(of(server))
                                    .and(which)
                                    .execute();
                    if (rows > 0) {
                        record(tx, actor, server, AuditAction.SHARE_CODE_DELETED, "" + rows);
                    }
                    return rows;
                });
    }

    private void record(
            DSLContext tx, Actor actor, SharedServer server, AuditAction action, String about) {
        audit.record(
                tx,
                server.community(),
                actor,
                action,
                "user:" + server.owner().id(),
                null,
                "server=" + server.name() + " " + about);
    }

    private static Condition in(CommunityId community) {
        return IDENTITY_SHARE_CODE.COMMUNITY_ID.eq(community.value());
    }

    private static Condition of(SharedServer server) {
        return in(server.community())
                .and(IDENTITY_SHARE_CODE.OWNER_ID.eq(server.owner().id().value()))
                .and(IDENTITY_SHARE_CODE.SERVER_NAME.eq(server.name()));
    }

    private static Condition alive(Instant now) {
        return IDENTITY_SHARE_CODE.EXPIRES_AT.gt(now.toEpochMilli());
    }

    private static Optional<ShareCode> find(DSLContext sql, Condition which) {
        return select(sql).where(which).fetchOptional(ShareCodeRepository::code);
    }

    private static SelectJoinStep<Record> select(DSLContext sql) {
        return sql.select(IDENTITY_SHARE_CODE.fields())
                .select(IDENTITY_USER.fields())
                .from(IDENTITY_SHARE_CODE)
                .join(IDENTITY_USER)
                .on(IDENTITY_USER.ID.eq(IDENTITY_SHARE_CODE.OWNER_ID));
    }

    private static ShareCode code(Record row) {
        var server =
                new SharedServer(
                        new CommunityId(row.get(IDENTITY_SHARE_CODE.COMMUNITY_ID)),
                        UserRepository.user(row),
                        row.get(IDENTITY_SHARE_CODE.SERVER_NAME));
        return new ShareCode(
                ShareCode.PREFIX + row.get(IDENTITY_SHARE_CODE.ID),
                server,
                ShareRepository.scopes(server, row.get(IDENTITY_SHARE_CODE.SCOPES)),
                Instant.ofEpochMilli(row.get(IDENTITY_SHARE_CODE.CREATED_AT)),
                Instant.ofEpochMilli(row.get(IDENTITY_SHARE_CODE.EXPIRES_AT)),
                row.get(IDENTITY_SHARE_CODE.EXCHANGE_COUNT),
                Rows.instant(row.get(IDENTITY_SHARE_CODE.LAST_EXCHANGED_AT)));
    }
}
