package org.lyceum.files;

import static org.lyceum.platform.schema.files.Tables.FILES_SHARING_LINK;
import static org.lyceum.platform.schema.files.Tables.FILES_SHARING_VISIT;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.User;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.schema.files.tables.records.FilesSharingLinkRecord;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The only class that reads or writes {@code files_sharing_link} and {@code _visit}. */
final class SharingLinkRepository {

    /** Of one person in one community, that are not over. */
    static final int MAX_EACH = 200;

    /** Those that are over as well. */
    private static final int LISTED = 2 * MAX_EACH;

    /** What a person has opened lately. */
    private static final int VISITED = 50;

    /** Rows of one transaction; more would keep others from writing. */
    private static final int BATCH = 1_000;

    private final Database db;
    private final AuditLog audit;

    SharingLinkRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    /**
     * @param draft its number does not count
     * @throws Problem CONFLICT {@code files.too-many-links}
     */
    SharingLink make(User owner, SharingLink draft, String hash) {
        return db.write(
                tx -> {
                    var alive =
                            of(draft.community(), owner.id())
                                    .and(
                                            FILES_SHARING_LINK.EXPIRES_AT.gt(
                                                    draft.createdAt().toEpochMilli()));
                    if (tx.fetchCount(FILES_SHARING_LINK, alive) >= MAX_EACH) {
                        throw Problem.conflict(
                                "files.too-many-links",
                                "You have "
                                        + MAX_EACH
                                        + " sharing links already. End some that nobody needs any"
                                        + " more, then try again.");
                    }
                    var row = tx.newRecord(FILES_SHARING_LINK);
                    fill(row, draft, hash);
                    row.insert();
                    var link = link(row);
                    record(tx, owner, AuditAction.SHARING_LINK_MADE, link);
                    return link;
                });
    }

    private static void fill(FilesSharingLinkRecord row, SharingLink draft, String hash) {
        row.setCommunityId(draft.community().value());
        row.setOwnerId(draft.owner().value());
        row.setPlace(draft.place());
        row.setPath(draft.path().toString());
        row.setHash(hash);
        row.setEverybody(0L);
        switch (draft.audience()) {
            case LinkAudience.Everybody _ -> row.setEverybody(1L);
            case LinkAudience.OfGroup(var group) -> row.setGroupId(group);
            case LinkAudience.OfUser(var user) -> row.setUserId(user.value());
        }
        row.setCreatedAt(draft.createdAt().toEpochMilli());
        row.setExpiresAt(draft.expiresAt().toEpochMilli());
    }

    /** Whether there was one to end. */
    boolean end(CommunityId community, User owner, long id) {
        var which = of(community, owner.id()).and(FILES_SHARING_LINK.ID.eq(id));
        return db.write(
                tx -> {
                    var row = tx.selectFrom(FILES_SHARING_LINK).where(which).fetchOne();
                    if (row == null) {
                        return false;
                    }
                    tx.deleteFrom(FILES_SHARING_LINK).where(which).execute();
                    record(tx, owner, AuditAction.SHARING_LINK_ENDED, link(row));
                    return true;
                });
    }

    Optional<SharingLink> find(CommunityId community, String hash) {
        return one(community, FILES_SHARING_LINK.HASH.eq(hash));
    }

    Optional<SharingLink> find(CommunityId community, long id) {
        return one(community, FILES_SHARING_LINK.ID.eq(id));
    }

    private Optional<SharingLink> one(CommunityId community, Condition which) {
        return db.read(
                sql ->
                        sql.selectFrom(FILES_SHARING_LINK)
                                .where(FILES_SHARING_LINK.COMMUNITY_ID.eq(community.value()))
                                .and(which)
                                .fetchOptional(SharingLinkRepository::link));
    }

    /** The newest first. */
    List<SharingLink> of(CommunityId community, User owner) {
        return db.read(
                sql ->
                        sql.selectFrom(FILES_SHARING_LINK)
                                .where(of(community, owner.id()))
                                .orderBy(FILES_SHARING_LINK.ID.desc())
                                .limit(LISTED)
                                .fetch(SharingLinkRepository::link));
    }

    /** Those a person has opened, the latest first. */
    List<SharingLink> visited(CommunityId community, UserId reader) {
        return db.read(
                sql ->
                        sql.select(FILES_SHARING_LINK.fields())
                                .from(FILES_SHARING_VISIT)
                                .join(FILES_SHARING_LINK)
                                .on(FILES_SHARING_LINK.ID.eq(FILES_SHARING_VISIT.LINK_ID))
                                .where(FILES_SHARING_VISIT.USER_ID.eq(reader.value()))
                                .and(FILES_SHARING_LINK.COMMUNITY_ID.eq(community.value()))
                                .orderBy(
                                        FILES_SHARING_VISIT.DAY.desc(),
                                        FILES_SHARING_LINK.ID.desc())
                                .limit(VISITED)
                                .fetchInto(FILES_SHARING_LINK)
                                .map(SharingLinkRepository::link));
    }

    /** The day on which the person opened it last. */
    Optional<Long> visitedOn(SharingLink link, UserId reader) {
        return db.read(
                sql ->
                        sql.select(FILES_SHARING_VISIT.DAY)
                                .from(FILES_SHARING_VISIT)
                                .where(FILES_SHARING_VISIT.LINK_ID.eq(link.id()))
                                .and(FILES_SHARING_VISIT.USER_ID.eq(reader.value()))
                                .fetchOptional(FILES_SHARING_VISIT.DAY));
    }

    /** Notes that a person has opened it; the audit log hears of it once a day. */
    void visit(SharingLink link, User reader, long day) {
        db.write(
                tx -> {
                    int news =
                            tx.insertInto(FILES_SHARING_VISIT)
                                    .set(FILES_SHARING_VISIT.LINK_ID, link.id())
                                    .set(FILES_SHARING_VISIT.USER_ID, reader.id().value())
                                    .set(FILES_SHARING_VISIT.DAY, day)
                                    .onConflict(
                                            FILES_SHARING_VISIT.LINK_ID,
                                            FILES_SHARING_VISIT.USER_ID)
                                    .doUpdate()
                                    .set(FILES_SHARING_VISIT.DAY, day)
                                    .where(FILES_SHARING_VISIT.DAY.lt(day))
                                    .execute();
                    if (news > 0) {
                        record(tx, reader, AuditAction.SHARING_LINK_OPENED, link);
                    }
                    return news;
                });
    }

    /** Removes those that were over before. */
    int remove(Instant before) {
        var which =
                FILES_SHARING_LINK.ID.in(
                        DSL.select(FILES_SHARING_LINK.ID)
                                .from(FILES_SHARING_LINK)
                                .where(FILES_SHARING_LINK.EXPIRES_AT.lt(before.toEpochMilli()))
                                .limit(BATCH));
        return db.write(tx -> tx.deleteFrom(FILES_SHARING_LINK).where(which).execute());
    }

    /** What files are called is nobody's business but their owner's, so no path is told. */
    private void record(DSLContext tx, User who, AuditAction action, SharingLink link) {
        var about =
                "owner=user:"
                        + link.owner()
                        + " place="
                        + link.place()
                        + " for="
                        + link.audience()
                        + " until="
                        + link.expiresAt();
        var thing = "sharing-link:" + link.id();
        audit.record(tx, link.community(), who.actor(), action, thing, null, about);
    }

    private static Condition of(CommunityId community, UserId owner) {
        return FILES_SHARING_LINK
                .COMMUNITY_ID
                .eq(community.value())
                .and(FILES_SHARING_LINK.OWNER_ID.eq(owner.value()));
    }

    private static SharingLink link(FilesSharingLinkRecord row) {
        return new SharingLink(
                row.getId(),
                new CommunityId(row.getCommunityId()),
                new UserId(row.getOwnerId()),
                row.getPlace(),
                FilePath.parse(row.getPath()),
                audience(row),
                Instant.ofEpochMilli(row.getCreatedAt()),
                Instant.ofEpochMilli(row.getExpiresAt()));
    }

    private static LinkAudience audience(FilesSharingLinkRecord row) {
        if (row.getUserId() != null) {
            return new LinkAudience.OfUser(new UserId(row.getUserId()));
        }
        return row.getGroupId() == null
                ? new LinkAudience.Everybody()
                : new LinkAudience.OfGroup(row.getGroupId());
    }
}
