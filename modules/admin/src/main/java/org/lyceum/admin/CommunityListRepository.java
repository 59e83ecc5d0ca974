package org.lyceum.admin;

import static org.lyceum.platform.schema.admin.Tables.ADMIN_COMMUNITY_LIST;
import static org.lyceum.platform.schema.admin.Tables.ADMIN_MEMBER_LIST;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.schema.admin.tables.records.AdminMemberListRecord;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the panel's views of communities and their members. Blocking. */
final class CommunityListRepository {

    /** How many there are in a community. */
    record Counts(long members, long activeServers) {

        static final Counts NONE = new Counts(0, 0);
    }

    private final Database db;

    CommunityListRepository(Database db) {
        this.db = db;
    }

    Map<CommunityId, Counts> counts() {
        var counts = new HashMap<CommunityId, Counts>();
        db.read(sql -> sql.selectFrom(ADMIN_COMMUNITY_LIST).fetch())
                .forEach(
                        row ->
                                counts.put(
                                        new CommunityId(row.getId()),
                                        new Counts(
                                                number(row.getMembers()),
                                                number(row.getActiveServers()))));
        return counts;
    }

    /** By name, from {@code offset}; at most {@code limit}. */
    List<CommunityJson.Member> members(CommunityId community, int offset, int limit) {
        return db.read(
                sql ->
                        sql.selectFrom(ADMIN_MEMBER_LIST)
                                .where(ADMIN_MEMBER_LIST.COMMUNITY_ID.eq(community.value()))
                                .orderBy(ADMIN_MEMBER_LIST.NAME)
                                .limit(limit)
                                .offset(offset)
                                .fetch(CommunityListRepository::member));
    }

    private static CommunityJson.Member member(AdminMemberListRecord row) {
        var seen = row.getLastActivityAt();
        return new CommunityJson.Member(
                row.getUserId(),
                row.getName(),
                flag(row.getManager()),
                flag(row.getAdministrator()),
                Instant.ofEpochMilli(row.getJoinedAt()),
                seen == null ? null : Instant.ofEpochMilli(seen),
                null);
    }

    /** SQLite gives expressions in a view no type. */
    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static boolean flag(@Nullable Object value) {
        return value instanceof Boolean is ? is : number(value) != 0;
    }
}
