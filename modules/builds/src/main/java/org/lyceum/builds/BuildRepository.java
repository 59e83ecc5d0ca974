package org.lyceum.builds;

import static org.lyceum.platform.schema.builds.Tables.BUILDS_BUILD;

import org.jooq.Condition;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The only class that reads or writes {@code builds_build}. */
final class BuildRepository {

    /** What the panel shows of one environment. */
    private static final int SHOWN = 10;

    /** Of each environment; older ones go, with their logs. */
    private static final int KEPT = 30;

    private final Database db;
    private final AuditLog audit;
    private final Clock clock;

    BuildRepository(Database db, AuditLog audit, Clock clock) {
        this.db = db;
        this.audit = audit;
        this.clock = clock;
    }

    /** Puts a build in line; empty while there is another of the environment. */
    Optional<Build> ask(Actor actor, CommunityId community, Source source, boolean ofPlatform) {
        return db.write(
                tx -> {
                    var open =
                            BUILDS_BUILD
                                    .ENVIRONMENT_ID
                                    .eq(source.environmentId())
                                    .and(BUILDS_BUILD.ENDED_AT.isNull());
                    if (tx.fetchExists(BUILDS_BUILD, open)) {
                        return Optional.empty();
                    }
                    var made =
                            tx.insertInto(BUILDS_BUILD)
                                    .set(BUILDS_BUILD.ENVIRONMENT_ID, source.environmentId())
                                    .set(BUILDS_BUILD.COMMUNITY_ID, community.value())
                                    .set(BUILDS_BUILD.URL, source.address().url())
                                    .set(BUILDS_BUILD.REFERENCE, source.reference())
                                    .set(BUILDS_BUILD.ASKED_BY, actor.toString())
                                    .set(BUILDS_BUILD.OF_PLATFORM, ofPlatform ? 1L : 0L)
                                    .set(BUILDS_BUILD.STATE, Build.State.WAITING.name())
                                    .set(BUILDS_BUILD.ASKED_AT, clock.millis())
                                    .returning()
                                    .fetchSingle(BuildRepository::build);
                    audit.record(
                            tx,
                            community,
                            actor,
                            AuditAction.BUILD_ASKED,
                            "environment:" + source.environmentId(),
                            null,
                            source.address().url() + " " + source.reference());
                    return Optional.of(made);
                });
    }

    int waiting() {
        return db.read(
                sql ->
                        sql.fetchCount(
                                BUILDS_BUILD, BUILDS_BUILD.STATE.eq(Build.State.WAITING.name())));
    }

    /** In line and under way, of all communities, in the order in which they come. */
    List<Build> open(int limit) {
        return list(BUILDS_BUILD.ENDED_AT.isNull(), true, limit);
    }

    /** Newest first, at most 10 of each. */
    List<Build> of(Collection<Long> environments) {
        var place =
                DSL.rowNumber()
                        .over()
                        .partitionBy(BUILDS_BUILD.ENVIRONMENT_ID)
                        .orderBy(BUILDS_BUILD.ID.desc());
        var places =
                DSL.select(BUILDS_BUILD.ID.as("id"), place.as("place"))
                        .from(BUILDS_BUILD)
                        .where(BUILDS_BUILD.ENVIRONMENT_ID.in(environments))
                        .asTable("places");
        var newest =
                DSL.select(DSL.field("id", Long.class))
                        .from(places)
                        .where(DSL.field("place", Integer.class).le(SHOWN));
        return list(BUILDS_BUILD.ID.in(newest), false, environments.size() * SHOWN);
    }

    private List<Build> list(Condition which, boolean oldestFirst, int limit) {
        return db.read(
                sql ->
                        sql.selectFrom(BUILDS_BUILD)
                                .where(which)
                                .orderBy(
                                        oldestFirst
                                                ? BUILDS_BUILD.ID.asc()
                                                : BUILDS_BUILD.ID.desc())
                                .limit(limit)
                                .fetch(BuildRepository::build));
    }

    Optional<Build> find(long id) {
        return list(BUILDS_BUILD.ID.eq(id), true, 1).stream().findFirst();
    }

    /** The one that has waited longest, which is under way from now on. */
    Optional<Build> begin() {
        return db.write(
                tx -> {
                    var next =
                            tx.selectFrom(BUILDS_BUILD)
                                    .where(BUILDS_BUILD.STATE.eq(Build.State.WAITING.name()))
                                    .orderBy(BUILDS_BUILD.ID)
                                    .limit(1)
                                    .fetchOptional(BuildRepository::build);
                    next.ifPresent(
                            build ->
                                    tx.update(BUILDS_BUILD)
                                            .set(BUILDS_BUILD.STATE, Build.State.RUNNING.name())
                                            .set(BUILDS_BUILD.BEGAN_AT, clock.millis())
                                            .where(BUILDS_BUILD.ID.eq(build.id()))
                                            .execute());
                    return next;
                });
    }

    void at(long id, String step) {
        db.write(
                tx ->
                        tx.update(BUILDS_BUILD)
                                .set(BUILDS_BUILD.STEP, step)
                                .where(BUILDS_BUILD.ID.eq(id))
                                .execute());
    }

    void ofCommit(long id, String commit) {
        db.write(
                tx ->
                        tx.update(BUILDS_BUILD)
                                .set(BUILDS_BUILD.COMMIT_ID, commit)
                                .where(BUILDS_BUILD.ID.eq(id))
                                .execute());
    }

    void built(long id, String imageReference, String imageId) {
        db.write(
                tx ->
                        tx.update(BUILDS_BUILD)
                                .set(BUILDS_BUILD.STATE, Build.State.BUILT.name())
                                .set(BUILDS_BUILD.IMAGE_REFERENCE, imageReference)
                                .set(BUILDS_BUILD.IMAGE_ID, imageId)
                                .set(BUILDS_BUILD.ENDED_AT, clock.millis())
                                .where(BUILDS_BUILD.ID.eq(id))
                                .and(BUILDS_BUILD.ENDED_AT.isNull())
                                .execute());
    }

    void failed(long id, Build.State state, String failure) {
        db.write(tx -> end(BUILDS_BUILD.ID.eq(id), state, failure).apply(tx));
    }

    /** Ends one that waits; false when it does not. */
    boolean cancelWaiting(long id) {
        var which = BUILDS_BUILD.ID.eq(id).and(isAt(Build.State.WAITING));
        return db.write(tx -> end(which, Build.State.CANCELLED, CANCELLED).apply(tx)) > 0;
    }

    static final String CANCELLED = "Somebody has cancelled it.";

    /** What an earlier process was at. */
    int interrupt() {
        return db.write(
                tx ->
                        end(
                                        isAt(Build.State.RUNNING),
                                        Build.State.INTERRUPTED,
                                        "The platform ended while this was being built; run it"
                                                + " again.")
                                .apply(tx));
    }

    private Function<DSLContext, Integer> end(Condition which, Build.State state, String failure) {
        return tx ->
                tx.update(BUILDS_BUILD)
                        .set(BUILDS_BUILD.STATE, state.name())
                        .set(BUILDS_BUILD.FAILURE, failure)
                        .set(BUILDS_BUILD.ENDED_AT, clock.millis())
                        .where(which)
                        .and(BUILDS_BUILD.ENDED_AT.isNull())
                        .execute();
    }

    private static Condition isAt(Build.State state) {
        return BUILDS_BUILD.STATE.eq(state.name());
    }

    /** Forgets old ones of an environment; returns which. */
    List<Long> forgetOld(long environment) {
        return db.write(
                tx -> {
                    var old =
                            tx.select(BUILDS_BUILD.ID)
                                    .from(BUILDS_BUILD)
                                    .where(BUILDS_BUILD.ENVIRONMENT_ID.eq(environment))
                                    .orderBy(BUILDS_BUILD.ID.desc())
                                    .limit(KEPT)
                                    .offset(KEPT)
                                    .fetch(BUILDS_BUILD.ID);
                    tx.deleteFrom(BUILDS_BUILD).where(BUILDS_BUILD.ID.in(old)).execute();
                    return old;
                });
    }

    private static Build build(Record row) {
        return new Build(
                row.get(BUILDS_BUILD.ID),
                row.get(BUILDS_BUILD.ENVIRONMENT_ID),
                new CommunityId(row.get(BUILDS_BUILD.COMMUNITY_ID)),
                row.get(BUILDS_BUILD.URL),
                row.get(BUILDS_BUILD.REFERENCE),
                row.get(BUILDS_BUILD.OF_PLATFORM) == 1,
                Build.State.valueOf(row.get(BUILDS_BUILD.STATE)),
                row.get(BUILDS_BUILD.STEP),
                Instant.ofEpochMilli(row.get(BUILDS_BUILD.ASKED_AT)),
                instant(row.get(BUILDS_BUILD.BEGAN_AT)),
                instant(row.get(BUILDS_BUILD.ENDED_AT)),
                row.get(BUILDS_BUILD.COMMIT_ID),
                row.get(BUILDS_BUILD.IMAGE_REFERENCE),
                row.get(BUILDS_BUILD.IMAGE_ID),
                row.get(BUILDS_BUILD.FAILURE));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
