package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_CUSTOM_SCOPE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_ROLE;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The only class that writes {@code identity_custom_scope}. */
final class CustomScopeRepository {

    /** They are read whole whenever one is met. */
    private static final int MAX_PER_COMMUNITY = 200;

    private final Database db;
    private final AuditLog audit;

    CustomScopeRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    List<CustomScope> list(CommunityId community) {
        return db.read(
                sql ->
                        sql.selectFrom(IDENTITY_CUSTOM_SCOPE)
                                .where(IDENTITY_CUSTOM_SCOPE.COMMUNITY_ID.eq(community.value()))
                                .orderBy(IDENTITY_CUSTOM_SCOPE.NAME)
                                .limit(MAX_PER_COMMUNITY)
                                .fetch(CustomScopeRepository::scope));
    }

    CustomScope declare(Actor actor, CommunityId community, CustomScope scope) {
        return db.write(
                tx -> {
                    if (tx.fetchCount(IDENTITY_CUSTOM_SCOPE, of(community)) >= MAX_PER_COMMUNITY) {
                        throw Problem.conflict(
                                "scope.too-many",
                                "There are " + MAX_PER_COMMUNITY + " scopes; remove one first.");
                    }
                    int rows =
                            tx.insertInto(IDENTITY_CUSTOM_SCOPE)
                                    .set(IDENTITY_CUSTOM_SCOPE.COMMUNITY_ID, community.value())
                                    .set(IDENTITY_CUSTOM_SCOPE.NAME, scope.name())
                                    .set(IDENTITY_CUSTOM_SCOPE.DESCRIPTION, scope.description())
                                    .set(
                                            IDENTITY_CUSTOM_SCOPE.SUBSCOPES,
                                            Json.write(scope.subscopes()))
                                    .onConflictDoNothing()
                                    .execute();
                    if (rows == 0) {
                        throw Problem.conflict(
                                "scope.exists", "Scope " + scope.name() + " already exists.");
                    }
                    requireDeclared(tx, community, scope);
                    var made = find(tx, community, scope.name()).orElseThrow();
                    record(tx, community, actor, AuditAction.SCOPE_DECLARED, made);
                    return made;
                });
    }

    CustomScope change(Actor actor, CommunityId community, CustomScope scope) {
        return db.write(
                tx -> {
                    int rows =
                            tx.update(IDENTITY_CUSTOM_SCOPE)
                                    .set(IDENTITY_CUSTOM_SCOPE.DESCRIPTION, scope.description())
                                    .set(
                                            IDENTITY_CUSTOM_SCOPE.SUBSCOPES,
                                            Json.write(scope.subscopes()))
                                    .set(
                                            IDENTITY_CUSTOM_SCOPE.VERSION,
                                            IDENTITY_CUSTOM_SCOPE.VERSION.plus(1))
                                    .where(unchanged(community, scope.name(), scope.version()))
                                    .execute();
                    requireUnchanged(tx, community, scope.name(), rows);
                    requireDeclared(tx, community, scope);
                    var after = find(tx, community, scope.name()).orElseThrow();
                    record(tx, community, actor, AuditAction.SCOPE_CHANGED, after);
                    return after;
                });
    }

    void delete(Actor actor, CommunityId community, String name, long version) {
        db.write(
                tx -> {
                    var gone = find(tx, community, name).orElseThrow(() -> unknown(name));
                    requireUnused(tx, community, name);
                    int rows =
                            tx.deleteFrom(IDENTITY_CUSTOM_SCOPE)
                                    .where(unchanged(community, name, version))
                                    .execute();
                    requireUnchanged(tx, community, name, rows);
                    record(tx, community, actor, AuditAction.SCOPE_REMOVED, gone);
                    return true;
                });
    }

    private void record(
            DSLContext tx,
            CommunityId community,
            Actor actor,
            AuditAction action,
            CustomScope scope) {
        var about = scope.name() + " subscopes=" + scope.subscopes();
        audit.record(tx, community, actor, action, "scope", null, about);
    }

    private static void requireDeclared(DSLContext tx, CommunityId community, CustomScope scope) {
        for (var below : scope.subscopes()) {
            if (find(tx, community, below).isEmpty()) {
                throw Problem.invalid(
                        "scope.subscope-unknown",
                        "There is no custom scope '" + below + "' to come with this one.");
            }
        }
    }

    /** Whoever removes a scope should know who relies on it. */
    private static void requireUnused(DSLContext tx, CommunityId community, String name) {
        var roles =
                tx
                        .select(IDENTITY_ROLE.NAME, IDENTITY_ROLE.SCOPES)
                        .from(IDENTITY_ROLE)
                        .where(IDENTITY_ROLE.COMMUNITY_ID.eq(community.value()))
                        .fetch()
                        .stream()
                        .filter(row -> names(row.value2(), name))
                        .map(row -> "role " + row.value1());
        var scopes =
                tx
                        .selectFrom(IDENTITY_CUSTOM_SCOPE)
                        .where(of(community))
                        .fetch(CustomScopeRepository::scope)
                        .stream()
                        .filter(other -> other.subscopes().contains(name))
                        .map(other -> "scope " + other.name());
        var users = Stream.concat(roles, scopes).toList();
        if (!users.isEmpty()) {
            throw Problem.conflict(
                    "scope.in-use",
                    "This scope is part of " + String.join(", ", users) + "; take it out first.");
        }
    }

    private static boolean names(String stored, String name) {
        return Json.texts(stored).stream()
                .anyMatch(scope -> scope.equals(name) || scope.startsWith(name + "!"));
    }

    private static void requireUnchanged(
            DSLContext tx, CommunityId community, String name, int rows) {
        if (rows == 0) {
            throw find(tx, community, name).isEmpty()
                    ? unknown(name)
                    : Problem.of(
                            Problem.Kind.STALE,
                            "scope.stale",
                            "Somebody else has changed this scope; look at it again, then repeat"
                                    + " the change.");
        }
    }

    private static Problem unknown(String name) {
        return Problem.notFound("scope.not-declared", "There is no custom scope '" + name + "'.");
    }

    private static Condition of(CommunityId community) {
        return IDENTITY_CUSTOM_SCOPE.COMMUNITY_ID.eq(community.value());
    }

    private static Condition unchanged(CommunityId community, String name, long version) {
        return of(community)
                .and(IDENTITY_CUSTOM_SCOPE.NAME.eq(name))
                .and(IDENTITY_CUSTOM_SCOPE.VERSION.eq(version));
    }

    private static Optional<CustomScope> find(DSLContext sql, CommunityId community, String name) {
        return sql.selectFrom(IDENTITY_CUSTOM_SCOPE)
                .where(of(community))
                .and(IDENTITY_CUSTOM_SCOPE.NAME.eq(name))
                .fetchOptional(CustomScopeRepository::scope);
    }

    static CustomScope scope(Record row) {
        return new CustomScope(
                row.get(IDENTITY_CUSTOM_SCOPE.NAME),
                row.get(IDENTITY_CUSTOM_SCOPE.DESCRIPTION),
                Json.texts(row.get(IDENTITY_CUSTOM_SCOPE.SUBSCOPES)),
                row.get(IDENTITY_CUSTOM_SCOPE.VERSION));
    }
}
