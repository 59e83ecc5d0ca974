package org.lyceum.storage;

import static org.lyceum.platform.schema.storage.Tables.STORAGE_LIMIT;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.schema.storage.tables.records.StorageLimitRecord;

import java.util.List;
import java.util.Optional;

/** The only class that reads or writes {@code storage_limit}. */
final class LimitRepository {

    private final Database db;
    private final AuditLog audit;

    LimitRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    /** All rules of a community about one kind of folder, the widest first; a few dozen at most. */
    List<LimitRule> of(CommunityId community, FolderKind kind) {
        return db.read(
                sql ->
                        sql.selectFrom(STORAGE_LIMIT)
                                .where(STORAGE_LIMIT.COMMUNITY_ID.eq(community.value()))
                                .and(STORAGE_LIMIT.KIND.eq(kind.name()))
                                .orderBy(STORAGE_LIMIT.ID)
                                .limit(LimitService.MAX_RULES)
                                .fetch(LimitRepository::rule));
    }

    /**
     * Writes the rule, or takes it away when it says nothing.
     *
     * @return the version that is written now; -1 when there is no rule any more
     * @throws Problem STALE limit.stale when somebody else's edit came first
     */
    long put(Actor actor, LimitRule rule) {
        return db.write(
                sql -> {
                    var before = find(sql, rule);
                    long version = before.map(LimitRule::version).orElse(-1L);
                    if (version != rule.version()) {
                        throw Problem.of(
                                Problem.Kind.STALE,
                                "limit.stale",
                                "Somebody else changed this limit meanwhile; look at it again.");
                    }
                    boolean empty = rule.bytes() == null && rule.inodes() == null;
                    if (empty) {
                        sql.deleteFrom(STORAGE_LIMIT).where(same(rule)).execute();
                    } else {
                        save(sql, rule);
                    }
                    record(sql, actor, rule, before.orElse(null), empty);
                    return empty ? -1 : version + 1;
                });
    }

    private static void save(DSLContext sql, LimitRule rule) {
        var row = sql.newRecord(STORAGE_LIMIT);
        row.setCommunityId(rule.community().value());
        row.setKind(rule.kind().name());
        row.setScope(rule.scope().name());
        row.setSubjectId(rule.subject());
        row.setHardBytes(rule.bytes() == null ? null : rule.bytes().hard());
        row.setSoftBytes(rule.bytes() == null ? null : rule.bytes().soft());
        row.setHardInodes(rule.inodes() == null ? null : rule.inodes().hard());
        row.setSoftInodes(rule.inodes() == null ? null : rule.inodes().soft());
        row.setVersion(rule.version() + 1);
        sql.insertInto(STORAGE_LIMIT)
                .set(row)
                .onConflict(
                        STORAGE_LIMIT.COMMUNITY_ID,
                        STORAGE_LIMIT.KIND,
                        STORAGE_LIMIT.SCOPE,
                        STORAGE_LIMIT.SUBJECT_ID)
                .doUpdate()
                .set(row)
                .execute();
    }

    private void record(
            DSLContext sql,
            Actor actor,
            LimitRule rule,
            @Nullable LimitRule before,
            boolean removed) {
        audit.record(
                sql,
                rule.community(),
                actor,
                AuditAction.LIMIT_CHANGED,
                rule.kind() + " of " + rule.scope() + ":" + rule.subject(),
                before == null ? null : text(before),
                removed ? null : text(rule));
    }

    private static String text(LimitRule rule) {
        return "bytes=" + rule.bytes() + " inodes=" + rule.inodes();
    }

    private static Optional<LimitRule> find(DSLContext sql, LimitRule rule) {
        return sql.selectFrom(STORAGE_LIMIT).where(same(rule)).fetchOptional(LimitRepository::rule);
    }

    private static Condition same(LimitRule rule) {
        return STORAGE_LIMIT
                .COMMUNITY_ID
                .eq(rule.community().value())
                .and(STORAGE_LIMIT.KIND.eq(rule.kind().name()))
                .and(STORAGE_LIMIT.SCOPE.eq(rule.scope().name()))
                .and(STORAGE_LIMIT.SUBJECT_ID.eq(rule.subject()));
    }

    private static LimitRule rule(StorageLimitRecord row) {
        return new LimitRule(
                new CommunityId(row.getCommunityId()),
                FolderKind.valueOf(row.getKind()),
                LimitScope.valueOf(row.getScope()),
                row.getSubjectId(),
                bounds(row.getHardBytes(), row.getSoftBytes()),
                bounds(row.getHardInodes(), row.getSoftInodes()),
                row.getVersion());
    }

    private static @Nullable Bounds bounds(@Nullable Long hard, @Nullable Long soft) {
        return hard == null || soft == null ? null : new Bounds(hard, soft);
    }
}
