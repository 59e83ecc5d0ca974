package org.lyceum.community;

import static org.lyceum.platform.schema.community.Tables.COMMUNITY_MEMBER;

import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Among;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.db.Remembered;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The only class that reads or writes {@code community_member}. */
final class MemberRepository {

    /** As many as there may be communities. */
    private static final int MAX_MEMBERSHIPS = 1_000;

    /** Memberships asked about between two writes; each costs a hundred bytes. */
    private static final int MAX_REMEMBERED = 20_000;

    private record Membership(CommunityId community, UserId user) {}

    private final Remembered<Membership, Boolean> memberships;
    private final Database db;
    private final AuditLog audit;

    MemberRepository(Database db, AuditLog audit) {
        this.db = db;
        this.memberships = new Remembered<>(db, MAX_REMEMBERED, COMMUNITY_MEMBER);
        this.audit = audit;
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
        return memberships
                .get(new Membership(community, user), () -> read(community, user))
                .isPresent();
    }

    private Optional<Boolean> read(CommunityId community, UserId user) {
        boolean member =
                db.read(
                        sql ->
                                sql.fetchExists(
                                        COMMUNITY_MEMBER,
                                        COMMUNITY_MEMBER
                                                .COMMUNITY_ID
                                                .eq(community.value())
                                                .and(COMMUNITY_MEMBER.USER_ID.eq(user.value()))));
        return member ? Optional.of(true) : Optional.empty();
    }

    Set<UserId> among(CommunityId community, Collection<UserId> users) {
        var numbers = users.stream().map(UserId::value).toList();
        return db.read(
                sql ->
                        sql.select(COMMUNITY_MEMBER.USER_ID)
                                .from(COMMUNITY_MEMBER)
                                .where(COMMUNITY_MEMBER.COMMUNITY_ID.eq(community.value()))
                                .and(Among.numbers(COMMUNITY_MEMBER.USER_ID, numbers))
                                .fetchSet(row -> new UserId(row.value1())));
    }

    List<CommunityId> of(UserId user) {
        return db.read(
                sql ->
                        sql.select(COMMUNITY_MEMBER.COMMUNITY_ID)
                                .from(COMMUNITY_MEMBER)
                                .where(COMMUNITY_MEMBER.USER_ID.eq(user.value()))
                                .orderBy(COMMUNITY_MEMBER.COMMUNITY_ID)
                                .limit(MAX_MEMBERSHIPS)
                                .fetch(row -> new CommunityId(row.value1())));
    }
}
