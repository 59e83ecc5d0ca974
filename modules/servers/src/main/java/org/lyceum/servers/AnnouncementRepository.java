package org.lyceum.servers;

import static org.lyceum.platform.schema.servers.Tables.SERVERS_ANNOUNCEMENT;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.schema.servers.tables.records.ServersAnnouncementRecord;

import java.time.Instant;
import java.util.List;

/** The only class that reads or writes {@code servers_announcement}. Blocking. */
final class AnnouncementRepository {

    /** One for each community and one for all. */
    private static final int MOST = 10_001;

    private final Database db;
    private final AuditLog audit;

    AnnouncementRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    /** That of the platform first. */
    List<Announcement> all() {
        return db.read(
                sql ->
                        sql.selectFrom(SERVERS_ANNOUNCEMENT)
                                .orderBy(SERVERS_ANNOUNCEMENT.COMMUNITY_ID.asc().nullsFirst())
                                .limit(MOST)
                                .fetch(AnnouncementRepository::announcement));
    }

    /** Those for people in a community, that of the platform first. */
    List<Announcement> of(CommunityId people) {
        return db.read(
                sql ->
                        sql.selectFrom(SERVERS_ANNOUNCEMENT)
                                .where(SERVERS_ANNOUNCEMENT.COMMUNITY_ID.isNull())
                                .or(SERVERS_ANNOUNCEMENT.COMMUNITY_ID.eq(people.value()))
                                .orderBy(SERVERS_ANNOUNCEMENT.COMMUNITY_ID.asc().nullsFirst())
                                .limit(2)
                                .fetch(AnnouncementRepository::announcement));
    }

    /** In the place of an earlier one. */
    void put(Actor actor, Announcement announcement) {
        var community = announcement.community();
        var stops = announcement.stopsAt();
        db.write(
                sql -> {
                    sql.deleteFrom(SERVERS_ANNOUNCEMENT).where(row(community)).execute();
                    sql.insertInto(SERVERS_ANNOUNCEMENT)
                            .set(
                                    SERVERS_ANNOUNCEMENT.COMMUNITY_ID,
                                    community == null ? null : community.value())
                            .set(SERVERS_ANNOUNCEMENT.TEXT, announcement.text())
                            .set(
                                    SERVERS_ANNOUNCEMENT.PAUSES_STARTS,
                                    announcement.pausesStarts() ? 1L : 0L)
                            .set(
                                    SERVERS_ANNOUNCEMENT.STOPS_AT,
                                    stops == null ? null : stops.toEpochMilli())
                            .set(SERVERS_ANNOUNCEMENT.SINCE, announcement.since().toEpochMilli())
                            .execute();
                    record(sql, community, actor, AuditAction.ANNOUNCED, announcement.text());
                    return true;
                });
    }

    /** Returns whether there was one. */
    boolean remove(Actor actor, @Nullable CommunityId community) {
        return db.write(
                sql -> {
                    boolean gone =
                            sql.deleteFrom(SERVERS_ANNOUNCEMENT).where(row(community)).execute()
                                    == 1;
                    if (gone) {
                        record(sql, community, actor, AuditAction.ANNOUNCEMENT_ENDED, null);
                    }
                    return gone;
                });
    }

    private void record(
            DSLContext sql,
            @Nullable CommunityId community,
            Actor actor,
            AuditAction action,
            @Nullable String text) {
        if (community == null) {
            audit.record(sql, actor, action, "announcement", null, text);
        } else {
            audit.record(sql, community, actor, action, "announcement", null, text);
        }
    }

    private static Condition row(@Nullable CommunityId community) {
        return community == null
                ? SERVERS_ANNOUNCEMENT.COMMUNITY_ID.isNull()
                : SERVERS_ANNOUNCEMENT.COMMUNITY_ID.eq(community.value());
    }

    private static Announcement announcement(ServersAnnouncementRecord row) {
        var community = row.getCommunityId();
        var stops = row.getStopsAt();
        return new Announcement(
                community == null ? null : new CommunityId(community),
                row.getText(),
                row.getPausesStarts() == 1,
                stops == null ? null : Instant.ofEpochMilli(stops),
                Instant.ofEpochMilli(row.getSince()));
    }
}
