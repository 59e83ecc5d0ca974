package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_GROUP;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_ROLE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_ROLE_GROUP;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_ROLE_SERVICE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_ROLE_USER;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SERVICE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_USER;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Among;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.db.Remembered;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who holds which role: three tables of one shape. */
final class RoleHolderRepository {

    /** Named in one answer; a role for more people than that is given to a group. */
    private static final int MAX_HOLDERS = 1_000;

    /** One of the tables, and what its columns refer to. */
    enum Kind {
        USERS(IDENTITY_ROLE_USER.ROLE_ID, IDENTITY_ROLE_USER.USER_ID, IDENTITY_USER.ID),
        GROUPS(IDENTITY_ROLE_GROUP.ROLE_ID, IDENTITY_ROLE_GROUP.GROUP_ID, IDENTITY_GROUP.ID),
        SERVICES(
                IDENTITY_ROLE_SERVICE.ROLE_ID,
                IDENTITY_ROLE_SERVICE.SERVICE_ID,
                IDENTITY_SERVICE.ID);

        private final Field<Long> role;
        private final Field<Long> holder;
        private final Field<Long> thing;

        Kind(Field<Long> role, Field<Long> holder, Field<Long> thing) {
            this.role = role;
            this.holder = holder;
            this.thing = thing;
        }

        private Table<?> table() {
            return switch (this) {
                case USERS -> IDENTITY_ROLE_USER;
                case GROUPS -> IDENTITY_ROLE_GROUP;
                case SERVICES -> IDENTITY_ROLE_SERVICE;
            };
        }

        private Table<?> things() {
            return switch (this) {
                case USERS -> IDENTITY_USER;
                case GROUPS -> IDENTITY_GROUP;
                case SERVICES -> IDENTITY_SERVICE;
            };
        }
    }

    /** A holder as the tables know them; {@code thing} is their name in the audit log. */
    private record Row(Kind kind, long number, String thing) {

        static Row of(RoleHolder holder) {
            return switch (holder) {
                case RoleHolder.OfUser(var id) -> new Row(Kind.USERS, id.value(), "user:" + id);
                case RoleHolder.OfGroup(var id) -> new Row(Kind.GROUPS, id, "group:" + id);
                case RoleHolder.OfService(var id) -> new Row(Kind.SERVICES, id, "service:" + id);
            };
        }
    }

    private final Remembered<Belonging, List<String>> ofUser;
    private final Database db;
    private final AuditLog audit;

    RoleHolderRepository(Database db, AuditLog audit) {
        this.db = db;
        this.ofUser =
                new Remembered<>(db, Belonging.MAX_REMEMBERED, IDENTITY_ROLE, IDENTITY_ROLE_USER);
        this.audit = audit;
    }

    void give(Actor actor, CommunityId community, Role role, RoleHolder holder) {
        var row = Row.of(holder);
        db.write(
                tx -> {
                    int rows =
                            tx.insertInto(row.kind().table())
                                    .set(row.kind().role, role.id())
                                    .set(row.kind().holder, row.number())
                                    .onConflictDoNothing()
                                    .execute();
                    if (rows == 1) {
                        var action = AuditAction.ROLE_GIVEN;
                        audit.record(tx, community, actor, action, row.thing(), null, role.name());
                    }
                    return true;
                });
    }

    void take(Actor actor, CommunityId community, Role role, RoleHolder holder) {
        var row = Row.of(holder);
        db.write(
                tx -> {
                    int rows =
                            tx.deleteFrom(row.kind().table())
                                    .where(row.kind().role.eq(role.id()))
                                    .and(row.kind().holder.eq(row.number()))
                                    .execute();
                    if (rows == 1) {
                        var action = AuditAction.ROLE_TAKEN;
                        audit.record(tx, community, actor, action, row.thing(), role.name(), null);
                    }
                    return true;
                });
    }

    Role.Holders holders(Role role) {
        return db.read(
                sql ->
                        new Role.Holders(
                                names(sql, role, Kind.USERS),
                                names(sql, role, Kind.GROUPS),
                                names(sql, role, Kind.SERVICES)));
    }

    private static List<String> names(DSLContext sql, Role role, Kind kind) {
        var name = ScopeRepository.nameOf(kind.things());
        return sql.select(name)
                .from(kind.table())
                .join(kind.things())
                .on(kind.thing.eq(kind.holder))
                .where(kind.role.eq(role.id()))
                .orderBy(name)
                .limit(MAX_HOLDERS)
                .fetch(name);
    }

    /** The communities in which the user was given the role of this name. */
    Set<CommunityId> communitiesOf(UserId user, String role) {
        return db.read(
                sql ->
                        sql.select(IDENTITY_ROLE.COMMUNITY_ID)
                                .from(IDENTITY_ROLE_USER)
                                .join(IDENTITY_ROLE)
                                .on(IDENTITY_ROLE.ID.eq(IDENTITY_ROLE_USER.ROLE_ID))
                                .where(IDENTITY_ROLE_USER.USER_ID.eq(user.value()))
                                .and(IDENTITY_ROLE.NAME.eq(role))
                                .fetchSet(row -> new CommunityId(row.value1())));
    }

    /** Names of the roles given to each of {@code users}, sorted. */
    Map<UserId, List<String>> given(CommunityId community, Collection<UserId> users) {
        return Belonging.byUser(
                ofUser.all(
                        Belonging.of(users, community),
                        List.of(),
                        unknown -> readGiven(community, unknown)));
    }

    private Map<Belonging, List<String>> readGiven(CommunityId community, List<Belonging> unknown) {
        var given = new HashMap<Belonging, List<String>>();
        given(community, Kind.USERS, Belonging.numbers(unknown))
                .forEach((id, roles) -> given.put(new Belonging(new UserId(id), community), roles));
        return given;
    }

    /** Names of the roles given to each of {@code holders}, by their numbers, sorted. */
    Map<Long, List<String>> given(CommunityId community, Kind kind, List<Long> holders) {
        return db.read(
                sql ->
                        sql.select(kind.holder, IDENTITY_ROLE.NAME)
                                .from(kind.table())
                                .join(IDENTITY_ROLE)
                                .on(IDENTITY_ROLE.ID.eq(kind.role))
                                .where(Among.numbers(kind.holder, holders))
                                .and(IDENTITY_ROLE.COMMUNITY_ID.eq(community.value()))
                                .orderBy(IDENTITY_ROLE.NAME)
                                .fetchGroups(kind.holder, IDENTITY_ROLE.NAME));
    }
}
