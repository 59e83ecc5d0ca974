package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_GROUP;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_GROUP_MEMBER;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_USER;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

/** The only class that writes {@code identity_group} and {@code identity_group_member}. */
final class GroupRepository {

    private final Database db;
    private final AuditLog audit;

    GroupRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    List<Group> list(CommunityId community, int offset, int limit) {
        return db.read(
                sql ->
                        groups(
                                sql,
                                community,
                                sql.selectFrom(IDENTITY_GROUP)
                                        .where(of(community))
                                        .orderBy(IDENTITY_GROUP.ID)
                                        .limit(limit)
                                        .offset(offset)
                                        .fetch()));
    }

    long count(CommunityId community) {
        return db.read(sql -> (long) sql.fetchCount(IDENTITY_GROUP, of(community)));
    }

    Optional<Group> find(CommunityId community, String name) {
        return db.read(sql -> find(sql, community, name));
    }

    Group create(Actor actor, CommunityId community, String name, List<String> users) {
        return db.write(
                tx -> {
                    long id =
                            tx.insertInto(IDENTITY_GROUP)
                                    .set(IDENTITY_GROUP.COMMUNITY_ID, community.value())
                                    .set(IDENTITY_GROUP.NAME, name)
                                    .onConflict(IDENTITY_GROUP.COMMUNITY_ID, IDENTITY_GROUP.NAME)
                                    .doNothing()
                                    .returning(IDENTITY_GROUP.ID)
                                    .fetchOptional(IDENTITY_GROUP.ID)
                                    .orElseThrow(() -> exists(name));
                    join(tx, id, users);
                    audit.record(tx, community, actor, AuditAction.GROUP_CREATED, "group:" + id, null, name);
                    return find(tx, community, name).orElseThrow();
                });
    }

    void delete(Actor actor, CommunityId community, String name) {
        db.write(
                tx -> {
                    long id = id(tx, community, name);
                    tx.deleteFrom(IDENTITY_GROUP).where(IDENTITY_GROUP.ID.eq(id)).execute();
                    audit.record(tx, community, actor, AuditAction.GROUP_DELETED, "group:" + id, name, null);
                    return true;
                });
    }

    Group addUsers(Actor actor, CommunityId community, String name, List<String> users) {
        return change(actor, community, name, "added " + users.size() + " users", (tx, id) -> join(tx, id, users));
    }

    Group removeUsers(Actor actor, CommunityId community, String name, List<String> users) {
        return change(
                actor,
                community,
                name,
                "removed " + users.size() + " users",
                (tx, id) ->
                        tx.deleteFrom(IDENTITY_GROUP_MEMBER)
                                .where(IDENTITY_GROUP_MEMBER.GROUP_ID.eq(id))
                                .and(IDENTITY_GROUP_MEMBER.USER_ID.in(numbers(tx, users)))
                                .execute());
    }

    Group setProperties(Actor actor, CommunityId community, String name, String properties) {
        return change(
                actor,
                community,
                name,
                "properties replaced",
                (tx, id) ->
                        tx.update(IDENTITY_GROUP)
                                .set(IDENTITY_GROUP.PROPERTIES, properties)
                                .where(IDENTITY_GROUP.ID.eq(id))
                                .execute());
    }

    Group setScopes(Actor actor, CommunityId community, String name, List<String> scopes) {
        return change(
                actor,
                community,
                name,
                "scopes " + scopes,
                (tx, id) ->
                        tx.update(IDENTITY_GROUP)
                                .set(IDENTITY_GROUP.SCOPES, new ScopeRepository(tx, community).stored(scopes))
                                .where(IDENTITY_GROUP.ID.eq(id))
                                .execute());
    }

    Map<UserId, Set<String>> groupsOf(Collection<UserId> users, CommunityId community) {
        var numbers = users.stream().map(UserId::value).toList();
        return db.read(
                sql -> {
                    var groups = new HashMap<UserId, Set<String>>();
                    sql.select(IDENTITY_GROUP_MEMBER.USER_ID, IDENTITY_GROUP.NAME)
                            .from(IDENTITY_GROUP_MEMBER)
                            .join(IDENTITY_GROUP)
                            .on(IDENTITY_GROUP.ID.eq(IDENTITY_GROUP_MEMBER.GROUP_ID))
                            .where(IDENTITY_GROUP_MEMBER.USER_ID.in(numbers))
                            .and(of(community))
                            .forEach(
                                    row ->
                                            groups.computeIfAbsent(
                                                            new UserId(row.get(IDENTITY_GROUP_MEMBER.USER_ID)),
                                                            user -> new TreeSet<>())
                                                    .add(row.get(IDENTITY_GROUP.NAME)));
                    return groups;
                });
    }

    /** What an edit does to the group with this number, inside the transaction. */
    private interface Edit {
        @SuppressWarnings("UnusedReturnValue")
        int apply(DSLContext tx, long id);
    }

    private Group change(Actor actor, CommunityId community, String name, String what, Edit edit) {
        return db.write(
                tx -> {
                    long id = id(tx, community, name);
                    edit.apply(tx, id);
                    audit.record(tx, community, actor, AuditAction.GROUP_CHANGED, "group:" + id, null, what);
                    return find(tx, community, name).orElseThrow();
                });
    }

    private static int join(DSLContext tx, long id, List<String> users) {
        for (long user : numbers(tx, users)) {
            tx.insertInto(IDENTITY_GROUP_MEMBER)
                    .set(IDENTITY_GROUP_MEMBER.GROUP_ID, id)
                    .set(IDENTITY_GROUP_MEMBER.USER_ID, user)
                    .onConflictDoNothing()
                    .execute();
        }
        return users.size();
    }

    /** The users' numbers; nobody's when one of the names is nobody's. */
    private static List<Long> numbers(DSLContext tx, List<String> names) {
        var found =
                tx.select(IDENTITY_USER.NAME, IDENTITY_USER.ID)
                        .from(IDENTITY_USER)
                        .where(IDENTITY_USER.NAME.in(names))
                        .fetchMap(IDENTITY_USER.NAME, IDENTITY_USER.ID);
        for (var name : names) {
            if (!found.containsKey(name)) {
                throw Problem.invalid("group.user-unknown", "No such user: " + name);
            }
        }
        return List.copyOf(found.values());
    }

    private static Optional<Group> find(DSLContext sql, CommunityId community, String name) {
        var row = sql.selectFrom(IDENTITY_GROUP).where(of(community)).and(IDENTITY_GROUP.NAME.eq(name)).fetch();
        return groups(sql, community, row).stream().findFirst();
    }

    private static long id(DSLContext tx, CommunityId community, String name) {
        return tx.select(IDENTITY_GROUP.ID)
                .from(IDENTITY_GROUP)
                .where(of(community))
                .and(IDENTITY_GROUP.NAME.eq(name))
                .fetchOptional(IDENTITY_GROUP.ID)
                .orElseThrow(() -> Problem.notFound("group.unknown", "There is no group called " + name + "."));
    }

    /** Groups with their members, in two queries however many groups there are. */
    private static List<Group> groups(DSLContext sql, CommunityId community, List<? extends Record> rows) {
        var ids = rows.stream().map(row -> row.get(IDENTITY_GROUP.ID)).toList();
        var members =
                sql.select(IDENTITY_GROUP_MEMBER.GROUP_ID, IDENTITY_USER.NAME)
                        .from(IDENTITY_GROUP_MEMBER)
                        .join(IDENTITY_USER)
                        .on(IDENTITY_USER.ID.eq(IDENTITY_GROUP_MEMBER.USER_ID))
                        .where(IDENTITY_GROUP_MEMBER.GROUP_ID.in(ids))
                        .orderBy(IDENTITY_USER.NAME)
                        .fetchGroups(IDENTITY_GROUP_MEMBER.GROUP_ID, IDENTITY_USER.NAME);
        var scopes = new ScopeRepository(sql, community);
        Function<Record, Group> group =
                row -> {
                    long id = row.get(IDENTITY_GROUP.ID);
                    return new Group(
                            id,
                            community,
                            row.get(IDENTITY_GROUP.NAME),
                            Json.object(row.get(IDENTITY_GROUP.PROPERTIES)),
                            members.getOrDefault(id, List.of()),
                            scopes.written(row.get(IDENTITY_GROUP.SCOPES)).stream().sorted().toList());
                };
        return rows.stream().map(group).toList();
    }

    private static Condition of(CommunityId community) {
        return IDENTITY_GROUP.COMMUNITY_ID.eq(community.value());
    }

    private static Problem exists(String name) {
        return Problem.conflict("group.exists", "Group " + name + " already exists.");
    }
}
