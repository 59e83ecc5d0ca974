package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SERVICE;

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

/** The only class that writes {@code identity_service}. */
final class ServiceRepository {

    /** A handful is usual; the list is answered whole. */
    private static final int MAX_PER_COMMUNITY = 200;

    private final Database db;
    private final AuditLog audit;

    ServiceRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    List<RegisteredService> list(CommunityId community) {
        return db.read(
                sql ->
                        sql.selectFrom(IDENTITY_SERVICE)
                                .where(IDENTITY_SERVICE.COMMUNITY_ID.eq(community.value()))
                                .orderBy(IDENTITY_SERVICE.NAME)
                                .limit(MAX_PER_COMMUNITY)
                                .fetch(ServiceRepository::service));
    }

    Optional<RegisteredService> find(CommunityId community, String name) {
        return db.read(sql -> find(sql, community, name));
    }

    RegisteredService create(Actor actor, CommunityId community, RegisteredService.Draft draft) {
        return db.write(
                tx -> {
                    int there =
                            tx.fetchCount(
                                    IDENTITY_SERVICE,
                                    IDENTITY_SERVICE.COMMUNITY_ID.eq(community.value()));
                    if (there >= MAX_PER_COMMUNITY) {
                        throw Problem.conflict(
                                "service.too-many",
                                "There are " + there + " services; remove one first.");
                    }
                    long id = insert(tx, community, draft);
                    audit.record(
                            tx,
                            community,
                            actor,
                            AuditAction.SERVICE_CREATED,
                            "service:" + id,
                            null,
                            draft.name() + " admin=" + draft.admin());
                    return find(tx, community, draft.name()).orElseThrow();
                });
    }

    private static long insert(
            DSLContext tx, CommunityId community, RegisteredService.Draft draft) {
        int rows =
                tx.insertInto(IDENTITY_SERVICE)
                        .set(IDENTITY_SERVICE.COMMUNITY_ID, community.value())
                        .set(IDENTITY_SERVICE.NAME, draft.name())
                        .set(IDENTITY_SERVICE.ADMIN, Rows.flag(draft.admin()))
                        .set(IDENTITY_SERVICE.URL, draft.url())
                        .set(IDENTITY_SERVICE.INFO, Json.write(draft.info()))
                        .set(IDENTITY_SERVICE.DISPLAY, Rows.flag(draft.display()))
                        .set(IDENTITY_SERVICE.NO_CONFIRM, Rows.flag(draft.noConfirm()))
                        .onConflict(IDENTITY_SERVICE.COMMUNITY_ID, IDENTITY_SERVICE.NAME)
                        .doNothing()
                        .execute();
        if (rows == 0) {
            throw Problem.conflict(
                    "service.exists", "Service " + draft.name() + " already exists.");
        }
        return UserRepository.lastId(tx);
    }

    /** Tokens and the OAuth client go with the row. */
    void delete(Actor actor, CommunityId community, String name) {
        db.write(
                tx -> {
                    var gone =
                            find(tx, community, name)
                                    .orElseThrow(
                                            () ->
                                                    Problem.notFound(
                                                            "service.unknown",
                                                            "No such service: " + name));
                    tx.deleteFrom(IDENTITY_SERVICE)
                            .where(IDENTITY_SERVICE.ID.eq(gone.id()))
                            .execute();
                    audit.record(
                            tx,
                            community,
                            actor,
                            AuditAction.SERVICE_DELETED,
                            "service:" + gone.id(),
                            name,
                            null);
                    return true;
                });
    }

    private static Optional<RegisteredService> find(
            DSLContext sql, CommunityId community, String name) {
        return sql.selectFrom(IDENTITY_SERVICE)
                .where(IDENTITY_SERVICE.COMMUNITY_ID.eq(community.value()))
                .and(IDENTITY_SERVICE.NAME.eq(name))
                .fetchOptional(ServiceRepository::service);
    }

    static RegisteredService service(Record row) {
        return new RegisteredService(
                row.get(IDENTITY_SERVICE.ID),
                new CommunityId(row.get(IDENTITY_SERVICE.COMMUNITY_ID)),
                row.get(IDENTITY_SERVICE.NAME),
                Rows.flag(row.get(IDENTITY_SERVICE.ADMIN)),
                row.get(IDENTITY_SERVICE.URL),
                Json.object(row.get(IDENTITY_SERVICE.INFO)),
                Rows.flag(row.get(IDENTITY_SERVICE.DISPLAY)),
                Rows.flag(row.get(IDENTITY_SERVICE.NO_CONFIRM)));
    }
}
