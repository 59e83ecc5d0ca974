package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_GROUP;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_GROUP_MEMBER;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SHARE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_USER;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.schema.identity.tables.IdentityUser;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The only class that writes {@code identity_share}. */
final class ShareRepository {

    /** Of one server. Whoever shares with more than that shares with a group. */
    private static final int MAX_PER_SERVER = 1_000;

    private static final IdentityUser OWNER = IDENTITY_USER.as("owner");
    private static final IdentityUser RECIPIENT = IDENTITY_USER.as("recipient");

    private final Database db;
    private final AuditLog audit;

    ShareRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    Share.Page ofServer(SharedServer server, int offset, int limit) {
        return page(of(server), offset, limit);
    }

    Share.Page ofOwner(CommunityId community, UserId owner, int offset, int limit) {
        var ofOwner = IDENTITY_SHARE.OWNER_ID.eq(owner.value());
        return page(in(community).and(ofOwner), offset, limit);
    }

    /** Also what is shared with the groups the user is in. */
    Share.Page withUser(CommunityId community, UserId user, int offset, int limit) {
        return page(in(community).and(reaching(user)), offset, limit);
    }

    Share.Page withGroup(CommunityId community, long group, int offset, int limit) {
        return page(in(community).and(IDENTITY_SHARE.GROUP_ID.eq(group)), offset, limit);
    }

    Optional<Share> find(SharedServer server, ShareRecipient with) {
        return db.read(sql -> one(sql, server, with));
    }

    private Share.Page page(Condition which, int offset, int limit) {
        return db.read(
                sql ->
                        new Share.Page(
                                select(sql)
                                        .where(which)
                                        .orderBy(IDENTITY_SHARE.ID)
                                        .offset(offset)
                                        .limit(limit)
                                        .fetch(ShareRepository::share),
                                sql.fetchCount(IDENTITY_SHARE, which)));
    }

    Share grant(
            Actor actor,
            SharedServer server,
            ShareRecipient with,
            Collection<String> names,
            Instant now) {
        return db.write(tx -> grant(tx, actor, server, with, names, now));
    }

    /** Adds to what the recipient has already. */
    Share grant(
            DSLContext tx,
            Actor actor,
            SharedServer server,
            ShareRecipient with,
            Collection<String> names,
            Instant now) {
        var there =
                tx.selectFrom(IDENTITY_SHARE)
                        .where(of(server))
                        .and(with(with))
                        .fetchOptional()
                        .orElse(null);
        var all = new TreeSet<>(names);
        if (there == null) {
            insert(tx, server, with, all, now);
        } else {
            all.addAll(Json.texts(there.getScopes()));
            tx.update(IDENTITY_SHARE)
                    .set(IDENTITY_SHARE.SCOPES, Json.write(all))
                    .where(IDENTITY_SHARE.ID.eq(there.getId()))
                    .execute();
        }
        record(tx, actor, server, AuditAction.SERVER_SHARED, with, all.toString());
        return one(tx, server, with).orElseThrow();
    }

    private static void insert(
            DSLContext tx,
            SharedServer server,
            ShareRecipient with,
            Collection<String> names,
            Instant now) {
        if (tx.fetchCount(IDENTITY_SHARE, of(server)) >= MAX_PER_SERVER) {
            throw Problem.conflict(
                    "share.too-many",
                    "This server is shared with "
                            + MAX_PER_SERVER
                            + " already; share it with a group instead.");
        }
        var row = tx.newRecord(IDENTITY_SHARE);
        row.setCommunityId(server.community().value());
        row.setOwnerId(server.owner().id().value());
        row.setServerName(server.name());
        switch (with) {
            case ShareRecipient.OfUser(var user) -> row.setUserId(user.value());
            case ShareRecipient.OfGroup(var group) -> row.setGroupId(group);
        }
        row.setScopes(Json.write(names));
        row.setCreatedAt(now.toEpochMilli());
        tx.insertInto(IDENTITY_SHARE).set(row).execute();
    }

    /**
     * Takes {@code names} away, or everything (null).
     *
     * @return what is left, if anything
     */
    Optional<Share> revoke(
            Actor actor,
            SharedServer server,
            ShareRecipient with,
            @Nullable Collection<String> names) {
        return db.write(
                tx -> {
                    var there = one(tx, server, with);
                    if (there.isEmpty()) {
                        return there;
                    }
                    var left = new TreeSet<String>();
                    if (names != null) {
                        there.get().scopes().forEach(scope -> left.add(Scope.parse(scope).name()));
                        left.removeAll(names);
                    }
                    if (left.isEmpty()) {
                        tx.deleteFrom(IDENTITY_SHARE)
                                .where(IDENTITY_SHARE.ID.eq(there.get().id()))
                                .execute();
                    } else {
                        tx.update(IDENTITY_SHARE)
                                .set(IDENTITY_SHARE.SCOPES, Json.write(left))
                                .where(IDENTITY_SHARE.ID.eq(there.get().id()))
                                .execute();
                    }
                    record(tx, actor, server, AuditAction.SHARE_REVOKED, with, left.toString());
                    return one(tx, server, with);
                });
    }

    void revokeAll(Actor actor, SharedServer server) {
        db.write(
                tx -> {
                    int rows = tx.deleteFrom(IDENTITY_SHARE).where(of(server)).execute();
                    if (rows > 0) {
                        record(tx, actor, server, AuditAction.SHARE_REVOKED, null, "[]");
                    }
                    return true;
                });
    }

    private void record(
            DSLContext tx,
            Actor actor,
            SharedServer server,
            AuditAction action,
            @Nullable ShareRecipient with,
            String scopes) {
        var whom =
                switch (with) {
                    case null -> "everybody";
                    case ShareRecipient.OfUser(var user) -> "user:" + user;
                    case ShareRecipient.OfGroup(var group) -> "group:" + group;
                };
        audit.record(
                tx,
                server.community(),
                actor,
                action,
                "user:" + server.owner().id(),
                null,
                "server=" + server.name() + " with=" + whom + " scopes=" + scopes);
    }

    private static Condition in(CommunityId community) {
        return IDENTITY_SHARE.COMMUNITY_ID.eq(community.value());
    }

    private static Condition of(SharedServer server) {
        return in(server.community())
                .and(IDENTITY_SHARE.OWNER_ID.eq(server.owner().id().value()))
                .and(IDENTITY_SHARE.SERVER_NAME.eq(server.name()));
    }

    private static Condition with(ShareRecipient recipient) {
        return switch (recipient) {
            case ShareRecipient.OfUser(var user) -> IDENTITY_SHARE.USER_ID.eq(user.value());
            case ShareRecipient.OfGroup(var group) -> IDENTITY_SHARE.GROUP_ID.eq(group);
        };
    }

    /** Shares with the user, or with a group the user is in. */
    static Condition reaching(UserId user) {
        return IDENTITY_SHARE
                .USER_ID
                .eq(user.value())
                .or(
                        IDENTITY_SHARE.GROUP_ID.in(
                                DSL.select(IDENTITY_GROUP_MEMBER.GROUP_ID)
                                        .from(IDENTITY_GROUP_MEMBER)
                                        .where(IDENTITY_GROUP_MEMBER.USER_ID.eq(user.value()))));
    }

    private static Optional<Share> one(DSLContext sql, SharedServer server, ShareRecipient with) {
        return select(sql).where(of(server)).and(with(with)).fetchOptional(ShareRepository::share);
    }

    private static SelectJoinStep<Record> select(DSLContext sql) {
        return sql.select(IDENTITY_SHARE.fields())
                .select(OWNER.fields())
                .select(RECIPIENT.NAME, IDENTITY_GROUP.NAME)
                .from(IDENTITY_SHARE)
                .join(OWNER)
                .on(OWNER.ID.eq(IDENTITY_SHARE.OWNER_ID))
                .leftJoin(RECIPIENT)
                .on(RECIPIENT.ID.eq(IDENTITY_SHARE.USER_ID))
                .leftJoin(IDENTITY_GROUP)
                .on(IDENTITY_GROUP.ID.eq(IDENTITY_SHARE.GROUP_ID));
    }

    private static Share share(Record row) {
        var server =
                new SharedServer(
                        new CommunityId(row.get(IDENTITY_SHARE.COMMUNITY_ID)),
                        UserRepository.user(row.into(OWNER.fields()).into(IDENTITY_USER)),
                        row.get(IDENTITY_SHARE.SERVER_NAME));
        return new Share(
                row.get(IDENTITY_SHARE.ID),
                server,
                scopes(server, row.get(IDENTITY_SHARE.SCOPES)),
                row.get(RECIPIENT.NAME),
                row.get(IDENTITY_GROUP.NAME),
                Instant.ofEpochMilli(row.get(IDENTITY_SHARE.CREATED_AT)));
    }

    /** A column's names as scopes for the server. */
    static List<String> scopes(SharedServer server, String stored) {
        return Json.texts(stored).stream().map(server::scope).sorted().toList();
    }
}
