package org.lyceum.content;

import static org.lyceum.platform.schema.content.Tables.CONTENT_SOURCE;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.builds.GitAddress;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Optional;

/** The only class that reads or writes {@code content_source}. Blocking. */
final class ContentRepository {

    /** A start looks after each of them. */
    static final int MAX_SOURCES = 20;

    private final Database db;
    private final AuditLog audit;

    ContentRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    /** In the order they were attached. */
    List<ContentSource> of(CommunityId community) {
        return db.read(sql -> of(sql, community));
    }

    private static List<ContentSource> of(DSLContext sql, CommunityId community) {
        return sql.selectFrom(CONTENT_SOURCE)
                .where(CONTENT_SOURCE.COMMUNITY_ID.eq(community.value()))
                .orderBy(CONTENT_SOURCE.ID)
                .limit(MAX_SOURCES)
                .fetch(ContentRepository::source);
    }

    /**
     * Adds it when its number is 0, else changes the one of that number.
     *
     * @throws Problem CONFLICT {@code content.too-many}, {@code content.folder-taken}; NOT_FOUND
     *     {@code content.unknown}
     */
    ContentSource put(Actor actor, ContentSource wanted) {
        return db.write(
                tx -> {
                    var there = of(tx, wanted.community());
                    requireFree(there, wanted);
                    var before =
                            there.stream().filter(each -> each.id() == wanted.id()).findFirst();
                    if (wanted.id() == 0 && there.size() >= MAX_SOURCES) {
                        throw Problem.conflict(
                                "content.too-many",
                                "There are " + MAX_SOURCES + " repositories; remove one first.");
                    }
                    if (wanted.id() != 0 && before.isEmpty()) {
                        throw unknown();
                    }
                    var row = tx.newRecord(CONTENT_SOURCE);
                    row.setCommunityId(wanted.community().value());
                    row.setProfileId(wanted.profile());
                    row.setUrl(wanted.address().url());
                    row.setReference(wanted.reference());
                    row.setFolder(wanted.folder().path());
                    row.setSealedSecret(wanted.sealedSecret());
                    row.setPublicKey(wanted.publicKey());
                    row.setHostKeys(wanted.hostKeys());
                    long id = wanted.id();
                    if (id == 0) {
                        id =
                                tx.insertInto(CONTENT_SOURCE)
                                        .set(row)
                                        .returning(CONTENT_SOURCE.ID)
                                        .fetchSingle()
                                        .getId();
                    } else {
                        tx.update(CONTENT_SOURCE)
                                .set(row)
                                .where(CONTENT_SOURCE.ID.eq(id))
                                .execute();
                    }
                    record(tx, actor, wanted, before.map(ContentRepository::text), text(wanted));
                    return tx.selectFrom(CONTENT_SOURCE)
                            .where(CONTENT_SOURCE.ID.eq(id))
                            .fetchSingle(ContentRepository::source);
                });
    }

    private static void requireFree(List<ContentSource> there, ContentSource wanted) {
        boolean taken =
                there.stream()
                        .filter(each -> each.id() != wanted.id())
                        .filter(each -> each.folder().equals(wanted.folder()))
                        .anyMatch(
                                each ->
                                        each.profile() == null
                                                || wanted.profile() == null
                                                || each.profile().equals(wanted.profile()));
        if (taken) {
            throw Problem.conflict(
                    "content.folder-taken",
                    "Another repository is brought to the folder "
                            + wanted.folder()
                            + " already; choose another folder.");
        }
    }

    /**
     * @throws Problem NOT_FOUND {@code content.unknown}
     */
    void delete(Actor actor, CommunityId community, long id) {
        db.write(
                tx -> {
                    var before =
                            of(tx, community).stream()
                                    .filter(each -> each.id() == id)
                                    .findFirst()
                                    .orElseThrow(ContentRepository::unknown);
                    tx.deleteFrom(CONTENT_SOURCE).where(CONTENT_SOURCE.ID.eq(id)).execute();
                    record(tx, actor, before, Optional.of(text(before)), null);
                    return true;
                });
    }

    /** Remembers what an ssh host showed, unless something is remembered already. */
    void putHostKeys(ContentSource source, String hostKeys) {
        db.write(
                tx ->
                        tx.update(CONTENT_SOURCE)
                                .set(CONTENT_SOURCE.HOST_KEYS, hostKeys)
                                .where(CONTENT_SOURCE.ID.eq(source.id()))
                                .and(CONTENT_SOURCE.URL.eq(source.address().url()))
                                .and(CONTENT_SOURCE.HOST_KEYS.isNull())
                                .execute());
    }

    /** Notes that somebody asked for what a link names. */
    void recordPull(Actor actor, CommunityId community, PullLink link) {
        db.write(
                tx -> {
                    audit.record(
                            tx,
                            community,
                            actor,
                            AuditAction.CONTENT_PULLED,
                            "folder:" + link.folder(),
                            null,
                            link.address().url() + " " + link.branch());
                    return true;
                });
    }

    private void record(
            DSLContext tx,
            Actor actor,
            ContentSource about,
            Optional<String> before,
            @Nullable String after) {
        audit.record(
                tx,
                about.community(),
                actor,
                AuditAction.CONTENT_CHANGED,
                "folder:" + about.folder(),
                before.orElse(null),
                after);
    }

    static Problem unknown() {
        return Problem.notFound("content.unknown", "There is no such repository here.");
    }

    private static String text(ContentSource source) {
        return source.address().url()
                + " "
                + source.reference()
                + " to "
                + source.folder()
                + (source.profile() == null ? "" : " for profile:" + source.profile())
                + (source.publicKey() == null ? "" : " with a deploy key");
    }

    private static ContentSource source(Record row) {
        return new ContentSource(
                row.get(CONTENT_SOURCE.ID),
                new CommunityId(row.get(CONTENT_SOURCE.COMMUNITY_ID)),
                row.get(CONTENT_SOURCE.PROFILE_ID),
                new GitAddress(row.get(CONTENT_SOURCE.URL)),
                row.get(CONTENT_SOURCE.REFERENCE),
                new TargetFolder(row.get(CONTENT_SOURCE.FOLDER)),
                row.get(CONTENT_SOURCE.SEALED_SECRET),
                row.get(CONTENT_SOURCE.PUBLIC_KEY),
                row.get(CONTENT_SOURCE.HOST_KEYS));
    }
}
