package org.lyceum.catalog;

import static org.lyceum.platform.schema.catalog.Tables.CATALOG_ENVIRONMENT;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.schema.catalog.tables.records.CatalogEnvironmentRecord;

/** Writes {@code catalog_environment} for administrators. */
final class EnvironmentRepository {

    private final Database db;
    private final AuditLog audit;

    EnvironmentRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    Environment create(Actor actor, CommunityId community, Environment.Draft draft) {
        return db.write(
                tx -> {
                    var made = find(tx, community, create(tx, community, draft));
                    record(tx, actor, null, made);
                    return made;
                });
    }

    static long create(DSLContext tx, CommunityId community, Environment.Draft draft) {
        int there =
                tx.fetchCount(
                        CATALOG_ENVIRONMENT,
                        CATALOG_ENVIRONMENT.COMMUNITY_ID.eq(community.value()));
        if (there >= CatalogRows.MAX_OFFERS) {
            throw Problem.conflict(
                    "environment.too-many",
                    "There are " + there + " environments; remove one first.");
        }
        requireFree(tx, community, draft.name(), 0);
        return insert(tx, community, draft);
    }

    static long insert(DSLContext tx, CommunityId community, Environment.Draft draft) {
        var row = tx.newRecord(CATALOG_ENVIRONMENT);
        row.setCommunityId(community.value());
        fill(row, draft);
        return tx.insertInto(CATALOG_ENVIRONMENT)
                .set(row)
                .returning(CATALOG_ENVIRONMENT.ID)
                .fetchSingle()
                .getId();
    }

    private static void fill(CatalogEnvironmentRecord row, Environment.Draft draft) {
        var web = draft.web();
        row.setName(draft.name());
        row.setTitle(draft.title());
        row.setImageReference(draft.imageReference());
        row.setCommand(CatalogRows.write(draft.command()));
        row.setDefaultUrl(draft.defaultUrl());
        row.setWebPort(web == null ? null : (long) web.port());
        row.setWebReadyPath(web == null ? "/" : web.readyPath());
        row.setWebStripsPrefix(web != null && web.stripsPrefix() ? 1L : 0L);
    }

    Environment change(Actor actor, Environment before, Environment.Draft draft) {
        return db.write(
                tx -> {
                    requireFree(tx, before.community(), draft.name(), before.id());
                    var row = tx.newRecord(CATALOG_ENVIRONMENT);
                    fill(row, draft);
                    row.setVersion(before.version() + 1);
                    int rows =
                            tx.update(CATALOG_ENVIRONMENT)
                                    .set(row)
                                    .where(CATALOG_ENVIRONMENT.ID.eq(before.id()))
                                    .and(CATALOG_ENVIRONMENT.VERSION.eq(before.version()))
                                    .execute();
                    requireUnchanged(rows);
                    var after = find(tx, before.community(), before.id());
                    record(tx, actor, before, after);
                    return after;
                });
    }

    void delete(Actor actor, Environment environment) {
        db.write(
                tx -> {
                    requireUnused(tx, environment);
                    int rows =
                            tx.deleteFrom(CATALOG_ENVIRONMENT)
                                    .where(CATALOG_ENVIRONMENT.ID.eq(environment.id()))
                                    .and(CATALOG_ENVIRONMENT.VERSION.eq(environment.version()))
                                    .execute();
                    requireUnchanged(rows);
                    record(tx, actor, environment, null);
                    return true;
                });
    }

    private static void requireUnused(DSLContext tx, Environment environment) {
        CatalogRows.profiles(tx, environment.community()).stream()
                .filter(profile -> ProfileRules.uses(profile.draft(), environment.id()))
                .findFirst()
                .ifPresent(
                        profile -> {
                            throw Problem.conflict(
                                    "environment.in-use",
                                    "The profile “"
                                            + profile.title()
                                            + "” uses this environment; change or remove it"
                                            + " first.");
                        });
    }

    private static void requireFree(DSLContext tx, CommunityId community, String name, long self) {
        boolean taken =
                tx.fetchExists(
                        CATALOG_ENVIRONMENT,
                        CATALOG_ENVIRONMENT
                                .COMMUNITY_ID
                                .eq(community.value())
                                .and(CATALOG_ENVIRONMENT.NAME.eq(name))
                                .and(CATALOG_ENVIRONMENT.ID.ne(self)));
        if (taken) {
            throw Problem.conflict(
                    "environment.exists",
                    "There is an environment of that name already; choose another name.");
        }
    }

    private static void requireUnchanged(int rows) {
        if (rows == 0) {
            throw EnvironmentService.stale();
        }
    }

    private static Environment find(DSLContext tx, CommunityId community, long id) {
        return CatalogRows.environments(
                        tx,
                        CATALOG_ENVIRONMENT
                                .ID
                                .eq(id)
                                .and(CATALOG_ENVIRONMENT.COMMUNITY_ID.eq(community.value())),
                        1)
                .getFirst();
    }

    private void record(
            DSLContext tx, Actor actor, @Nullable Environment before, @Nullable Environment after) {
        var one = after == null ? before : after;
        if (one != null) {
            audit.record(
                    tx,
                    one.community(),
                    actor,
                    AuditAction.ENVIRONMENT_CHANGED,
                    "environment:" + one.id(),
                    text(before),
                    text(after));
        }
    }

    private static @Nullable String text(@Nullable Environment environment) {
        return environment == null
                ? null
                : environment.name() + " image=" + environment.imageReference();
    }
}
