package org.lyceum.catalog;

import static org.lyceum.platform.schema.catalog.Tables.CATALOG_ENVIRONMENT;
import static org.lyceum.platform.schema.catalog.Tables.CATALOG_TRIAL;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The only class that reads or writes {@code catalog_trial}; promotes and takes back images. */
final class TrialRepository {

    /** What the panel shows of one environment; older ones stay, for the way back. */
    private static final int SHOWN = 10;

    private final Database db;
    private final AuditLog audit;
    private final Clock clock;

    TrialRepository(Database db, AuditLog audit, Clock clock) {
        this.db = db;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Puts an image in line to be tried; one that waits or is being tried already stays as it is.
     *
     * @param again whether one that was tried before is to be tried once more
     */
    Optional<Trial> ask(long environment, String reference, String imageId, boolean again) {
        return db.write(
                tx -> {
                    var same =
                            CATALOG_TRIAL
                                    .ENVIRONMENT_ID
                                    .eq(environment)
                                    .and(CATALOG_TRIAL.IMAGE_ID.eq(imageId));
                    var which = again ? same.and(CATALOG_TRIAL.ENDED_AT.isNull()) : same;
                    if (tx.fetchExists(CATALOG_TRIAL, which)) {
                        return Optional.empty();
                    }
                    long id =
                            tx.insertInto(CATALOG_TRIAL)
                                    .set(CATALOG_TRIAL.ENVIRONMENT_ID, environment)
                                    .set(CATALOG_TRIAL.IMAGE_REFERENCE, reference)
                                    .set(CATALOG_TRIAL.IMAGE_ID, imageId)
                                    .set(CATALOG_TRIAL.STATE, Trial.State.WAITING.name())
                                    .set(CATALOG_TRIAL.ASKED_AT, clock.millis())
                                    .returning(CATALOG_TRIAL.ID)
                                    .fetchSingle()
                                    .getId();
                    return find(tx, id);
                });
    }

    /** The one that has waited longest; what an earlier process was at counts as waiting. */
    Optional<Trial> next() {
        return db.read(
                sql ->
                        sql.selectFrom(CATALOG_TRIAL)
                                .where(CATALOG_TRIAL.ENDED_AT.isNull())
                                .orderBy(CATALOG_TRIAL.ID)
                                .limit(1)
                                .fetchOptional(TrialRepository::trial));
    }

    void begin(Trial trial) {
        db.write(
                tx ->
                        tx.update(CATALOG_TRIAL)
                                .set(CATALOG_TRIAL.STATE, Trial.State.RUNNING.name())
                                .where(CATALOG_TRIAL.ID.eq(trial.id()))
                                .execute());
    }

    /** Records how it went; one that passed becomes what people get, in the same write. */
    void end(Actor actor, Trial trial, @Nullable TrialReport report, @Nullable String failure) {
        var state = failure == null ? Trial.State.PASSED : Trial.State.FAILED;
        db.write(
                tx -> {
                    int rows =
                            tx.update(CATALOG_TRIAL)
                                    .set(CATALOG_TRIAL.STATE, state.name())
                                    .set(CATALOG_TRIAL.ENDED_AT, clock.millis())
                                    .set(CATALOG_TRIAL.FAILURE, failure)
                                    .set(
                                            CATALOG_TRIAL.REPORT,
                                            report == null ? null : report.json())
                                    .where(CATALOG_TRIAL.ID.eq(trial.id()))
                                    .execute();
                    if (rows == 1 && failure == null) {
                        promote(tx, actor, trial, "tried and promoted");
                    }
                    return true;
                });
    }

    /** Makes the trial's image what people get from now on. */
    void promote(Actor actor, Trial trial, String how) {
        db.write(
                tx -> {
                    promote(tx, actor, trial, how);
                    return true;
                });
    }

    private void promote(DSLContext tx, Actor actor, Trial trial, String how) {
        var before =
                CatalogRows.environments(tx, CATALOG_ENVIRONMENT.ID.eq(trial.environmentId()), 1)
                        .getFirst();
        tx.update(CATALOG_ENVIRONMENT)
                .set(CATALOG_ENVIRONMENT.IMAGE_REFERENCE, trial.imageReference())
                .set(CATALOG_ENVIRONMENT.IMAGE_ID, trial.imageId())
                .set(CATALOG_ENVIRONMENT.PROVEN, 0L)
                .set(CATALOG_ENVIRONMENT.FAILED_STARTS, 0L)
                .set(CATALOG_ENVIRONMENT.VERSION, CATALOG_ENVIRONMENT.VERSION.plus(1))
                .where(CATALOG_ENVIRONMENT.ID.eq(trial.environmentId()))
                .execute();
        tx.update(CATALOG_TRIAL)
                .set(CATALOG_TRIAL.PROMOTED_AT, clock.millis())
                .where(CATALOG_TRIAL.ID.eq(trial.id()))
                .execute();
        audit.record(
                tx,
                before.community(),
                actor,
                AuditAction.ENVIRONMENT_CHANGED,
                "environment:" + before.id(),
                before.imageReference() + " " + before.imageId(),
                trial.imageReference() + " " + trial.imageId() + " " + how);
    }

    /** What people got before the image they get now; empty when it was always this one. */
    Optional<Trial> previous(Environment environment) {
        return db.read(
                sql ->
                        sql.selectFrom(CATALOG_TRIAL)
                                .where(CATALOG_TRIAL.ENVIRONMENT_ID.eq(environment.id()))
                                .and(CATALOG_TRIAL.PROMOTED_AT.isNotNull())
                                .and(CATALOG_TRIAL.FAILURE.isNull())
                                .and(
                                        CATALOG_TRIAL.IMAGE_ID.ne(
                                                String.valueOf(environment.imageId())))
                                .orderBy(CATALOG_TRIAL.PROMOTED_AT.desc(), CATALOG_TRIAL.ID.desc())
                                .limit(1)
                                .fetchOptional(TrialRepository::trial));
    }

    /** Of the community's environments by their numbers, newest first, at most 10 of each. */
    Map<Long, List<Trial>> of(CommunityId community) {
        var all =
                db.read(
                        sql ->
                                sql.select(CATALOG_TRIAL.fields())
                                        .from(CATALOG_TRIAL)
                                        .join(CATALOG_ENVIRONMENT)
                                        .on(CATALOG_ENVIRONMENT.ID.eq(CATALOG_TRIAL.ENVIRONMENT_ID))
                                        .where(
                                                CATALOG_ENVIRONMENT.COMMUNITY_ID.eq(
                                                        community.value()))
                                        .orderBy(CATALOG_TRIAL.ID.desc())
                                        .limit(SHOWN * CatalogRows.MAX_OFFERS)
                                        .fetch(TrialRepository::trial));
        var found = new HashMap<Long, List<Trial>>();
        for (var trial : all) {
            var own = found.computeIfAbsent(trial.environmentId(), id -> new ArrayList<>());
            if (own.size() < SHOWN) {
                own.add(trial);
            }
        }
        return found;
    }

    /** What environments need: what people get, what they would fall back to, what is in line. */
    List<KeptImage> keptImages() {
        return db.read(
                sql -> {
                    var kept = new ArrayList<KeptImage>();
                    sql.select(CATALOG_ENVIRONMENT.IMAGE_ID, CATALOG_ENVIRONMENT.TITLE)
                            .from(CATALOG_ENVIRONMENT)
                            .where(CATALOG_ENVIRONMENT.IMAGE_ID.isNotNull())
                            .forEach(row -> kept.add(kept(row, KeptImage.Use.CURRENT)));
                    sql.select(CATALOG_TRIAL.IMAGE_ID, CATALOG_ENVIRONMENT.TITLE)
                            .from(CATALOG_TRIAL)
                            .join(CATALOG_ENVIRONMENT)
                            .on(CATALOG_ENVIRONMENT.ID.eq(CATALOG_TRIAL.ENVIRONMENT_ID))
                            .where(CATALOG_TRIAL.ENDED_AT.isNull())
                            .forEach(row -> kept.add(kept(row, KeptImage.Use.CANDIDATE)));
                    var latest =
                            DSL.rowNumber()
                                    .over()
                                    .partitionBy(CATALOG_TRIAL.ENVIRONMENT_ID)
                                    .orderBy(
                                            CATALOG_TRIAL.PROMOTED_AT.desc(),
                                            CATALOG_TRIAL.ID.desc())
                                    .as("place");
                    sql
                            .select(CATALOG_TRIAL.IMAGE_ID, CATALOG_ENVIRONMENT.TITLE, latest)
                            .from(CATALOG_TRIAL)
                            .join(CATALOG_ENVIRONMENT)
                            .on(CATALOG_ENVIRONMENT.ID.eq(CATALOG_TRIAL.ENVIRONMENT_ID))
                            .where(CATALOG_TRIAL.PROMOTED_AT.isNotNull())
                            .and(CATALOG_TRIAL.FAILURE.isNull())
                            .and(CATALOG_TRIAL.IMAGE_ID.ne(CATALOG_ENVIRONMENT.IMAGE_ID))
                            .stream()
                            .filter(row -> row.value3() == 1)
                            .forEach(row -> kept.add(kept(row, KeptImage.Use.FALL_BACK)));
                    return kept;
                });
    }

    private static KeptImage kept(Record row, KeptImage.Use use) {
        return new KeptImage(String.valueOf(row.get(0)), row.get(CATALOG_ENVIRONMENT.TITLE), use);
    }

    Optional<Trial> find(long id) {
        return db.read(sql -> find(sql, id));
    }

    private static Optional<Trial> find(DSLContext sql, long id) {
        return sql.selectFrom(CATALOG_TRIAL)
                .where(CATALOG_TRIAL.ID.eq(id))
                .fetchOptional(TrialRepository::trial);
    }

    /** A start of the image has worked: from now on a failed one is its person's. */
    void proven(long environment, String imageId) {
        db.write(
                tx ->
                        tx.update(CATALOG_ENVIRONMENT)
                                .set(CATALOG_ENVIRONMENT.PROVEN, 1L)
                                .set(CATALOG_ENVIRONMENT.FAILED_STARTS, 0L)
                                .where(CATALOG_ENVIRONMENT.ID.eq(environment))
                                .and(CATALOG_ENVIRONMENT.IMAGE_ID.eq(imageId))
                                .execute());
    }

    /** Counts a failed start of an image that nobody has started yet; returns how many they are. */
    long failedStart(long environment, String imageId) {
        return db.write(
                tx ->
                        tx.update(CATALOG_ENVIRONMENT)
                                .set(
                                        CATALOG_ENVIRONMENT.FAILED_STARTS,
                                        CATALOG_ENVIRONMENT.FAILED_STARTS.plus(1))
                                .where(CATALOG_ENVIRONMENT.ID.eq(environment))
                                .and(CATALOG_ENVIRONMENT.IMAGE_ID.eq(imageId))
                                .and(CATALOG_ENVIRONMENT.PROVEN.eq(0L))
                                .returning(CATALOG_ENVIRONMENT.FAILED_STARTS)
                                .fetchOptional(CATALOG_ENVIRONMENT.FAILED_STARTS)
                                .orElse(0L));
    }

    /** Notes on the image that people got why they do not get it any more. */
    void blame(long environment, String imageId, String failure) {
        db.write(
                tx ->
                        tx.update(CATALOG_TRIAL)
                                .set(CATALOG_TRIAL.FAILURE, failure)
                                .where(CATALOG_TRIAL.ENVIRONMENT_ID.eq(environment))
                                .and(CATALOG_TRIAL.IMAGE_ID.eq(imageId))
                                .and(CATALOG_TRIAL.PROMOTED_AT.isNotNull())
                                .execute());
    }

    private static Trial trial(Record row) {
        return new Trial(
                row.get(CATALOG_TRIAL.ID),
                row.get(CATALOG_TRIAL.ENVIRONMENT_ID),
                row.get(CATALOG_TRIAL.IMAGE_REFERENCE),
                row.get(CATALOG_TRIAL.IMAGE_ID),
                Trial.State.valueOf(row.get(CATALOG_TRIAL.STATE)),
                Instant.ofEpochMilli(row.get(CATALOG_TRIAL.ASKED_AT)),
                instant(row.get(CATALOG_TRIAL.ENDED_AT)),
                instant(row.get(CATALOG_TRIAL.PROMOTED_AT)),
                row.get(CATALOG_TRIAL.FAILURE),
                TrialReport.ofRow(row.get(CATALOG_TRIAL.REPORT)));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
