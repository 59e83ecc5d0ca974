package org.lyceum.community;

import static org.lyceum.platform.schema.community.Tables.COMMUNITY_COMMUNITY;
import static org.lyceum.platform.schema.community.Tables.COMMUNITY_MEMBER;

import org.jooq.Record;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The only class that reads or writes {@code community_community} and {@code community_member}. */
final class CommunityRepository {

    /** One machine has a handful; the list is read whole at start. */
    private static final int MAX_COMMUNITIES = 1_000;

    private final Database db;
    private final AuditLog audit;

    CommunityRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    List<Community> all() {
        return db.read(
                sql ->
                        sql.selectFrom(COMMUNITY_COMMUNITY)
                                .orderBy(COMMUNITY_COMMUNITY.ID)
                                .limit(MAX_COMMUNITIES)
                                .fetch(CommunityRepository::community));
    }

    Optional<Community> find(CommunityId id) {
        return db.read(
                sql ->
                        sql.selectFrom(COMMUNITY_COMMUNITY)
                                .where(COMMUNITY_COMMUNITY.ID.eq(id.value()))
                                .fetchOptional(CommunityRepository::community));
    }

    Community create(Actor actor, String name, String title, Instant now) {
        return db.write(
                tx -> {
                    int rows =
                            tx.insertInto(COMMUNITY_COMMUNITY)
                                    .set(COMMUNITY_COMMUNITY.NAME, name)
                                    .set(COMMUNITY_COMMUNITY.TITLE, title)
                                    .set(COMMUNITY_COMMUNITY.BASE_URL, "/" + name + "/")
                                    .set(COMMUNITY_COMMUNITY.CREATED_AT, now.toEpochMilli())
                                    .onConflictDoNothing()
                                    .execute();
                    if (rows == 0) {
                        throw Problem.conflict(
                                "community.exists", "Community " + name + " already exists.");
                    }
                    var community =
                            tx.selectFrom(COMMUNITY_COMMUNITY)
                                    .where(COMMUNITY_COMMUNITY.NAME.eq(name))
                                    .fetchSingle(CommunityRepository::community);
                    audit.record(
                            tx,
                            community.id(),
                            actor,
                            AuditAction.COMMUNITY_CREATED,
                            "community:" + community.id(),
                            null,
                            name);
                    return community;
                });
    }

    void join(Actor actor, CommunityId community, UserId user, Instant now) {
        db.write(
                tx -> {
                    int rows =
                            tx.insertInto(COMMUNITY_MEMBER)
                                    .set(COMMUNITY_MEMBER.COMMUNITY_ID, community.value())
                                    .set(COMMUNITY_MEMBER.USER_ID, user.value())
                                    .set(COMMUNITY_MEMBER.JOINED_AT, now.toEpochMilli())
                                    .onConflictDoNothing()
                                    .execute();
                    if (rows == 1) {
                        audit.record(
                                tx,
                                community,
                                actor,
                                AuditAction.MEMBER_JOINED,
                                "user:" + user,
                                null,
                                null);
                    }
                    return true;
                });
    }

    void leave(Actor actor, CommunityId community, UserId user) {
        db.write(
                tx -> {
                    int rows =
                            tx.deleteFrom(COMMUNITY_MEMBER)
                                    .where(COMMUNITY_MEMBER.COMMUNITY_ID.eq(community.value()))
                                    .and(COMMUNITY_MEMBER.USER_ID.eq(user.value()))
                                    .execute();
                    if (rows == 1) {
                        audit.record(
                                tx,
                                community,
                                actor,
                                AuditAction.MEMBER_LEFT,
                                "user:" + user,
                                null,
                                null);
                    }
                    return true;
                });
    }

    boolean isMember(CommunityId community, UserId user) {
        return db.read(
                sql ->
                        sql.fetchExists(
                                COMMUNITY_MEMBER,
                                COMMUNITY_MEMBER
                                        .COMMUNITY_ID
                                        .eq(community.value())
                                        .and(COMMUNITY_MEMBER.USER_ID.eq(user.value()))));
    }

    private static Community community(Record row) {
        return new Community(
                new CommunityId(row.get(COMMUNITY_COMMUNITY.ID)),
                row.get(COMMUNITY_COMMUNITY.NAME),
                row.get(COMMUNITY_COMMUNITY.TITLE),
                row.get(COMMUNITY_COMMUNITY.BASE_URL));
    }
}
