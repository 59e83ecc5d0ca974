package org.lyceum.community;

import static org.lyceum.platform.schema.community.Tables.COMMUNITY_COMMUNITY;
import static org.lyceum.platform.schema.community.Tables.COMMUNITY_FORMER_ADDRESS;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.UpdateSetMoreStep;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.schema.community.tables.records.CommunityCommunityRecord;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The only class that reads or writes communities and their former addresses. */
final class CommunityRepository {

    /** One machine has a handful; the list is read whole. */
    static final int MAX_COMMUNITIES = 1_000;

    /** Nobody renames this often; each is an address that is served. */
    private static final int MAX_FORMER = 20;

    /** The columns of one edit, and how the log tells of it. */
    private record Edit(
            AuditAction action,
            @Nullable String before,
            @Nullable String after,
            UnaryOperator<UpdateSetMoreStep<CommunityCommunityRecord>> columns) {}

    private final Database db;
    private final AuditLog audit;

    CommunityRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    List<Community> all() {
        return db.read(
                sql ->
                        sql.selectFrom(COMMUNITY_COMMUNITY)
                                .orderBy(COMMUNITY_COMMUNITY.ID)
                                .limit(MAX_COMMUNITIES)
                                .fetch(CommunityRepository::community));
    }

    Optional<Community> find(CommunityId id) {
        return db.read(sql -> find(sql, id));
    }

    List<FormerAddress> formerAddresses() {
        return db.read(
                sql ->
                        sql.selectFrom(COMMUNITY_FORMER_ADDRESS)
                                .orderBy(COMMUNITY_FORMER_ADDRESS.LEFT_AT)
                                .limit(MAX_COMMUNITIES * MAX_FORMER)
                                .fetch(CommunityRepository::formerAddress));
    }

    Community create(Actor actor, String name, String title, Instant now) {
        return db.write(
                tx -> {
                    requireFree(tx, name, null);
                    if (tx.fetchCount(COMMUNITY_COMMUNITY) >= MAX_COMMUNITIES) {
                        throw Problem.conflict(
                                "community.too-many",
                                "There are "
                                        + MAX_COMMUNITIES
                                        + " communities, deleted ones included, and there can be"
                                        + " no more.");
                    }
                    tx.insertInto(COMMUNITY_COMMUNITY)
                            .set(COMMUNITY_COMMUNITY.NAME, name)
                            .set(COMMUNITY_COMMUNITY.TITLE, title)
                            .set(COMMUNITY_COMMUNITY.BASE_URL, base(name))
                            .set(COMMUNITY_COMMUNITY.CREATED_AT, now.toEpochMilli())
                            .set(COMMUNITY_COMMUNITY.STATE_SINCE, now.toEpochMilli())
                            .execute();
                    var community =
                            tx.selectFrom(COMMUNITY_COMMUNITY)
                                    .where(COMMUNITY_COMMUNITY.NAME.eq(name))
                                    .fetchSingle(CommunityRepository::community);
                    record(
                            tx,
                            actor,
                            community.id(),
                            new Edit(AuditAction.COMMUNITY_CREATED, null, name, row -> row));
                    return community;
                });
    }

    /** Leaves the old address to the community as a former one. */
    Community rename(Actor actor, Community before, String name, Instant now) {
        return db.write(
                tx -> {
                    requireFree(tx, name, before.id());
                    tx.deleteFrom(COMMUNITY_FORMER_ADDRESS)
                            .where(COMMUNITY_FORMER_ADDRESS.BASE_URL.eq(base(name)))
                            .execute();
                    boolean moves = !before.id().equals(Community.DEFAULT);
                    if (moves) {
                        addFormer(tx, before, now);
                    }
                    return edit(
                            tx,
                            actor,
                            before,
                            new Edit(
                                    AuditAction.COMMUNITY_RENAMED,
                                    before.name(),
                                    name,
                                    row ->
                                            row.set(COMMUNITY_COMMUNITY.NAME, name)
                                                    .set(
                                                            COMMUNITY_COMMUNITY.BASE_URL,
                                                            moves
                                                                    ? base(name)
                                                                    : before.baseUrl())));
                });
    }

    private static void addFormer(DSLContext tx, Community before, Instant now) {
        int former =
                tx.fetchCount(
                        COMMUNITY_FORMER_ADDRESS,
                        COMMUNITY_FORMER_ADDRESS.COMMUNITY_ID.eq(before.id().value()));
        if (former >= MAX_FORMER) {
            throw Problem.conflict(
                    "community.too-many-names",
                    "This community has had " + MAX_FORMER + " other names; release one first.");
        }
        tx.insertInto(COMMUNITY_FORMER_ADDRESS)
                .set(COMMUNITY_FORMER_ADDRESS.BASE_URL, before.baseUrl())
                .set(COMMUNITY_FORMER_ADDRESS.COMMUNITY_ID, before.id().value())
                .set(COMMUNITY_FORMER_ADDRESS.LEFT_AT, now.toEpochMilli())
                .execute();
    }

    /** Takes the address from the community; false when it was not one of its former ones. */
    boolean release(Actor actor, CommunityId id, String baseUrl) {
        return db.write(
                tx -> {
                    int rows =
                            tx.deleteFrom(COMMUNITY_FORMER_ADDRESS)
                                    .where(COMMUNITY_FORMER_ADDRESS.BASE_URL.eq(baseUrl))
                                    .and(COMMUNITY_FORMER_ADDRESS.COMMUNITY_ID.eq(id.value()))
                                    .execute();
                    if (rows == 1) {
                        record(
                                tx,
                                actor,
                                id,
                                new Edit(
                                        AuditAction.COMMUNITY_ADDRESS_RELEASED,
                                        baseUrl,
                                        null,
                                        row -> row));
                    }
                    return rows == 1;
                });
    }

    Community change(Actor actor, Community before, String title, String notice, Limits limits) {
        return edit(
                actor,
                before,
                new Edit(
                        AuditAction.COMMUNITY_CHANGED,
                        described(before.title(), before.notice(), before.limits()),
                        described(title, notice, limits),
                        row ->
                                row.set(COMMUNITY_COMMUNITY.TITLE, title)
                                        .set(COMMUNITY_COMMUNITY.NOTICE, notice)
                                        .set(
                                                COMMUNITY_COMMUNITY.MAX_SPAWNING,
                                                column(limits.maxSpawning()))
                                        .set(
                                                COMMUNITY_COMMUNITY.MAX_ACTIVE,
                                                column(limits.maxActive()))
                                        .set(
                                                COMMUNITY_COMMUNITY.NAMED_PER_USER,
                                                column(limits.namedPerUser()))));
    }

    /** Null gives the host up. */
    Community setHost(Actor actor, Community before, @Nullable String host) {
        return db.write(
                tx -> {
                    requireNoOverlap(tx, before, host);
                    return edit(
                            tx,
                            actor,
                            before,
                            new Edit(
                                    AuditAction.COMMUNITY_HOST_SET,
                                    before.host(),
                                    host,
                                    row -> row.set(COMMUNITY_COMMUNITY.HOST, host)));
                });
    }

    /** Hosts of deleted communities too: they may be restored. */
    private static void requireNoOverlap(DSLContext tx, Community before, @Nullable String host) {
        if (host == null) {
            return;
        }
        var others =
                tx.select(COMMUNITY_COMMUNITY.HOST)
                        .from(COMMUNITY_COMMUNITY)
                        .where(COMMUNITY_COMMUNITY.ID.ne(before.id().value()))
                        .limit(MAX_COMMUNITIES)
                        .fetch(COMMUNITY_COMMUNITY.HOST);
        if (others.stream().anyMatch(other -> Hosts.overlap(host, other))) {
            throw hostTaken();
        }
    }

    static Problem hostTaken() {
        return Problem.conflict(
                "community.host-taken",
                "This host, one above it or one below it is the platform's or another community's;"
                        + " choose one beside them.");
    }

    /** Moves it to another state, with what belongs to that state. */
    Community enter(Actor actor, Community before, Community.State state, Entry with, Instant now) {
        return edit(
                actor,
                before,
                new Edit(
                        with.action(),
                        before.state().name(),
                        with.stopsServers() ? state + " stopping servers" : state.name(),
                        row ->
                                row.set(COMMUNITY_COMMUNITY.STATE, state.name())
                                        .set(COMMUNITY_COMMUNITY.NOTICE, with.notice())
                                        .set(
                                                COMMUNITY_COMMUNITY.STOPS_SERVERS,
                                                with.stopsServers() ? 1L : 0L)
                                        .set(COMMUNITY_COMMUNITY.STATE_SINCE, now.toEpochMilli())));
    }

    /** What comes with a state. */
    record Entry(AuditAction action, String notice, boolean stopsServers) {}

    /** Only if nobody else has edited the community since {@code before} was read. */
    private Community edit(Actor actor, Community before, Edit edit) {
        return db.write(tx -> edit(tx, actor, before, edit));
    }

    private Community edit(DSLContext tx, Actor actor, Community before, Edit edit) {
        var row =
                tx.update(COMMUNITY_COMMUNITY)
                        .set(COMMUNITY_COMMUNITY.VERSION, COMMUNITY_COMMUNITY.VERSION.plus(1));
        int rows =
                edit.columns()
                        .apply(row)
                        .where(COMMUNITY_COMMUNITY.ID.eq(before.id().value()))
                        .and(COMMUNITY_COMMUNITY.VERSION.eq(before.version()))
                        .execute();
        if (rows == 0) {
            throw stale();
        }
        record(tx, actor, before.id(), edit);
        return find(tx, before.id()).orElseThrow();
    }

    static Problem stale() {
        return Problem.of(
                Problem.Kind.STALE,
                "community.stale",
                "Somebody else has changed this community meanwhile; look at it again, then repeat"
                        + " your change.");
    }

    private void record(DSLContext tx, Actor actor, CommunityId id, Edit edit) {
        audit.record(tx, id, actor, edit.action(), "community:" + id, edit.before(), edit.after());
    }

    /** Neither a community's name nor an address that another one has left. */
    private static void requireFree(DSLContext tx, String name, @Nullable CommunityId by) {
        var there =
                tx.selectFrom(COMMUNITY_COMMUNITY)
                        .where(COMMUNITY_COMMUNITY.NAME.eq(name))
                        .fetchOptional(CommunityRepository::community);
        if (there.isPresent()) {
            throw there.get().deleted()
                    ? Problem.conflict(
                            "community.exists-deleted",
                            "A deleted community is called "
                                    + name
                                    + "; restore it, or give it another name first.")
                    : Problem.conflict(
                            "community.exists", "Community " + name + " already exists.");
        }
        var former =
                tx.selectFrom(COMMUNITY_FORMER_ADDRESS)
                        .where(COMMUNITY_FORMER_ADDRESS.BASE_URL.eq(base(name)))
                        .fetchOptional(CommunityRepository::formerAddress);
        if (former.isPresent() && !former.get().community().equals(by)) {
            throw Problem.conflict(
                    "community.name-was-used",
                    "Links to "
                            + base(name)
                            + " lead to the community that was called so before; release the old"
                            + " name there, or choose another.");
        }
    }

    private static Optional<Community> find(DSLContext sql, CommunityId id) {
        return sql.selectFrom(COMMUNITY_COMMUNITY)
                .where(COMMUNITY_COMMUNITY.ID.eq(id.value()))
                .fetchOptional(CommunityRepository::community);
    }

    static String base(String name) {
        return "/" + name + "/";
    }

    private static Community community(Record row) {
        return new Community(
                new CommunityId(row.get(COMMUNITY_COMMUNITY.ID)),
                row.get(COMMUNITY_COMMUNITY.NAME),
                row.get(COMMUNITY_COMMUNITY.TITLE),
                row.get(COMMUNITY_COMMUNITY.BASE_URL),
                row.get(COMMUNITY_COMMUNITY.HOST),
                Community.State.valueOf(row.get(COMMUNITY_COMMUNITY.STATE)),
                row.get(COMMUNITY_COMMUNITY.NOTICE),
                row.get(COMMUNITY_COMMUNITY.STOPS_SERVERS) != 0,
                new Limits(
                        number(row.get(COMMUNITY_COMMUNITY.MAX_SPAWNING)),
                        number(row.get(COMMUNITY_COMMUNITY.MAX_ACTIVE)),
                        number(row.get(COMMUNITY_COMMUNITY.NAMED_PER_USER))),
                row.get(COMMUNITY_COMMUNITY.VERSION));
    }

    private static FormerAddress formerAddress(Record row) {
        return new FormerAddress(
                row.get(COMMUNITY_FORMER_ADDRESS.BASE_URL),
                new CommunityId(row.get(COMMUNITY_FORMER_ADDRESS.COMMUNITY_ID)),
                Instant.ofEpochMilli(row.get(COMMUNITY_FORMER_ADDRESS.LEFT_AT)));
    }

    private static String described(String title, String notice, Limits limits) {
        return "title=" + title + " notice=" + notice + " " + limits;
    }

    private static @Nullable Long column(@Nullable Integer number) {
        return number == null ? null : number.longValue();
    }

    private static @Nullable Integer number(@Nullable Long column) {
        return column == null ? null : Math.toIntExact(column);
    }
}
