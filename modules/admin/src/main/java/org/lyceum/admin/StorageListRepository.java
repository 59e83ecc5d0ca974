package org.lyceum.admin;

import static org.lyceum.platform.schema.admin.Tables.ADMIN_FOLDER_LIST;
import static org.lyceum.platform.schema.admin.Tables.ADMIN_LIMIT_LIST;

import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.schema.admin.tables.records.AdminFolderListRecord;
import org.lyceum.storage.EffectiveLimits;
import org.lyceum.storage.Folder;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.FolderKind;
import org.lyceum.storage.LimitScope;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the panel's views of folders and limits. Blocking. */
final class StorageListRepository {

    /**
     * A folder and what it held when it was last measured.
     *
     * @param owner null when they are no more, or when it is the community's
     */
    record FolderRow(
            Folder folder,
            @Nullable String owner,
            long bytes,
            @Nullable Long inodes,
            @Nullable Instant measuredAt) {}

    private final Database db;

    StorageListRepository(Database db) {
        this.db = db;
    }

    /** The largest first, from {@code offset}; at most {@code limit}. */
    List<FolderRow> folders(CommunityId community, FolderKind kind, int offset, int limit) {
        return db.read(
                sql ->
                        sql.selectFrom(ADMIN_FOLDER_LIST)
                                .where(ADMIN_FOLDER_LIST.COMMUNITY_ID.eq(community.value()))
                                .and(ADMIN_FOLDER_LIST.KIND.eq(kind.name()))
                                .orderBy(ADMIN_FOLDER_LIST.USED_BYTES.desc(), ADMIN_FOLDER_LIST.ID)
                                .limit(limit)
                                .offset(offset)
                                .fetch(StorageListRepository::folder));
    }

    /** What all folders of a community held together. */
    long held(CommunityId community) {
        var sum = DSL.coalesce(DSL.sum(ADMIN_FOLDER_LIST.USED_BYTES), BigDecimal.ZERO);
        return db.read(
                        sql ->
                                sql.select(sum)
                                        .from(ADMIN_FOLDER_LIST)
                                        .where(ADMIN_FOLDER_LIST.COMMUNITY_ID.eq(community.value()))
                                        .fetch(sum))
                .getFirst()
                .longValue();
    }

    /** Today's names of those for whom there is a rule; who is no more has none. */
    Map<EffectiveLimits.Origin, String> names(CommunityId community, FolderKind kind) {
        var names = new HashMap<EffectiveLimits.Origin, String>();
        db.read(
                        sql ->
                                sql.selectFrom(ADMIN_LIMIT_LIST)
                                        .where(ADMIN_LIMIT_LIST.COMMUNITY_ID.eq(community.value()))
                                        .and(ADMIN_LIMIT_LIST.KIND.eq(kind.name()))
                                        .fetch())
                .forEach(
                        row -> {
                            var name =
                                    row.getUserName() == null
                                            ? row.getGroupName()
                                            : row.getUserName();
                            if (name != null) {
                                names.put(
                                        new EffectiveLimits.Origin(
                                                LimitScope.valueOf(row.getScope()),
                                                row.getSubjectId()),
                                        name);
                            }
                        });
        return names;
    }

    private static FolderRow folder(AdminFolderListRecord row) {
        var key =
                new FolderKey(
                        new CommunityId(row.getCommunityId()),
                        FolderKind.valueOf(row.getKind()),
                        row.getOwnerId());
        var measured = row.getMeasuredAt();
        return new FolderRow(
                new Folder(row.getId(), key),
                row.getUserName() == null ? row.getGroupName() : row.getUserName(),
                row.getUsedBytes(),
                row.getUsedInodes(),
                measured == null ? null : Instant.ofEpochMilli(measured));
    }
}
