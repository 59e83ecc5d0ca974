package org.lyceum.servers;

import static org.lyceum.platform.schema.servers.Tables.SERVERS_NAMED_LIMIT;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Among;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The only class that reads or writes {@code servers_named_limit}. */
final class NamedLimitRepository {

    private final Database db;
    private final AuditLog audit;

    NamedLimitRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    Optional<Integer> ofUser(CommunityId community, UserId user) {
        return db.read(sql -> find(sql, ofUserRow(community, user)));
    }

    /** Those of {@code users} for whom somebody decided. */
    Map<UserId, Integer> ofUsers(CommunityId community, Collection<UserId> users) {
        var found = new HashMap<UserId, Integer>();
        db.read(
                        sql ->
                                sql.selectFrom(SERVERS_NAMED_LIMIT)
                                        .where(
                                                SERVERS_NAMED_LIMIT.COMMUNITY_ID.eq(
                                                        community.value()))
                                        .and(
                                                Among.numbers(
                                                        SERVERS_NAMED_LIMIT.USER_ID,
                                                        users.stream().map(UserId::value).toList()))
                                        .fetch())
                .forEach(
                        row ->
                                found.put(
                                        new UserId(row.getUserId()),
                                        Math.toIntExact(row.getNamed())));
        return found;
    }

    /** By the numbers of the groups; as many as the community has groups at most. */
    Map<Long, Integer> ofGroups(CommunityId community) {
        var found = new HashMap<Long, Integer>();
        db.read(
                        sql ->
                                sql.selectFrom(SERVERS_NAMED_LIMIT)
                                        .where(
                                                SERVERS_NAMED_LIMIT.COMMUNITY_ID.eq(
                                                        community.value()))
                                        .and(SERVERS_NAMED_LIMIT.GROUP_ID.isNotNull())
                                        .fetch())
                .forEach(row -> found.put(row.getGroupId(), Math.toIntExact(row.getNamed())));
        return found;
    }

    void putForUser(Actor actor, CommunityId community, UserId user, @Nullable Integer named) {
        put(
                actor,
                community,
                ofUserRow(community, user),
                new Row("user:" + user, null, user.value(), named));
    }

    void putForGroup(Actor actor, CommunityId community, long group, @Nullable Integer named) {
        put(
                actor,
                community,
                SERVERS_NAMED_LIMIT
                        .COMMUNITY_ID
                        .eq(community.value())
                        .and(SERVERS_NAMED_LIMIT.GROUP_ID.eq(group)),
                new Row("group:" + group, group, null, named));
    }

    /**
     * What a row shall say.
     *
     * @param named null takes it away
     */
    private record Row(
            String subject, @Nullable Long group, @Nullable Long user, @Nullable Integer named) {}

    private void put(Actor actor, CommunityId community, Condition there, Row wanted) {
        db.write(
                sql -> {
                    var before = find(sql, there);
                    var named = wanted.named();
                    sql.deleteFrom(SERVERS_NAMED_LIMIT).where(there).execute();
                    if (named != null) {
                        sql.insertInto(SERVERS_NAMED_LIMIT)
                                .set(SERVERS_NAMED_LIMIT.COMMUNITY_ID, community.value())
                                .set(SERVERS_NAMED_LIMIT.GROUP_ID, wanted.group())
                                .set(SERVERS_NAMED_LIMIT.USER_ID, wanted.user())
                                .set(SERVERS_NAMED_LIMIT.NAMED, (long) named)
                                .execute();
                    }
                    audit.record(
                            sql,
                            community,
                            actor,
                            AuditAction.LIMIT_CHANGED,
                            "named servers of " + wanted.subject(),
                            before.map(String::valueOf).orElse(null),
                            named == null ? null : named.toString());
                    return true;
                });
    }

    private static Condition ofUserRow(CommunityId community, UserId user) {
        return SERVERS_NAMED_LIMIT
                .COMMUNITY_ID
                .eq(community.value())
                .and(SERVERS_NAMED_LIMIT.USER_ID.eq(user.value()));
    }

    private static Optional<Integer> find(DSLContext sql, Condition there) {
        return sql.select(SERVERS_NAMED_LIMIT.NAMED)
                .from(SERVERS_NAMED_LIMIT)
                .where(there)
                .fetchOptional(row -> Math.toIntExact(row.value1()));
    }
}
