package org.lyceum.admin;

import static org.lyceum.platform.schema.admin.Tables.ADMIN_PERSON_LIST;
import static org.lyceum.platform.schema.admin.Tables.ADMIN_SERVER_LIST;

import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.schema.admin.tables.records.AdminPersonListRecord;
import org.lyceum.platform.schema.admin.tables.records.AdminServerListRecord;
import org.lyceum.servers.ServerKey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The only class that reads the panel's views. Blocking. */
final class AdminListRepository {

    /** One line of the panel's list of servers. {@code launch} is the JSON of what was started. */
    record ServerLine(
            long id,
            ServerKey key,
            String community,
            String user,
            String state,
            String prefix,
            @Nullable Instant startedAt,
            Instant lastActivityAt,
            String launch,
            @Nullable String stopReason,
            @Nullable String failure) {}

    /** One line of the panel's list of people. */
    record PersonLine(
            long id,
            String name,
            boolean admin,
            Instant createdAt,
            @Nullable Instant lastActivityAt) {}

    private final Database db;

    AdminListRepository(Database db) {
        this.db = db;
    }

    /** Servers that exist, those that run first, then by last activity; at most {@code limit}. */
    List<ServerLine> servers(int limit) {
        return db.read(
                sql ->
                        sql.selectFrom(ADMIN_SERVER_LIST)
                                .orderBy(
                                        DSL.field(ADMIN_SERVER_LIST.STATE.in("STOPPED", "FAILED")),
                                        ADMIN_SERVER_LIST.LAST_ACTIVITY_AT.desc(),
                                        ADMIN_SERVER_LIST.ID)
                                .limit(limit)
                                .fetch(AdminListRepository::serverLine));
    }

    Optional<ServerLine> server(long id) {
        return db.read(
                sql ->
                        sql.selectFrom(ADMIN_SERVER_LIST)
                                .where(ADMIN_SERVER_LIST.ID.eq(id))
                                .fetchOptional(AdminListRepository::serverLine));
    }

    /** People in the order of their numbers, from {@code offset}; at most {@code limit}. */
    List<PersonLine> people(int offset, int limit) {
        return db.read(
                sql ->
                        sql.selectFrom(ADMIN_PERSON_LIST)
                                .orderBy(ADMIN_PERSON_LIST.ID)
                                .limit(limit)
                                .offset(offset)
                                .fetch(AdminListRepository::personLine));
    }

    private static ServerLine serverLine(AdminServerListRecord row) {
        return new ServerLine(
                row.getId(),
                new ServerKey(
                        new CommunityId(row.getCommunityId()),
                        new UserId(row.getUserId()),
                        row.getName()),
                row.getCommunityTitle(),
                row.getUserName(),
                row.getState(),
                row.getPrefix(),
                instant(row.getStartedAt()),
                Instant.ofEpochMilli(row.getLastActivityAt()),
                row.getLaunchSnapshot(),
                row.getStopReason(),
                row.getFailure());
    }

    private static PersonLine personLine(AdminPersonListRecord row) {
        return new PersonLine(
                row.getId(),
                row.getName(),
                row.getAdmin() != 0,
                Instant.ofEpochMilli(row.getCreatedAt()),
                instant(row.getLastActivityAt()));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
