package org.lyceum.storage;

import static org.lyceum.platform.schema.storage.Tables.STORAGE_FOLDER;
import static org.lyceum.platform.schema.storage.Tables.STORAGE_LEAVING;
import static org.lyceum.platform.schema.storage.Tables.STORAGE_OWNERLESS;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The only class that reads or writes {@code storage_leaving}. What is nobody's is told by the view
 * {@code storage_ownerless}, so whoever comes back needs no word to it.
 */
final class LeavingRepository {

    /** How far a folder has come on its way out. */
    enum State {
        NOTED,
        SEALED,
        REMOVING
    }

    private final Database db;
    private final AuditLog audit;

    LeavingRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    /** Notes folders that have become nobody's; at most {@code limit} at once. */
    int note(Instant now, Instant until, int limit) {
        return db.write(
                tx ->
                        tx.insertInto(
                                        STORAGE_LEAVING,
                                        STORAGE_LEAVING.FOLDER_ID,
                                        STORAGE_LEAVING.SINCE,
                                        STORAGE_LEAVING.UNTIL)
                                .select(
                                        tx.select(
                                                        STORAGE_OWNERLESS.FOLDER_ID,
                                                        DSL.val(now.toEpochMilli()),
                                                        DSL.val(until.toEpochMilli()))
                                                .from(STORAGE_OWNERLESS)
                                                .where(
                                                        STORAGE_OWNERLESS.FOLDER_ID.notIn(
                                                                DSL.select(
                                                                                STORAGE_LEAVING
                                                                                        .FOLDER_ID)
                                                                        .from(STORAGE_LEAVING)))
                                                .limit(limit))
                                .execute());
    }

    /** Those whose owner is back, at most {@code limit}; none that is being removed. */
    List<Folder> returned(int limit) {
        return db.read(
                sql ->
                        folders(
                                sql,
                                STORAGE_LEAVING.STATE.ne(State.REMOVING.name()).and(owned()),
                                limit));
    }

    private static List<Folder> folders(DSLContext sql, Condition which, int limit) {
        return sql.select(STORAGE_FOLDER.fields())
                .from(STORAGE_LEAVING)
                .join(STORAGE_FOLDER)
                .on(STORAGE_FOLDER.ID.eq(STORAGE_LEAVING.FOLDER_ID))
                .where(which)
                .limit(limit)
                .fetch(FolderRepository::folder);
    }

    private static Condition owned() {
        return STORAGE_LEAVING.FOLDER_ID.notIn(
                DSL.select(STORAGE_OWNERLESS.FOLDER_ID).from(STORAGE_OWNERLESS));
    }

    /** Those that were noted before {@code before} and are still open. */
    List<Folder> toSeal(Instant before, int limit) {
        var open =
                STORAGE_LEAVING
                        .STATE
                        .eq(State.NOTED.name())
                        .and(STORAGE_LEAVING.SINCE.le(before.toEpochMilli()));
        return db.read(sql -> folders(sql, open, limit));
    }

    void sealed(Folder folder) {
        db.write(
                tx ->
                        tx.update(STORAGE_LEAVING)
                                .set(STORAGE_LEAVING.STATE, State.SEALED.name())
                                .where(STORAGE_LEAVING.FOLDER_ID.eq(folder.number()))
                                .and(STORAGE_LEAVING.STATE.eq(State.NOTED.name()))
                                .execute());
    }

    /**
     * Those that are due. From here on nobody brings them back: in the same transaction it is made
     * sure that nobody has.
     */
    List<Folder> beginRemoving(Instant now, int limit) {
        return db.write(
                tx -> {
                    tx.update(STORAGE_LEAVING)
                            .set(STORAGE_LEAVING.STATE, State.REMOVING.name())
                            .where(STORAGE_LEAVING.UNTIL.le(now.toEpochMilli()))
                            .and(DSL.not(owned()))
                            .execute();
                    var removing = STORAGE_LEAVING.STATE.eq(State.REMOVING.name());
                    return folders(tx, removing, limit);
                });
    }

    /** The folder is no more, and neither is its row. */
    void removed(Actor actor, Folder folder) {
        db.write(
                tx -> {
                    tx.deleteFrom(STORAGE_FOLDER)
                            .where(STORAGE_FOLDER.ID.eq(folder.number()))
                            .execute();
                    audit.record(
                            tx,
                            folder.key().community(),
                            actor,
                            AuditAction.FOLDER_REMOVED,
                            "folder:" + folder.number(),
                            folder.key().toString(),
                            null);
                    return true;
                });
    }

    /** Somebody else is let have a copy. */
    void fetched(Actor actor, Folder folder, String reason) {
        db.write(
                tx -> {
                    audit.record(
                            tx,
                            folder.key().community(),
                            actor,
                            AuditAction.FOLDER_FETCHED,
                            "folder:" + folder.number(),
                            folder.key().toString(),
                            reason);
                    return true;
                });
    }

    /** The folder is its owner's again. */
    void back(Actor actor, Folder folder) {
        db.write(
                tx -> {
                    int rows =
                            tx.deleteFrom(STORAGE_LEAVING)
                                    .where(STORAGE_LEAVING.FOLDER_ID.eq(folder.number()))
                                    .execute();
                    if (rows == 1) {
                        audit.record(
                                tx,
                                folder.key().community(),
                                actor,
                                AuditAction.FOLDER_BROUGHT_BACK,
                                "folder:" + folder.number(),
                                null,
                                folder.key().toString());
                    }
                    return true;
                });
    }

    /** How far a folder has come; empty for one that stays, or whose owner is back. */
    Optional<State> state(Folder folder) {
        return db.read(
                sql ->
                        sql.select(STORAGE_LEAVING.STATE)
                                .from(STORAGE_LEAVING)
                                .where(STORAGE_LEAVING.FOLDER_ID.eq(folder.number()))
                                .fetchOptional(row -> State.valueOf(row.value1())));
    }

    boolean ownerless(Folder folder) {
        return db.read(
                sql ->
                        sql.fetchExists(
                                STORAGE_OWNERLESS,
                                STORAGE_OWNERLESS.FOLDER_ID.eq(folder.number())));
    }

    /** Of a community, those that go first before all others. */
    List<Leaving> of(CommunityId community, int offset, int limit) {
        return leaving(STORAGE_FOLDER.COMMUNITY_ID.eq(community.value()), offset, limit);
    }

    Optional<Leaving> of(FolderKey key) {
        return leaving(FolderRepository.is(key), 0, 1).stream().findFirst();
    }

    Optional<Leaving> find(long number) {
        return leaving(STORAGE_FOLDER.ID.eq(number), 0, 1).stream().findFirst();
    }

    private List<Leaving> leaving(Condition which, int offset, int limit) {
        return db.read(
                sql ->
                        sql.select(STORAGE_FOLDER.fields())
                                .select(
                                        STORAGE_LEAVING.SINCE,
                                        STORAGE_LEAVING.UNTIL,
                                        STORAGE_OWNERLESS.REASON,
                                        STORAGE_OWNERLESS.USER_NAME,
                                        STORAGE_OWNERLESS.GROUP_NAME)
                                .from(STORAGE_LEAVING)
                                .join(STORAGE_FOLDER)
                                .on(STORAGE_FOLDER.ID.eq(STORAGE_LEAVING.FOLDER_ID))
                                .join(STORAGE_OWNERLESS)
                                .on(STORAGE_OWNERLESS.FOLDER_ID.eq(STORAGE_LEAVING.FOLDER_ID))
                                .where(which)
                                .orderBy(STORAGE_LEAVING.UNTIL, STORAGE_LEAVING.FOLDER_ID)
                                .limit(limit)
                                .offset(offset)
                                .fetch(LeavingRepository::line));
    }

    private static Leaving line(Record row) {
        return new Leaving(
                FolderRepository.folder(row),
                name(row),
                Leaving.Reason.valueOf(row.get(STORAGE_OWNERLESS.REASON, String.class)),
                Instant.ofEpochMilli(row.get(STORAGE_LEAVING.SINCE)),
                Instant.ofEpochMilli(row.get(STORAGE_LEAVING.UNTIL)),
                row.get(STORAGE_FOLDER.USED_BYTES));
    }

    private static String name(Record row) {
        return Stream.of(
                        row.get(STORAGE_OWNERLESS.USER_NAME), row.get(STORAGE_OWNERLESS.GROUP_NAME))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> row.get(STORAGE_FOLDER.OWNER_NAME));
    }

    /** Removes it on another day. @return whether that was possible still */
    boolean move(Actor actor, Leaving before, Instant until) {
        return db.write(
                tx -> {
                    var folder = before.folder();
                    int rows =
                            tx.update(STORAGE_LEAVING)
                                    .set(STORAGE_LEAVING.UNTIL, until.toEpochMilli())
                                    .where(STORAGE_LEAVING.FOLDER_ID.eq(folder.number()))
                                    .and(STORAGE_LEAVING.STATE.ne(State.REMOVING.name()))
                                    .execute();
                    if (rows == 1) {
                        audit.record(
                                tx,
                                folder.key().community(),
                                actor,
                                AuditAction.FOLDER_REMOVAL_MOVED,
                                "folder:" + folder.number(),
                                before.until().toString(),
                                until.toString());
                    }
                    return rows == 1;
                });
    }
}
