package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_CLIENT;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_CODE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_ENTRY;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SESSION;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_TOKEN;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The only class that writes sessions and entries, apart from what a new password ends. */
final class SessionRepository {

    /** Browsers one person is signed in with; the oldest gives way. */
    private static final int MAX_PER_USER = 50;

    private final Database db;
    private final AuditLog audit;

    SessionRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    Session open(CommunityId where, Session draft, String cookieHash) {
        return db.write(
                tx -> {
                    var user = draft.user();
                    var found =
                            UserRepository.one(tx, user.value())
                                    .orElseThrow(UserRepository::unknown);
                    long id =
                            tx.insertInto(IDENTITY_SESSION)
                                    .set(IDENTITY_SESSION.USER_ID, user.value())
                                    .set(IDENTITY_SESSION.COOKIE_HASH, cookieHash)
                                    .set(IDENTITY_SESSION.PUBLIC_ID, draft.publicId())
                                    .set(IDENTITY_SESSION.USER_AGENT, draft.userAgent())
                                    .set(
                                            IDENTITY_SESSION.CREATED_AT,
                                            draft.createdAt().toEpochMilli())
                                    .set(
                                            IDENTITY_SESSION.EXPIRES_AT,
                                            draft.expiresAt().toEpochMilli())
                                    .returning(IDENTITY_SESSION.ID)
                                    .fetchSingle()
                                    .getId();
                    endOldest(tx, user);
                    audit.record(
                            tx,
                            where,
                            found.actor(),
                            AuditAction.LOGIN_SUCCEEDED,
                            "user:" + user,
                            null,
                            null);
                    return withId(draft, id);
                });
    }

    private void endOldest(DSLContext tx, UserId user) {
        tx.selectFrom(IDENTITY_SESSION)
                .where(IDENTITY_SESSION.USER_ID.eq(user.value()))
                .orderBy(IDENTITY_SESSION.ID.desc())
                .limit(MAX_PER_USER)
                .offset(MAX_PER_USER)
                .fetch(SessionRepository::session)
                .forEach(session -> remove(tx, session));
    }

    void enter(Session session, CommunityId community, String cookieHash) {
        db.write(
                tx -> {
                    if (!tx.fetchExists(IDENTITY_SESSION, IDENTITY_SESSION.ID.eq(session.id()))) {
                        throw TokenService.ended();
                    }
                    return tx.insertInto(IDENTITY_ENTRY)
                            .set(IDENTITY_ENTRY.SESSION_ID, session.id())
                            .set(IDENTITY_ENTRY.COMMUNITY_ID, community.value())
                            .set(IDENTITY_ENTRY.COOKIE_HASH, cookieHash)
                            .onConflict(IDENTITY_ENTRY.SESSION_ID, IDENTITY_ENTRY.COMMUNITY_ID)
                            .doUpdate()
                            .set(IDENTITY_ENTRY.COOKIE_HASH, cookieHash)
                            .execute();
                });
    }

    Optional<Session> find(CommunityId community, String cookieHash, Instant now) {
        return db.read(
                sql ->
                        sql.select(IDENTITY_SESSION.fields())
                                .from(IDENTITY_ENTRY)
                                .join(IDENTITY_SESSION)
                                .on(IDENTITY_SESSION.ID.eq(IDENTITY_ENTRY.SESSION_ID))
                                .where(IDENTITY_ENTRY.COOKIE_HASH.eq(cookieHash))
                                .and(IDENTITY_ENTRY.COMMUNITY_ID.eq(community.value()))
                                .and(IDENTITY_SESSION.EXPIRES_AT.gt(now.toEpochMilli()))
                                .fetchOptional(SessionRepository::session));
    }

    Optional<Session> find(String cookieHash, Instant now) {
        return db.read(
                sql ->
                        sql.selectFrom(IDENTITY_SESSION)
                                .where(IDENTITY_SESSION.COOKIE_HASH.eq(cookieHash))
                                .and(IDENTITY_SESSION.EXPIRES_AT.gt(now.toEpochMilli()))
                                .fetchOptional(SessionRepository::session));
    }

    List<Session> list(UserId user, Instant now) {
        return db.read(
                sql ->
                        sql.selectFrom(IDENTITY_SESSION)
                                .where(IDENTITY_SESSION.USER_ID.eq(user.value()))
                                .and(IDENTITY_SESSION.EXPIRES_AT.gt(now.toEpochMilli()))
                                .orderBy(IDENTITY_SESSION.ID.desc())
                                .fetch(SessionRepository::session));
    }

    void end(Session session) {
        db.write(
                tx -> {
                    if (remove(tx, session)) {
                        var actor =
                                UserRepository.one(tx, session.user().value())
                                        .map(User::actor)
                                        .orElse(new Actor.Visitor());
                        audit.record(
                                tx,
                                actor,
                                AuditAction.LOGOUT,
                                "user:" + session.user(),
                                null,
                                null);
                    }
                    return true;
                });
    }

    void endAll(UserId user) {
        db.write(
                tx -> {
                    tx.selectFrom(IDENTITY_SESSION)
                            .where(IDENTITY_SESSION.USER_ID.eq(user.value()))
                            .fetch(SessionRepository::session)
                            .forEach(session -> remove(tx, session));
                    return true;
                });
    }

    /** The codes issued there go, too; tokens are revoked by whoever ends the membership. */
    void leave(UserId user, CommunityId community) {
        db.write(
                tx -> {
                    tx.deleteFrom(IDENTITY_CODE)
                            .where(IDENTITY_CODE.USER_ID.eq(user.value()))
                            .and(
                                    IDENTITY_CODE.CLIENT_ID.in(
                                            tx.select(IDENTITY_CLIENT.ID)
                                                    .from(IDENTITY_CLIENT)
                                                    .where(
                                                            IDENTITY_CLIENT.COMMUNITY_ID.eq(
                                                                    community.value()))))
                            .execute();
                    return tx.deleteFrom(IDENTITY_ENTRY)
                            .where(IDENTITY_ENTRY.COMMUNITY_ID.eq(community.value()))
                            .and(
                                    IDENTITY_ENTRY.SESSION_ID.in(
                                            tx.select(IDENTITY_SESSION.ID)
                                                    .from(IDENTITY_SESSION)
                                                    .where(
                                                            IDENTITY_SESSION.USER_ID.eq(
                                                                    user.value()))))
                            .execute();
                });
    }

    /** Ends the session with the codes and OAuth tokens issued in it; false when it had ended. */
    private static boolean remove(DSLContext tx, Session session) {
        tx.deleteFrom(IDENTITY_CODE)
                .where(IDENTITY_CODE.USER_ID.eq(session.user().value()))
                .and(IDENTITY_CODE.SESSION_PUBLIC_ID.eq(session.publicId()))
                .execute();
        tx.deleteFrom(IDENTITY_TOKEN)
                .where(IDENTITY_TOKEN.USER_ID.eq(session.user().value()))
                .and(IDENTITY_TOKEN.SESSION_PUBLIC_ID.eq(session.publicId()))
                .execute();
        return tx.deleteFrom(IDENTITY_SESSION).where(IDENTITY_SESSION.ID.eq(session.id())).execute()
                == 1;
    }

    private static Session withId(Session draft, long id) {
        return new Session(
                id,
                draft.user(),
                draft.publicId(),
                draft.userAgent(),
                draft.createdAt(),
                draft.expiresAt());
    }

    private static Session session(Record row) {
        return new Session(
                row.get(IDENTITY_SESSION.ID),
                new UserId(row.get(IDENTITY_SESSION.USER_ID)),
                row.get(IDENTITY_SESSION.PUBLIC_ID),
                row.get(IDENTITY_SESSION.USER_AGENT),
                Instant.ofEpochMilli(row.get(IDENTITY_SESSION.CREATED_AT)),
                Instant.ofEpochMilli(row.get(IDENTITY_SESSION.EXPIRES_AT)));
    }
}
