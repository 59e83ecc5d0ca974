package org.lyceum.storage;

import static org.lyceum.platform.schema.storage.Tables.STORAGE_HOME;

import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.List;

/** The only class that reads or writes {@code storage_home}. */
final class HomeRepository {

    private final Database db;

    HomeRepository(Database db) {
        this.db = db;
    }

    boolean known(CommunityId community, UserId user) {
        return db.read(
                sql ->
                        sql.fetchExists(
                                STORAGE_HOME,
                                STORAGE_HOME
                                        .COMMUNITY_ID
                                        .eq(community.value())
                                        .and(STORAGE_HOME.USER_ID.eq(user.value()))));
    }

    /** Noting a home twice is fine. */
    void add(CommunityId community, UserId user, Instant now) {
        db.write(
                sql ->
                        sql.insertInto(STORAGE_HOME)
                                .set(STORAGE_HOME.COMMUNITY_ID, community.value())
                                .set(STORAGE_HOME.USER_ID, user.value())
                                .set(STORAGE_HOME.CREATED_AT, now.toEpochMilli())
                                .onConflict(STORAGE_HOME.COMMUNITY_ID, STORAGE_HOME.USER_ID)
                                .doNothing()
                                .execute());
    }

    /** Users with a home in the community, by number, at most {@code limit}. */
    List<UserId> usersWithHomes(CommunityId community, int limit) {
        return db.read(
                sql ->
                        sql.select(STORAGE_HOME.USER_ID)
                                .from(STORAGE_HOME)
                                .where(STORAGE_HOME.COMMUNITY_ID.eq(community.value()))
                                .orderBy(STORAGE_HOME.USER_ID)
                                .limit(limit)
                                .fetch(row -> new UserId(row.value1())));
    }
}
