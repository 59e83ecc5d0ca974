package org.lyceum.storage;

import static org.lyceum.platform.schema.storage.Tables.STORAGE_FOLDER;
import static org.lyceum.platform.schema.storage.Tables.STORAGE_LEAVING;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.schema.storage.tables.records.StorageFolderRecord;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The only class that reads or writes {@code storage_folder}. */
final class FolderRepository {

    /** Rows of one transaction; more would keep others from writing. */
    private static final int BATCH = 1_000;

    /**
     * A folder as it is written down.
     *
     * @param mark null until it was made
     */
    record Line(Folder folder, @Nullable Long mark, long usedBytes, @Nullable Long usedInodes) {

        FolderKey key() {
            return folder.key();
        }
    }

    private final Database db;

    FolderRepository(Database db) {
        this.db = db;
    }

    /** The folder's line, made if there is none. Of two callers both get the same. */
    Line claim(FolderKey key, Instant now) {
        return find(key)
                .orElseGet(
                        () ->
                                db.write(
                                        sql -> {
                                            insert(sql, key, now);
                                            return one(sql, key);
                                        }));
    }

    private static void insert(DSLContext sql, FolderKey key, Instant now) {
        sql.insertInto(STORAGE_FOLDER)
                .set(STORAGE_FOLDER.COMMUNITY_ID, key.community().value())
                .set(STORAGE_FOLDER.KIND, key.kind().name())
                .set(STORAGE_FOLDER.OWNER_ID, key.owner())
                .set(STORAGE_FOLDER.CREATED_AT, now.toEpochMilli())
                .onConflictDoNothing()
                .execute();
    }

    private static Line one(DSLContext sql, FolderKey key) {
        return sql.selectFrom(STORAGE_FOLDER)
                .where(is(key))
                .fetchOptional(FolderRepository::line)
                .orElseThrow();
    }

    Optional<Line> find(FolderKey key) {
        return db.read(
                sql ->
                        sql.selectFrom(STORAGE_FOLDER)
                                .where(is(key))
                                .fetchOptional(FolderRepository::line));
    }

    Optional<Line> find(long number) {
        return db.read(
                sql ->
                        sql.selectFrom(STORAGE_FOLDER)
                                .where(STORAGE_FOLDER.ID.eq(number))
                                .fetchOptional(FolderRepository::line));
    }

    void mark(Folder folder, long mark) {
        db.write(
                sql ->
                        sql.update(STORAGE_FOLDER)
                                .set(STORAGE_FOLDER.MARK, mark)
                                .where(STORAGE_FOLDER.ID.eq(folder.number()))
                                .execute());
    }

    /** Folders by number, from behind {@code after}, at most {@code limit}. */
    List<Line> after(long after, int limit) {
        return db.read(
                sql ->
                        sql.selectFrom(STORAGE_FOLDER)
                                .where(STORAGE_FOLDER.ID.gt(after))
                                .orderBy(STORAGE_FOLDER.ID)
                                .limit(limit)
                                .fetch(FolderRepository::line));
    }

    /** Folders of a kind that were made and stay, by number, from behind {@code after}. */
    List<Folder> made(FolderKind kind, long after, int limit) {
        return db.read(
                sql ->
                        sql.selectFrom(STORAGE_FOLDER)
                                .where(STORAGE_FOLDER.KIND.eq(kind.name()))
                                .and(STORAGE_FOLDER.MARK.isNotNull())
                                .and(STORAGE_FOLDER.ID.gt(after))
                                .and(
                                        STORAGE_FOLDER.ID.notIn(
                                                DSL.select(STORAGE_LEAVING.FOLDER_ID)
                                                        .from(STORAGE_LEAVING)))
                                .orderBy(STORAGE_FOLDER.ID)
                                .limit(limit)
                                .fetch(row -> line(row).folder()));
    }

    /** Folders of a community and kind, by number, at most {@code limit}. */
    List<Line> of(CommunityId community, FolderKind kind, int limit) {
        return db.read(
                sql ->
                        sql.selectFrom(STORAGE_FOLDER)
                                .where(STORAGE_FOLDER.COMMUNITY_ID.eq(community.value()))
                                .and(STORAGE_FOLDER.KIND.eq(kind.name()))
                                .orderBy(STORAGE_FOLDER.ID)
                                .limit(limit)
                                .fetch(FolderRepository::line));
    }

    /** The folders that hold most, largest first. */
    List<Line> largest(int offset, int limit) {
        return db.read(
                sql ->
                        sql.selectFrom(STORAGE_FOLDER)
                                .orderBy(STORAGE_FOLDER.USED_BYTES.desc(), STORAGE_FOLDER.ID)
                                .limit(limit)
                                .offset(offset)
                                .fetch(FolderRepository::line));
    }

    /** Those that were measured longest ago first; never measured before all others. */
    List<Line> measuredLongestAgo(int limit) {
        return db.read(
                sql ->
                        sql.selectFrom(STORAGE_FOLDER)
                                .where(STORAGE_FOLDER.MARK.isNotNull())
                                .orderBy(STORAGE_FOLDER.MEASURED_AT.nullsFirst(), STORAGE_FOLDER.ID)
                                .limit(limit)
                                .fetch(FolderRepository::line));
    }

    /** Writes down what was measured, by the folder's number. */
    void measured(Map<Long, Usage> usages, Instant now) {
        var all = List.copyOf(usages.entrySet());
        for (int from = 0; from < all.size(); from += BATCH) {
            var some = all.subList(from, Math.min(all.size(), from + BATCH));
            db.write(
                    sql -> {
                        some.forEach(each -> save(sql, each.getKey(), each.getValue(), now));
                        return some.size();
                    });
        }
    }

    private static void save(DSLContext sql, long number, Usage usage, Instant now) {
        sql.update(STORAGE_FOLDER)
                .set(STORAGE_FOLDER.USED_BYTES, usage.bytes())
                .set(
                        STORAGE_FOLDER.USED_INODES,
                        usage.inodes() == Usage.UNCOUNTED ? null : usage.inodes())
                .set(STORAGE_FOLDER.MEASURED_AT, now.toEpochMilli())
                .where(STORAGE_FOLDER.ID.eq(number))
                .execute();
    }

    static Condition is(FolderKey key) {
        return STORAGE_FOLDER
                .COMMUNITY_ID
                .eq(key.community().value())
                .and(STORAGE_FOLDER.KIND.eq(key.kind().name()))
                .and(STORAGE_FOLDER.OWNER_ID.eq(key.owner()));
    }

    /** The folder whose columns are in the row. */
    static Folder folder(Record row) {
        var key =
                new FolderKey(
                        new CommunityId(row.get(STORAGE_FOLDER.COMMUNITY_ID)),
                        FolderKind.valueOf(row.get(STORAGE_FOLDER.KIND)),
                        row.get(STORAGE_FOLDER.OWNER_ID));
        return new Folder(row.get(STORAGE_FOLDER.ID), key);
    }

    private static Line line(StorageFolderRecord row) {
        return new Line(folder(row), row.getMark(), row.getUsedBytes(), row.getUsedInodes());
    }
}
