package org.lyceum.login;

import static org.lyceum.platform.schema.login.Tables.LOGIN_IDENTITY;
import static org.lyceum.platform.schema.login.Tables.LOGIN_PROVIDER;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.UpdateSetMoreStep;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.schema.login.tables.records.LoginProviderRecord;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/** The only class that reads or writes {@code login_provider}. */
final class ProviderRepository {

    /** A page has as many buttons. */
    static final int MAX_PROVIDERS = 20;

    private final Database db;
    private final AuditLog audit;

    ProviderRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    /** All, in the order they were made. */
    List<Provider> all() {
        return db.read(
                sql ->
                        sql.selectFrom(LOGIN_PROVIDER)
                                .orderBy(LOGIN_PROVIDER.ID)
                                .limit(MAX_PROVIDERS)
                                .fetch(ProviderRepository::provider));
    }

    Optional<Provider> find(long id) {
        return db.read(sql -> one(sql, id));
    }

    /** How many people each has signed in, by its number. */
    Map<Long, Integer> people() {
        return db.read(
                sql ->
                        sql.select(LOGIN_IDENTITY.PROVIDER_ID, org.jooq.impl.DSL.count())
                                .from(LOGIN_IDENTITY)
                                .groupBy(LOGIN_IDENTITY.PROVIDER_ID)
                                .fetchMap(LOGIN_IDENTITY.PROVIDER_ID, org.jooq.impl.DSL.count()));
    }

    /**
     * @param sealed the secret, sealed for the number it is called with; null for none
     */
    Provider create(
            Actor actor,
            ProviderVersion candidate,
            LongFunction<@Nullable String> sealed,
            Instant now) {
        return db.write(
                tx -> {
                    if (tx.fetchCount(LOGIN_PROVIDER) >= MAX_PROVIDERS) {
                        throw Problem.conflict(
                                "provider.too-many",
                                "There can be " + MAX_PROVIDERS + " providers; remove one first.");
                    }
                    tx.insertInto(LOGIN_PROVIDER)
                            .set(LOGIN_PROVIDER.CANDIDATE, VersionJson.write(candidate))
                            .set(LOGIN_PROVIDER.CREATED_AT, now.toEpochMilli())
                            .execute();
                    long id = tx.lastID().longValueExact();
                    tx.update(LOGIN_PROVIDER)
                            .set(LOGIN_PROVIDER.CANDIDATE_SECRET, sealed.apply(id))
                            .where(LOGIN_PROVIDER.ID.eq(id))
                            .execute();
                    record(tx, actor, id, null, "candidate: " + candidate.words());
                    return one(tx, id).orElseThrow();
                });
    }

    Provider propose(
            Actor actor, Provider before, ProviderVersion candidate, @Nullable String sealed) {
        return edit(
                actor,
                before,
                "candidate: " + candidate.words(),
                row ->
                        row.set(LOGIN_PROVIDER.CANDIDATE, VersionJson.write(candidate))
                                .set(LOGIN_PROVIDER.CANDIDATE_SECRET, sealed)
                                .set(LOGIN_PROVIDER.CANDIDATE_TRIED, (String) null));
    }

    Provider discard(Actor actor, Provider before) {
        return edit(
                actor,
                before,
                "candidate discarded",
                row ->
                        row.set(LOGIN_PROVIDER.CANDIDATE, (String) null)
                                .set(LOGIN_PROVIDER.CANDIDATE_SECRET, (String) null)
                                .set(LOGIN_PROVIDER.CANDIDATE_TRIED, (String) null));
    }

    Provider tried(Actor actor, Provider before, String whom) {
        return edit(
                actor,
                before,
                "tried: " + whom,
                row -> row.set(LOGIN_PROVIDER.CANDIDATE_TRIED, whom));
    }

    /** The candidate counts from now on; what counted before is kept. */
    Provider activate(Actor actor, Provider before) {
        return edit(
                actor,
                before,
                "live: " + words(before.candidate()),
                row ->
                        row.set(LOGIN_PROVIDER.PREVIOUS, LOGIN_PROVIDER.LIVE)
                                .set(LOGIN_PROVIDER.PREVIOUS_SECRET, LOGIN_PROVIDER.LIVE_SECRET)
                                .set(LOGIN_PROVIDER.LIVE, LOGIN_PROVIDER.CANDIDATE)
                                .set(LOGIN_PROVIDER.LIVE_SECRET, LOGIN_PROVIDER.CANDIDATE_SECRET)
                                .set(LOGIN_PROVIDER.CANDIDATE, (String) null)
                                .set(LOGIN_PROVIDER.CANDIDATE_SECRET, (String) null)
                                .set(LOGIN_PROVIDER.CANDIDATE_TRIED, (String) null));
    }

    /** What counted before counts again; what counts now is kept in its place. */
    Provider goBack(Actor actor, Provider before) {
        return edit(
                actor,
                before,
                "live again: " + words(before.previous()),
                row ->
                        row.set(LOGIN_PROVIDER.PREVIOUS, LOGIN_PROVIDER.LIVE)
                                .set(LOGIN_PROVIDER.PREVIOUS_SECRET, LOGIN_PROVIDER.LIVE_SECRET)
                                .set(LOGIN_PROVIDER.LIVE, LOGIN_PROVIDER.PREVIOUS)
                                .set(LOGIN_PROVIDER.LIVE_SECRET, LOGIN_PROVIDER.PREVIOUS_SECRET));
    }

    Provider enable(Actor actor, Provider before, boolean enabled) {
        return edit(
                actor,
                before,
                enabled ? "on" : "off",
                row -> row.set(LOGIN_PROVIDER.ENABLED, enabled ? 1L : 0L));
    }

    void delete(Actor actor, Provider before) {
        db.write(
                tx -> {
                    if (tx.fetchExists(
                            LOGIN_IDENTITY, LOGIN_IDENTITY.PROVIDER_ID.eq(before.id()))) {
                        throw Problem.conflict(
                                "provider.in-use",
                                "People sign in by this provider and would lose their way in;"
                                        + " switch it off instead.");
                    }
                    int rows =
                            tx.deleteFrom(LOGIN_PROVIDER)
                                    .where(LOGIN_PROVIDER.ID.eq(before.id()))
                                    .and(LOGIN_PROVIDER.VERSION.eq(before.version()))
                                    .execute();
                    if (rows == 0) {
                        throw stale();
                    }
                    record(tx, actor, before.id(), before.title(), null);
                    return true;
                });
    }

    private Provider edit(
            Actor actor,
            Provider before,
            String after,
            UnaryOperator<UpdateSetMoreStep<LoginProviderRecord>> columns) {
        return db.write(
                tx -> {
                    var row =
                            tx.update(LOGIN_PROVIDER)
                                    .set(LOGIN_PROVIDER.VERSION, before.version() + 1);
                    int rows =
                            columns.apply(row)
                                    .where(LOGIN_PROVIDER.ID.eq(before.id()))
                                    .and(LOGIN_PROVIDER.VERSION.eq(before.version()))
                                    .execute();
                    if (rows == 0) {
                        throw stale();
                    }
                    record(tx, actor, before.id(), words(before.live()), after);
                    return one(tx, before.id()).orElseThrow();
                });
    }

    private void record(
            DSLContext tx, Actor actor, long id, @Nullable String before, @Nullable String after) {
        audit.record(
                tx, actor, AuditAction.SIGN_IN_PROVIDER_CHANGED, "provider:" + id, before, after);
    }

    private static @Nullable String words(@Nullable ProviderVersion version) {
        return version == null ? null : version.words();
    }

    private static Optional<Provider> one(DSLContext sql, long id) {
        return sql.selectFrom(LOGIN_PROVIDER)
                .where(LOGIN_PROVIDER.ID.eq(id))
                .fetchOptional(ProviderRepository::provider);
    }

    private static Provider provider(Record row) {
        return new Provider(
                row.get(LOGIN_PROVIDER.ID),
                row.get(LOGIN_PROVIDER.ENABLED) == 1,
                VersionJson.version(row.get(LOGIN_PROVIDER.LIVE)),
                VersionJson.version(row.get(LOGIN_PROVIDER.CANDIDATE)),
                row.get(LOGIN_PROVIDER.CANDIDATE_TRIED),
                VersionJson.version(row.get(LOGIN_PROVIDER.PREVIOUS)),
                new Provider.Sealed(
                        row.get(LOGIN_PROVIDER.LIVE_SECRET),
                        row.get(LOGIN_PROVIDER.CANDIDATE_SECRET),
                        row.get(LOGIN_PROVIDER.PREVIOUS_SECRET)),
                row.get(LOGIN_PROVIDER.VERSION));
    }

    static Problem stale() {
        return Problem.of(
                Problem.Kind.STALE,
                "provider.stale",
                "Somebody else has changed this provider; look at it again, then repeat the"
                        + " change.");
    }
}
