package org.lyceum.builds;

import static org.lyceum.platform.schema.builds.Tables.BUILDS_SOURCE;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The only class that reads or writes {@code builds_source}. */
final class SourceRepository {

    private final Database db;
    private final AuditLog audit;

    SourceRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    Optional<Source> find(long environment) {
        return db.read(
                sql ->
                        sql.selectFrom(BUILDS_SOURCE)
                                .where(BUILDS_SOURCE.ENVIRONMENT_ID.eq(environment))
                                .fetchOptional(SourceRepository::source));
    }

    /** By the number of their environment. */
    Map<Long, Source> of(Collection<Long> environments) {
        return db.read(
                sql ->
                        sql.selectFrom(BUILDS_SOURCE)
                                .where(BUILDS_SOURCE.ENVIRONMENT_ID.in(environments))
                                .fetchMap(BUILDS_SOURCE.ENVIRONMENT_ID, SourceRepository::source));
    }

    void put(Actor actor, CommunityId community, Source source) {
        db.write(
                tx -> {
                    var before = find(tx, source.environmentId());
                    var row = tx.newRecord(BUILDS_SOURCE);
                    row.setEnvironmentId(source.environmentId());
                    row.setUrl(source.address().url());
                    row.setReference(source.reference());
                    row.setSealedSecret(source.sealedSecret());
                    row.setPublicKey(source.publicKey());
                    row.setHostKeys(source.hostKeys());
                    tx.insertInto(BUILDS_SOURCE).set(row).onDuplicateKeyUpdate().set(row).execute();
                    record(
                            tx,
                            community,
                            actor,
                            source.environmentId(),
                            before.map(SourceRepository::text).orElse(null),
                            text(source));
                    return true;
                });
    }

    /** Remembers what an ssh host showed, unless something is remembered already. */
    void putHostKeys(long environment, String hostKeys) {
        db.write(
                tx ->
                        tx.update(BUILDS_SOURCE)
                                .set(BUILDS_SOURCE.HOST_KEYS, hostKeys)
                                .where(BUILDS_SOURCE.ENVIRONMENT_ID.eq(environment))
                                .and(BUILDS_SOURCE.HOST_KEYS.isNull())
                                .execute());
    }

    void delete(Actor actor, CommunityId community, long environment) {
        db.write(
                tx -> {
                    var before = find(tx, environment);
                    tx.deleteFrom(BUILDS_SOURCE)
                            .where(BUILDS_SOURCE.ENVIRONMENT_ID.eq(environment))
                            .execute();
                    before.ifPresent(
                            there -> record(tx, community, actor, environment, text(there), null));
                    return true;
                });
    }

    private void record(
            DSLContext tx,
            CommunityId community,
            Actor actor,
            long environment,
            @Nullable String before,
            @Nullable String after) {
        audit.record(
                tx,
                community,
                actor,
                AuditAction.SOURCE_CHANGED,
                "environment:" + environment,
                before,
                after);
    }

    private static Optional<Source> find(DSLContext tx, long environment) {
        return tx.selectFrom(BUILDS_SOURCE)
                .where(BUILDS_SOURCE.ENVIRONMENT_ID.eq(environment))
                .fetchOptional(SourceRepository::source);
    }

    private static String text(Source source) {
        var secret = source.sealedSecret() == null ? "" : source.token() ? " token" : " deploy key";
        return source.address().url() + " " + source.reference() + secret;
    }

    private static Source source(Record row) {
        return new Source(
                row.get(BUILDS_SOURCE.ENVIRONMENT_ID),
                new GitAddress(row.get(BUILDS_SOURCE.URL)),
                row.get(BUILDS_SOURCE.REFERENCE),
                row.get(BUILDS_SOURCE.SEALED_SECRET),
                row.get(BUILDS_SOURCE.PUBLIC_KEY),
                row.get(BUILDS_SOURCE.HOST_KEYS));
    }
}
