package org.lyceum.audit;

import static org.lyceum.platform.schema.audit.Tables.AUDIT_ENTRY;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.schema.audit.tables.records.AuditEntryRecord;
import org.slf4j.MDC;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The only class that reads or writes {@code audit_entry}. */
final class AuditRepository {

    /** What the first line follows. */
    private static final String NOTHING = "0".repeat(64);

    /** A value is for people to read; an edit of a long text shows its beginning. */
    private static final int MAX_VALUE = 4_000;

    /** The key under which the request's id is in the logging context. */
    private static final String REQUEST = "request";

    /** Rows checked per read, so that following the chain does not hold a reader for long. */
    private static final int BATCH = 1_000;

    private final Database db;
    private final Clock clock;

    AuditRepository(Database db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    void append(@Nullable CommunityId community, Actor actor, AuditAction action, String thing) {
        db.write(
                tx -> {
                    append(tx, community, actor, action, thing, null, null);
                    return true;
                });
    }

    /** There is one writer, so no other line can come between the newest and this one. */
    void append(
            DSLContext tx,
            @Nullable CommunityId community,
            Actor actor,
            AuditAction action,
            String thing,
            @Nullable String before,
            @Nullable String after) {
        var previous =
                tx.select(AUDIT_ENTRY.HASH)
                        .from(AUDIT_ENTRY)
                        .orderBy(AUDIT_ENTRY.ID.desc())
                        .limit(1)
                        .fetchOptional(AUDIT_ENTRY.HASH)
                        .orElse(NOTHING);
        var row = tx.newRecord(AUDIT_ENTRY);
        row.setAt(clock.millis());
        row.setCommunityId(community == null ? null : community.value());
        row.setActor(actor.toString());
        row.setActorName(nameOf(actor));
        row.setAction(action.name());
        row.setThing(thing);
        row.setBefore(shorten(before));
        row.setAfter(shorten(after));
        row.setRequestId(MDC.get(REQUEST));
        row.setPreviousHash(previous);
        row.setHash(hash(row));
        tx.insertInto(AUDIT_ENTRY).set(row).execute();
    }

    List<AuditEntry> latest(int limit) {
        return db.read(
                sql ->
                        sql.selectFrom(AUDIT_ENTRY)
                                .orderBy(AUDIT_ENTRY.ID.desc())
                                .limit(limit)
                                .fetch(AuditRepository::entry));
    }

    Optional<Long> firstBroken() {
        String expected = NOTHING;
        long last = 0;
        while (true) {
            var from = last;
            var rows =
                    db.read(
                            sql ->
                                    sql.selectFrom(AUDIT_ENTRY)
                                            .where(AUDIT_ENTRY.ID.gt(from))
                                            .orderBy(AUDIT_ENTRY.ID)
                                            .limit(BATCH)
                                            .fetch());
            for (var row : rows) {
                if (!row.getPreviousHash().equals(expected) || !row.getHash().equals(hash(row))) {
                    return Optional.of(row.getId());
                }
                expected = row.getHash();
                last = row.getId();
            }
            if (rows.size() < BATCH) {
                return Optional.empty();
            }
        }
    }

    /** Each field with its length before it, so that no two rows are written alike. */
    private static String hash(AuditEntryRecord row) {
        var text = new StringBuilder();
        for (Object field :
                new Object[] {
                    row.getPreviousHash(), row.getAt(), row.getCommunityId(), row.getActor(),
                    row.getActorName(), row.getAction(), row.getThing(), row.getBefore(),
                    row.getAfter(), row.getRequestId()
                }) {
            var value = field == null ? "" : field.toString();
            text.append(field == null ? -1 : value.length()).append(':').append(value);
        }
        return Secret.presented(text.toString()).hash();
    }

    private static String nameOf(Actor actor) {
        return switch (actor) {
            case Actor.User user -> user.name();
            case Actor.Service service -> service.name();
            case Actor.Job job -> job.name();
            case Actor.Visitor visitor -> visitor.toString();
            case Actor.Platform platform -> platform.toString();
        };
    }

    private static @Nullable String shorten(@Nullable String value) {
        return value == null || value.length() <= MAX_VALUE
                ? value
                : value.substring(0, MAX_VALUE) + "…";
    }

    private static AuditEntry entry(AuditEntryRecord row) {
        return new AuditEntry(
                row.getId(),
                Instant.ofEpochMilli(row.getAt()),
                row.getCommunityId() == null ? null : new CommunityId(row.getCommunityId()),
                row.getActor(),
                row.getActorName(),
                row.getAction(),
                row.getThing(),
                row.getBefore(),
                row.getAfter(),
                row.getRequestId());
    }
}
