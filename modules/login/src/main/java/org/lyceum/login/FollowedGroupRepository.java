package org.lyceum.login;

import static org.lyceum.platform.schema.login.Tables.LOGIN_FOLLOWED_GROUP;
import static org.lyceum.platform.schema.login.Tables.LOGIN_FOLLOWED_MEMBER;

import org.jooq.Condition;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The only class that reads or writes which groups follow which, and who is in them by that. */
final class FollowedGroupRepository {

    /** Of all communities that follow one provider's groups. */
    private static final int MAX_ROWS = 10_000;

    private final Database db;
    private final AuditLog audit;

    FollowedGroupRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    /** What a provider's groups fill: by community and group, their names there. */
    Map<CommunityId, Map<Long, Set<String>>> ofProvider(long provider) {
        var all = new HashMap<CommunityId, Map<Long, Set<String>>>();
        db.read(
                        sql ->
                                sql.selectFrom(LOGIN_FOLLOWED_GROUP)
                                        .where(LOGIN_FOLLOWED_GROUP.PROVIDER_ID.eq(provider))
                                        .limit(MAX_ROWS)
                                        .fetch())
                .forEach(
                        row ->
                                all.computeIfAbsent(
                                                new CommunityId(row.getCommunityId()),
                                                id -> new HashMap<>())
                                        .computeIfAbsent(row.getGroupId(), id -> new HashSet<>())
                                        .add(row.getName()));
        return all;
    }

    /** What the groups of a community follow, by their numbers. */
    Map<Long, List<FollowedGroup>> of(CommunityId community) {
        return db.read(
                sql ->
                        sql.selectFrom(LOGIN_FOLLOWED_GROUP)
                                .where(LOGIN_FOLLOWED_GROUP.COMMUNITY_ID.eq(community.value()))
                                .orderBy(
                                        LOGIN_FOLLOWED_GROUP.GROUP_ID,
                                        LOGIN_FOLLOWED_GROUP.PROVIDER_ID,
                                        LOGIN_FOLLOWED_GROUP.NAME)
                                .limit(MAX_ROWS)
                                .fetchGroups(
                                        LOGIN_FOLLOWED_GROUP.GROUP_ID,
                                        row ->
                                                new FollowedGroup(
                                                        row.get(LOGIN_FOLLOWED_GROUP.PROVIDER_ID),
                                                        row.get(LOGIN_FOLLOWED_GROUP.NAME))));
    }

    /** Whoever is in it by a provider that it follows no more stays, as if added by hand. */
    void put(Actor actor, CommunityId community, long group, Set<FollowedGroup> follows) {
        db.write(
                tx -> {
                    tx.deleteFrom(LOGIN_FOLLOWED_GROUP)
                            .where(LOGIN_FOLLOWED_GROUP.GROUP_ID.eq(group))
                            .execute();
                    for (var each : follows) {
                        tx.insertInto(LOGIN_FOLLOWED_GROUP)
                                .set(LOGIN_FOLLOWED_GROUP.GROUP_ID, group)
                                .set(LOGIN_FOLLOWED_GROUP.PROVIDER_ID, each.provider())
                                .set(LOGIN_FOLLOWED_GROUP.NAME, each.name())
                                .set(LOGIN_FOLLOWED_GROUP.COMMUNITY_ID, community.value())
                                .execute();
                    }
                    var still = follows.stream().map(FollowedGroup::provider).toList();
                    tx.deleteFrom(LOGIN_FOLLOWED_MEMBER)
                            .where(LOGIN_FOLLOWED_MEMBER.GROUP_ID.eq(group))
                            .and(LOGIN_FOLLOWED_MEMBER.PROVIDER_ID.notIn(still))
                            .execute();
                    audit.record(
                            tx,
                            community,
                            actor,
                            AuditAction.GROUP_FOLLOWS,
                            "group:" + group,
                            null,
                            VersionJson.write(follows));
                    return true;
                });
    }

    /** The providers by whose word the user is in a group, by the group's number. */
    Map<Long, Set<Long>> reasons(UserId user) {
        return db
                .read(
                        sql ->
                                sql.selectFrom(LOGIN_FOLLOWED_MEMBER)
                                        .where(LOGIN_FOLLOWED_MEMBER.USER_ID.eq(user.value()))
                                        .limit(MAX_ROWS)
                                        .fetch()
                                        .intoGroups(
                                                LOGIN_FOLLOWED_MEMBER.GROUP_ID,
                                                LOGIN_FOLLOWED_MEMBER.PROVIDER_ID))
                .entrySet()
                .stream()
                .collect(
                        HashMap::new,
                        (map, entry) -> map.put(entry.getKey(), new HashSet<>(entry.getValue())),
                        HashMap::putAll);
    }

    void remember(long group, UserId user, long provider) {
        db.write(
                tx ->
                        tx.insertInto(LOGIN_FOLLOWED_MEMBER)
                                .set(LOGIN_FOLLOWED_MEMBER.GROUP_ID, group)
                                .set(LOGIN_FOLLOWED_MEMBER.USER_ID, user.value())
                                .set(LOGIN_FOLLOWED_MEMBER.PROVIDER_ID, provider)
                                .onConflictDoNothing()
                                .execute());
    }

    void forget(long group, UserId user, long provider) {
        db.write(
                tx ->
                        tx.deleteFrom(LOGIN_FOLLOWED_MEMBER)
                                .where(row(group, user, provider))
                                .execute());
    }

    private static Condition row(long group, UserId user, long provider) {
        return LOGIN_FOLLOWED_MEMBER
                .GROUP_ID
                .eq(group)
                .and(LOGIN_FOLLOWED_MEMBER.USER_ID.eq(user.value()))
                .and(LOGIN_FOLLOWED_MEMBER.PROVIDER_ID.eq(provider));
    }
}
