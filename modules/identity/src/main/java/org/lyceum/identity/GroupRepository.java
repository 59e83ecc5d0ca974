package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_GROUP;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_GROUP_MEMBER;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_USER;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Among;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.db.Remembered;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.schema.identity.tables.records.IdentityGroupRecord;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The only class that writes {@code identity_group} and {@code identity_group_member}. */
final class GroupRepository {

    /** What is done to a group, inside the transaction that found it. */
    interface Change {
        void apply(DSLContext tx, IdentityGroupRecord group);
    }

    private final Remembered<Belonging, Set<String>> groupsOf;
    private final Database db;
    private final AuditLog audit;

    GroupRepository(Database db, AuditLog audit) {
        this.db = db;
        this.groupsOf =
                new Remembered<>(
                        db, Belonging.MAX_REMEMBERED, IDENTITY_GROUP, IDENTITY_GROUP_MEMBER);
        this.audit = audit;
    }

    List<Group> list(CommunityId community, int offset, int limit) {
        return list(IDENTITY_GROUP.COMMUNITY_ID.eq(community.value()), offset, limit);
    }

    List<Group> list(CommunityId community, Collection<String> among, int offset, int limit) {
        return list(named(community, among), offset, limit);
    }

    private static Condition named(CommunityId community, Collection<String> among) {
        return IDENTITY_GROUP.COMMUNITY_ID.eq(community.value()).and(IDENTITY_GROUP.NAME.in(among));
    }

    private List<Group> list(Condition wanted, int offset, int limit) {
        return db.read(
                sql -> {
                    var rows =
                            sql.selectFrom(IDENTITY_GROUP)
                                    .where(wanted)
                                    .orderBy(IDENTITY_GROUP.ID)
                                    .limit(limit)
                                    .offset(offset)
                                    .fetch();
                    var members = members(sql, rows.getValues(IDENTITY_GROUP.ID));
                    return rows.map(row -> group(row, members));
                });
    }

    /** Numbers of all groups, by name. */
    Map<String, Long> numbers(CommunityId community) {
        return db.read(
                sql ->
                        sql.select(IDENTITY_GROUP.NAME, IDENTITY_GROUP.ID)
                                .from(IDENTITY_GROUP)
                                .where(IDENTITY_GROUP.COMMUNITY_ID.eq(community.value()))
                                .fetchMap(IDENTITY_GROUP.NAME, IDENTITY_GROUP.ID));
    }

    long count(CommunityId community, Collection<String> among) {
        return db.read(sql -> (long) sql.fetchCount(IDENTITY_GROUP, named(community, among)));
    }

    long count(CommunityId community) {
        return db.read(
                sql ->
                        (long)
                                sql.fetchCount(
                                        IDENTITY_GROUP,
                                        IDENTITY_GROUP.COMMUNITY_ID.eq(community.value())));
    }

    Optional<Group> find(CommunityId community, String name) {
        return db.read(sql -> row(sql, community, name).map(row -> group(sql, row)));
    }

    Group create(Actor actor, CommunityId community, String name, List<String> users) {
        return db.write(
                tx -> {
                    int rows =
                            tx.insertInto(IDENTITY_GROUP)
                                    .set(IDENTITY_GROUP.COMMUNITY_ID, community.value())
                                    .set(IDENTITY_GROUP.NAME, name)
                                    .onConflict(IDENTITY_GROUP.COMMUNITY_ID, IDENTITY_GROUP.NAME)
                                    .doNothing()
                                    .execute();
                    if (rows == 0) {
                        throw exists(name);
                    }
                    long id = UserRepository.lastId(tx);
                    add(tx, id, users);
                    audit.record(
                            tx,
                            community,
                            actor,
                            AuditAction.GROUP_CREATED,
                            "group:" + id,
                            null,
                            name);
                    return group(tx, row(tx, community, name).orElseThrow());
                });
    }

    void restore(Actor actor, CommunityId community, long id, String name) {
        db.write(
                tx -> {
                    if (tx.fetchExists(IDENTITY_GROUP, IDENTITY_GROUP.ID.eq(id))) {
                        return true;
                    }
                    int rows =
                            tx.insertInto(IDENTITY_GROUP)
                                    .set(IDENTITY_GROUP.ID, id)
                                    .set(IDENTITY_GROUP.COMMUNITY_ID, community.value())
                                    .set(IDENTITY_GROUP.NAME, name)
                                    .onConflict(IDENTITY_GROUP.COMMUNITY_ID, IDENTITY_GROUP.NAME)
                                    .doNothing()
                                    .execute();
                    if (rows == 0) {
                        throw exists(name);
                    }
                    audit.record(
                            tx,
                            community,
                            actor,
                            AuditAction.GROUP_CREATED,
                            "group:" + id,
                            null,
                            name);
                    return true;
                });
    }

    void delete(Actor actor, CommunityId community, String name) {
        db.write(
                tx -> {
                    var row = row(tx, community, name).orElseThrow(() -> unknown(name));
                    tx.deleteFrom(IDENTITY_GROUP)
                            .where(IDENTITY_GROUP.ID.eq(row.getId()))
                            .execute();
                    audit.record(
                            tx,
                            community,
                            actor,
                            AuditAction.GROUP_DELETED,
                            "group:" + row.getId(),
                            name,
                            null);
                    return true;
                });
    }

    Group change(Actor actor, CommunityId community, String name, String what, Change change) {
        return db.write(
                tx -> {
                    var row = row(tx, community, name).orElseThrow(() -> unknown(name));
                    change.apply(tx, row);
                    audit.record(
                            tx,
                            community,
                            actor,
                            AuditAction.GROUP_CHANGED,
                            "group:" + row.getId(),
                            null,
                            what);
                    return group(tx, row(tx, community, name).orElseThrow());
                });
    }

    static Change addUsers(List<String> users) {
        return (tx, group) -> add(tx, group.getId(), users);
    }

    static Change removeUsers(List<String> users) {
        return (tx, group) ->
                tx.deleteFrom(IDENTITY_GROUP_MEMBER)
                        .where(IDENTITY_GROUP_MEMBER.GROUP_ID.eq(group.getId()))
                        .and(IDENTITY_GROUP_MEMBER.USER_ID.in(numbers(tx, users)))
                        .execute();
    }

    static Change setProperties(String json) {
        return (tx, group) ->
                tx.update(IDENTITY_GROUP)
                        .set(IDENTITY_GROUP.PROPERTIES, json)
                        .where(IDENTITY_GROUP.ID.eq(group.getId()))
                        .execute();
    }

    Set<String> groupsOf(UserId user, CommunityId community) {
        return groupsOf(List.of(user), community).getOrDefault(user, Set.of());
    }

    /** Names of each user's groups, sorted. */
    Map<UserId, Set<String>> groupsOf(Collection<UserId> users, CommunityId community) {
        return Belonging.byUser(
                groupsOf.all(
                        Belonging.of(users, community),
                        Set.of(),
                        unknown -> readGroupsOf(unknown, community)));
    }

    private Map<Belonging, Set<String>> readGroupsOf(
            List<Belonging> unknown, CommunityId community) {
        var groups = new HashMap<Belonging, Set<String>>();
        db.read(
                        sql ->
                                sql.select(IDENTITY_GROUP_MEMBER.USER_ID, IDENTITY_GROUP.NAME)
                                        .from(IDENTITY_GROUP_MEMBER)
                                        .join(IDENTITY_GROUP)
                                        .on(IDENTITY_GROUP.ID.eq(IDENTITY_GROUP_MEMBER.GROUP_ID))
                                        .where(
                                                Among.numbers(
                                                        IDENTITY_GROUP_MEMBER.USER_ID,
                                                        Belonging.numbers(unknown)))
                                        .and(IDENTITY_GROUP.COMMUNITY_ID.eq(community.value()))
                                        .fetch())
                .forEach(
                        row ->
                                groups.computeIfAbsent(
                                                new Belonging(new UserId(row.value1()), community),
                                                each -> new TreeSet<>())
                                        .add(row.value2()));
        groups.replaceAll((each, names) -> Collections.unmodifiableSet(names));
        return groups;
    }

    /** Takes the user out of every group of the community. */
    void leaveAll(UserId user, CommunityId community) {
        db.write(
                tx ->
                        tx.deleteFrom(IDENTITY_GROUP_MEMBER)
                                .where(IDENTITY_GROUP_MEMBER.USER_ID.eq(user.value()))
                                .and(
                                        IDENTITY_GROUP_MEMBER.GROUP_ID.in(
                                                tx.select(IDENTITY_GROUP.ID)
                                                        .from(IDENTITY_GROUP)
                                                        .where(
                                                                IDENTITY_GROUP.COMMUNITY_ID.eq(
                                                                        community.value()))))
                                .execute());
    }

    private static void add(DSLContext tx, long group, List<String> users) {
        for (var user : numbers(tx, users)) {
            tx.insertInto(IDENTITY_GROUP_MEMBER)
                    .set(IDENTITY_GROUP_MEMBER.GROUP_ID, group)
                    .set(IDENTITY_GROUP_MEMBER.USER_ID, user)
                    .onConflictDoNothing()
                    .execute();
        }
    }

    private static List<Long> numbers(DSLContext tx, List<String> names) {
        var wanted = new LinkedHashSet<>(names);
        var found =
                tx.select(IDENTITY_USER.NAME, IDENTITY_USER.ID)
                        .from(IDENTITY_USER)
                        .where(IDENTITY_USER.NAME.in(wanted))
                        .fetchMap(IDENTITY_USER.NAME, IDENTITY_USER.ID);
        for (var name : wanted) {
            if (!found.containsKey(name)) {
                throw Problem.invalid("user.unknown", "No such user: " + name);
            }
        }
        return List.copyOf(found.values());
    }

    private static Optional<IdentityGroupRecord> row(
            DSLContext sql, CommunityId community, String name) {
        return sql.selectFrom(IDENTITY_GROUP)
                .where(IDENTITY_GROUP.COMMUNITY_ID.eq(community.value()))
                .and(IDENTITY_GROUP.NAME.eq(name))
                .fetchOptional();
    }

    private static Map<Long, List<String>> members(DSLContext sql, List<Long> groups) {
        var members = new HashMap<Long, List<String>>();
        sql.select(IDENTITY_GROUP_MEMBER.GROUP_ID, IDENTITY_USER.NAME)
                .from(IDENTITY_GROUP_MEMBER)
                .join(IDENTITY_USER)
                .on(IDENTITY_USER.ID.eq(IDENTITY_GROUP_MEMBER.USER_ID))
                .where(IDENTITY_GROUP_MEMBER.GROUP_ID.in(groups))
                .orderBy(IDENTITY_USER.NAME)
                .fetch()
                .forEach(
                        row ->
                                members.computeIfAbsent(row.value1(), id -> new ArrayList<>())
                                        .add(row.value2()));
        return members;
    }

    private static Group group(DSLContext sql, IdentityGroupRecord row) {
        return group(row, members(sql, List.of(row.getId())));
    }

    private static Group group(IdentityGroupRecord row, Map<Long, List<String>> members) {
        return new Group(
                row.getId(),
                new CommunityId(row.getCommunityId()),
                row.getName(),
                Json.object(row.getProperties()),
                List.copyOf(members.getOrDefault(row.getId(), List.of())));
    }

    private static Problem unknown(String name) {
        return Problem.notFound("group.unknown", "No such group: " + name);
    }

    private static Problem exists(String name) {
        return Problem.conflict("group.exists", "Group " + name + " already exists.");
    }
}
