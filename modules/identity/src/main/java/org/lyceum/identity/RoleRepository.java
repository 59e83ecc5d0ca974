package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_ROLE;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.schema.identity.tables.records.IdentityRoleRecord;

import java.util.List;
import java.util.Optional;

/** The only class that writes {@code identity_role}. */
final class RoleRepository {

    /** A handful is usual; the list is answered whole. */
    private static final int MAX_PER_COMMUNITY = 200;

    private final Database db;
    private final AuditLog audit;

    RoleRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    List<Role> list(CommunityId community) {
        return db.read(
                sql -> {
                    var scopes = new ScopeRepository(sql, community);
                    return sql.selectFrom(IDENTITY_ROLE)
                            .where(IDENTITY_ROLE.COMMUNITY_ID.eq(community.value()))
                            .orderBy(IDENTITY_ROLE.BUILT_IN.desc(), IDENTITY_ROLE.NAME)
                            .limit(MAX_PER_COMMUNITY)
                            .fetch(row -> role(scopes, row));
                });
    }

    Optional<Role> find(CommunityId community, String name) {
        return db.read(sql -> find(sql, community, name));
    }

    Role create(Actor actor, CommunityId community, String name, Role.Draft draft) {
        return db.write(
                tx -> {
                    int there =
                            tx.fetchCount(
                                    IDENTITY_ROLE,
                                    IDENTITY_ROLE.COMMUNITY_ID.eq(community.value()));
                    if (there >= MAX_PER_COMMUNITY) {
                        throw Problem.conflict(
                                "role.too-many",
                                "There are " + there + " roles; remove one first.");
                    }
                    insert(tx, community, name, draft);
                    var made = find(tx, community, name).orElseThrow();
                    record(tx, community, actor, AuditAction.ROLE_CREATED, null, made);
                    return made;
                });
    }

    private static void insert(
            DSLContext tx, CommunityId community, String name, Role.Draft draft) {
        int rows =
                tx.insertInto(IDENTITY_ROLE)
                        .set(IDENTITY_ROLE.COMMUNITY_ID, community.value())
                        .set(IDENTITY_ROLE.NAME, name)
                        .set(IDENTITY_ROLE.DESCRIPTION, draft.description())
                        .set(
                                IDENTITY_ROLE.SCOPES,
                                new ScopeRepository(tx, community).stored(draft.scopes()))
                        .onConflict(IDENTITY_ROLE.COMMUNITY_ID, IDENTITY_ROLE.NAME)
                        .doNothing()
                        .execute();
        if (rows == 0) {
            throw Problem.conflict("role.exists", "Role " + name + " already exists.");
        }
    }

    Role change(Actor actor, CommunityId community, Role before, Role.Draft draft) {
        return db.write(
                tx -> {
                    var scopes = new ScopeRepository(tx, community).stored(draft.scopes());
                    int rows =
                            tx.update(IDENTITY_ROLE)
                                    .set(IDENTITY_ROLE.DESCRIPTION, draft.description())
                                    .set(IDENTITY_ROLE.SCOPES, scopes)
                                    .set(IDENTITY_ROLE.VERSION, IDENTITY_ROLE.VERSION.plus(1))
                                    .where(unchanged(before))
                                    .execute();
                    requireUnchanged(rows);
                    var after = find(tx, community, before.name()).orElseThrow();
                    record(tx, community, actor, AuditAction.ROLE_CHANGED, before, after);
                    return after;
                });
    }

    /** Whoever held the role holds it no more. */
    void delete(Actor actor, CommunityId community, Role role) {
        db.write(
                tx -> {
                    int rows = tx.deleteFrom(IDENTITY_ROLE).where(unchanged(role)).execute();
                    requireUnchanged(rows);
                    record(tx, community, actor, AuditAction.ROLE_DELETED, role, null);
                    return true;
                });
    }

    private void record(
            DSLContext tx,
            CommunityId community,
            Actor actor,
            AuditAction action,
            @Nullable Role before,
            @Nullable Role after) {
        var role = after == null ? before : after;
        if (role != null) {
            var thing = "role:" + role.id();
            audit.record(tx, community, actor, action, thing, text(before), text(after));
        }
    }

    private static @Nullable String text(@Nullable Role role) {
        return role == null ? null : role.name() + " scopes=" + role.scopes();
    }

    private static Condition unchanged(Role role) {
        return IDENTITY_ROLE.ID.eq(role.id()).and(IDENTITY_ROLE.VERSION.eq(role.version()));
    }

    private static void requireUnchanged(int rows) {
        if (rows == 0) {
            throw RoleService.stale();
        }
    }

    private static Optional<Role> find(DSLContext sql, CommunityId community, String name) {
        var scopes = new ScopeRepository(sql, community);
        return sql.selectFrom(IDENTITY_ROLE)
                .where(IDENTITY_ROLE.COMMUNITY_ID.eq(community.value()))
                .and(IDENTITY_ROLE.NAME.eq(name))
                .fetchOptional(row -> role(scopes, row));
    }

    private static Role role(ScopeRepository scopes, IdentityRoleRecord row) {
        return new Role(
                row.getId(),
                row.getName(),
                row.getDescription(),
                scopes.written(row.getScopes()).stream().sorted().toList(),
                Rows.flag(row.getBuiltIn()),
                row.getVersion());
    }
}
