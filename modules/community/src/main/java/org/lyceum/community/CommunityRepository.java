package org.lyceum.community;

import static org.lyceum.platform.schema.community.Tables.COMMUNITY_COMMUNITY;
import static org.lyceum.platform.schema.community.Tables.COMMUNITY_MEMBER;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.schema.community.tables.records.CommunityCommunityRecord;

/** The only class that reads and writes {@code community_*}. */
final class CommunityRepository {

    private final Database db;
    private final AuditLog audit;

    CommunityRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    /** By number. */
    List<Community> all(int limit) {
        return db.read(
                sql ->
                        sql.selectFrom(COMMUNITY_COMMUNITY)
                                .orderBy(COMMUNITY_COMMUNITY.ID)
                                .limit(limit)
                                .fetch(CommunityRepository::community));
    }

    Optional<Community> find(CommunityId id) {
        return db.read(
                sql ->
                        sql.selectFrom(COMMUNITY_COMMUNITY)
                                .where(COMMUNITY_COMMUNITY.ID.eq(id.value()))
                                .fetchOptional(CommunityRepository::community));
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
                        audit.record(tx, community, actor, AuditAction.MEMBER_JOINED, "user:" + user, null, null);
                    }
                    return rows;
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
                        audit.record(tx, community, actor, AuditAction.MEMBER_LEFT, "user:" + user, null, null);
                    }
                    return rows;
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

    private static Community community(CommunityCommunityRecord row) {
        return new Community(new CommunityId(row.getId()), row.getName(), row.getTitle(), row.getBaseUrl());
    }
}
