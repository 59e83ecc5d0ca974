package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_PASSWORD;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SESSION;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_TOKEN;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_USER;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.db.Remembered;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The only class that writes {@code identity_user} and {@code identity_password}. */
final class UserRepository {

    /** A user and the hash of their password, if they have one. */
    record WithPassword(User user, @Nullable String hash) {}

    /** Users asked about between two writes; each costs a few hundred bytes. */
    private static final int MAX_REMEMBERED = 10_000;

    private final Remembered<String, User> byName;
    private final Database db;
    private final AuditLog audit;

    UserRepository(Database db, AuditLog audit) {
        this.db = db;
        this.byName = new Remembered<>(db, MAX_REMEMBERED, IDENTITY_USER);
        this.audit = audit;
    }

    User create(Actor actor, String name, boolean admin, Instant now) {
        return db.write(
                tx -> {
                    if (admin) {
                        requireAdmin(tx, actor);
                    }
                    return insert(tx, actor, name, admin, now);
                });
    }

    Optional<User> insertIfFree(DSLContext tx, Actor actor, String name, Instant now) {
        boolean taken = tx.fetchExists(IDENTITY_USER, IDENTITY_USER.NAME.eq(name));
        return taken ? Optional.empty() : Optional.of(insert(tx, actor, name, false, now));
    }

    User insert(DSLContext tx, Actor actor, String name, boolean admin, Instant now) {
        int rows =
                tx.insertInto(IDENTITY_USER)
                        .set(IDENTITY_USER.NAME, name)
                        .set(IDENTITY_USER.ADMIN, Rows.flag(admin))
                        .set(IDENTITY_USER.CREATED_AT, now.toEpochMilli())
                        .onConflict(IDENTITY_USER.NAME)
                        .doNothing()
                        .execute();
        if (rows == 0) {
            throw exists(name);
        }
        long id = lastId(tx);
        audit.record(
                tx, actor, AuditAction.USER_CREATED, "user:" + id, null, describe(name, admin));
        return one(tx, id).orElseThrow();
    }

    Optional<User> find(UserId id) {
        return db.read(sql -> one(sql, id.value()));
    }

    Optional<User> findByName(String name) {
        return byName.get(name, () -> read(name));
    }

    private Optional<User> read(String name) {
        return db.read(
                sql ->
                        sql.selectFrom(IDENTITY_USER)
                                .where(IDENTITY_USER.NAME.eq(name))
                                .fetchOptional(UserRepository::user));
    }

    List<User> findByNames(Collection<String> names) {
        return db.read(
                sql ->
                        sql.selectFrom(IDENTITY_USER)
                                .where(IDENTITY_USER.NAME.in(names))
                                .orderBy(IDENTITY_USER.ID)
                                .fetch(UserRepository::user));
    }

    User change(Actor actor, UserId id, @Nullable String name, @Nullable Boolean admin) {
        return db.write(
                tx -> {
                    var before = one(tx, id.value()).orElseThrow(UserRepository::unknown);
                    if (name != null && !name.equals(before.name())) {
                        rename(tx, actor, before, name);
                    }
                    if (admin != null && admin != before.admin()) {
                        requireAdmin(tx, actor);
                        setAdmin(tx, actor, before, admin);
                    }
                    return one(tx, id.value()).orElseThrow();
                });
    }

    private void rename(DSLContext tx, Actor actor, User before, String name) {
        if (tx.fetchExists(IDENTITY_USER, IDENTITY_USER.NAME.eq(name))) {
            throw exists(name); // no race: there is one writer
        }
        tx.update(IDENTITY_USER)
                .set(IDENTITY_USER.NAME, name)
                .set(IDENTITY_USER.VERSION, IDENTITY_USER.VERSION.plus(1))
                .where(IDENTITY_USER.ID.eq(before.id().value()))
                .execute();
        audit.record(
                tx, actor, AuditAction.USER_RENAMED, "user:" + before.id(), before.name(), name);
    }

    private void setAdmin(DSLContext tx, Actor actor, User before, boolean admin) {
        int rows =
                tx.update(IDENTITY_USER)
                        .set(IDENTITY_USER.ADMIN, Rows.flag(admin))
                        .set(IDENTITY_USER.VERSION, IDENTITY_USER.VERSION.plus(1))
                        .where(IDENTITY_USER.ID.eq(before.id().value()))
                        .and(admin ? DSL.trueCondition() : anotherAdminThan(before.id()))
                        .execute();
        if (rows == 0) {
            throw lastAdmin();
        }
        audit.record(
                tx,
                actor,
                AuditAction.USER_ADMIN_CHANGED,
                "user:" + before.id(),
                describe(before.name(), !admin),
                describe(before.name(), admin));
    }

    /** Removes the user; sessions, tokens, memberships and the password go with the row. */
    User delete(Actor actor, UserId id) {
        return db.write(
                tx -> {
                    var gone = one(tx, id.value()).orElseThrow(UserRepository::unknown);
                    int rows =
                            tx.deleteFrom(IDENTITY_USER)
                                    .where(IDENTITY_USER.ID.eq(id.value()))
                                    .and(IDENTITY_USER.ADMIN.eq(0L).or(anotherAdminThan(id)))
                                    .execute();
                    if (rows == 0) {
                        throw lastAdmin();
                    }
                    audit.record(
                            tx,
                            actor,
                            AuditAction.USER_DELETED,
                            "user:" + id,
                            describe(gone.name(), gone.admin()),
                            null);
                    return gone;
                });
    }

    User restore(Actor actor, UserId id, String name, Instant now) {
        return db.write(
                tx -> {
                    var there = one(tx, id.value());
                    if (there.isPresent()) {
                        return there.get();
                    }
                    if (id.value() > lastGiven(tx)) {
                        throw unknown();
                    }
                    if (tx.fetchExists(IDENTITY_USER, IDENTITY_USER.NAME.eq(name))) {
                        throw exists(name); // no race: there is one writer
                    }
                    tx.insertInto(IDENTITY_USER)
                            .set(IDENTITY_USER.ID, id.value())
                            .set(IDENTITY_USER.NAME, name)
                            .set(IDENTITY_USER.ADMIN, Rows.flag(false))
                            .set(IDENTITY_USER.CREATED_AT, now.toEpochMilli())
                            .execute();
                    audit.record(
                            tx,
                            actor,
                            AuditAction.USER_RESTORED,
                            "user:" + id,
                            null,
                            describe(name, false));
                    return one(tx, id.value()).orElseThrow();
                });
    }

    /** The highest number that a user ever had. Source: SQLite, AUTOINCREMENT. */
    private static long lastGiven(DSLContext tx) {
        return tx.select(DSL.field("seq", Long.class))
                .from(DSL.table("sqlite_sequence"))
                .where(DSL.field("name", String.class).eq(IDENTITY_USER.getName()))
                .fetchOptional(0, Long.class)
                .orElse(0L);
    }

    /** Never moves back. */
    void recordActivity(Map<Long, Long> millisOfUsers) {
        db.write(
                tx -> {
                    millisOfUsers.forEach(
                            (id, millis) ->
                                    tx.update(IDENTITY_USER)
                                            .set(IDENTITY_USER.LAST_ACTIVITY_AT, millis)
                                            .where(IDENTITY_USER.ID.eq(id))
                                            .and(
                                                    IDENTITY_USER
                                                            .LAST_ACTIVITY_AT
                                                            .isNull()
                                                            .or(
                                                                    IDENTITY_USER.LAST_ACTIVITY_AT
                                                                            .lt(millis)))
                                            .execute());
                    return true;
                });
    }

    long count() {
        return db.read(sql -> (long) sql.fetchCount(IDENTITY_USER));
    }

    long countActiveSince(Instant since) {
        return db.read(
                sql ->
                        (long)
                                sql.fetchCount(
                                        IDENTITY_USER,
                                        IDENTITY_USER.LAST_ACTIVITY_AT.ge(since.toEpochMilli())));
    }

    /** Stores the hash and ends every session, with the OAuth tokens issued in them. */
    void setPassword(Actor actor, UserId id, String hash, Instant now) {
        db.write(
                tx -> {
                    if (one(tx, id.value()).isEmpty()) {
                        throw unknown();
                    }
                    replacePassword(tx, id, hash, now);
                    audit.record(tx, actor, AuditAction.PASSWORD_SET, "user:" + id, null, null);
                    return true;
                });
    }

    /** Whoever came in with the one before is out. */
    void replacePassword(DSLContext tx, UserId id, String hash, Instant now) {
        insertPassword(tx, id, hash, now);
        tx.deleteFrom(IDENTITY_SESSION).where(IDENTITY_SESSION.USER_ID.eq(id.value())).execute();
        tx.deleteFrom(IDENTITY_TOKEN)
                .where(IDENTITY_TOKEN.USER_ID.eq(id.value()))
                .and(IDENTITY_TOKEN.KIND.eq(Token.Kind.OAUTH.name()))
                .execute();
    }

    boolean hasPassword(UserId id) {
        return db.read(sql -> hasPassword(sql, id));
    }

    static boolean hasPassword(DSLContext sql, UserId id) {
        return sql.fetchExists(IDENTITY_PASSWORD, IDENTITY_PASSWORD.USER_ID.eq(id.value()));
    }

    void insertPassword(DSLContext tx, UserId id, String hash, Instant now) {
        tx.insertInto(IDENTITY_PASSWORD)
                .set(IDENTITY_PASSWORD.USER_ID, id.value())
                .set(IDENTITY_PASSWORD.HASH, hash)
                .set(IDENTITY_PASSWORD.CHANGED_AT, now.toEpochMilli())
                .onConflict(IDENTITY_PASSWORD.USER_ID)
                .doUpdate()
                .set(IDENTITY_PASSWORD.HASH, hash)
                .set(IDENTITY_PASSWORD.CHANGED_AT, now.toEpochMilli())
                .execute();
    }

    Optional<WithPassword> findWithPassword(String name) {
        return db.read(
                sql ->
                        sql.select(IDENTITY_USER.fields())
                                .select(IDENTITY_PASSWORD.HASH)
                                .from(IDENTITY_USER)
                                .leftJoin(IDENTITY_PASSWORD)
                                .on(IDENTITY_PASSWORD.USER_ID.eq(IDENTITY_USER.ID))
                                .where(IDENTITY_USER.NAME.eq(name))
                                .fetchOptional(
                                        row ->
                                                new WithPassword(
                                                        user(row),
                                                        row.get(IDENTITY_PASSWORD.HASH))));
    }

    /** Only an administrator makes administrators, whatever scopes somebody else was given. */
    private static void requireAdmin(DSLContext tx, Actor actor) {
        boolean may =
                switch (actor) {
                    case Actor.User(var id, var name) ->
                            tx.fetchExists(
                                    IDENTITY_USER,
                                    IDENTITY_USER
                                            .ID
                                            .eq(id.value())
                                            .and(IDENTITY_USER.ADMIN.eq(1L)));
                    case Actor.Service service -> false; // it is one community's
                    case Actor.Job job -> true;
                    case Actor.Platform platform -> true;
                    case Actor.Visitor visitor -> false;
                };
        if (!may) {
            throw Problem.forbidden(
                    "user.admin-needs-admin",
                    "Only an administrator can make somebody an administrator, or undo it.");
        }
    }

    private static Condition anotherAdminThan(UserId id) {
        var other = IDENTITY_USER.as("other");
        return DSL.exists(
                DSL.selectOne().from(other).where(other.ADMIN.eq(1L)).and(other.ID.ne(id.value())));
    }

    static Optional<User> one(DSLContext sql, long id) {
        return sql.selectFrom(IDENTITY_USER)
                .where(IDENTITY_USER.ID.eq(id))
                .fetchOptional(UserRepository::user);
    }

    static User user(Record row) {
        return new User(
                new UserId(row.get(IDENTITY_USER.ID)),
                row.get(IDENTITY_USER.NAME),
                Rows.flag(row.get(IDENTITY_USER.ADMIN)),
                Instant.ofEpochMilli(row.get(IDENTITY_USER.CREATED_AT)),
                Rows.instant(row.get(IDENTITY_USER.LAST_ACTIVITY_AT)));
    }

    /**
     * The number that the insert before this gave to its row. After {@code on conflict do nothing}
     * ask for it only when a row was inserted, and do not use jOOQ's {@code returning} there: on
     * SQLite (3.21.7, measured) it answers with the row of an earlier insert.
     */
    static long lastId(DSLContext tx) {
        return tx.lastID().longValueExact();
    }

    private static String describe(String name, boolean admin) {
        return "name=" + name + " admin=" + admin;
    }

    static Problem unknown() {
        return Problem.notFound("user.unknown", "There is no such user.");
    }

    private static Problem exists(String name) {
        return Problem.conflict("user.exists", "User " + name + " already exists.");
    }

    private static Problem lastAdmin() {
        return Problem.conflict(
                "user.last-admin", "This is the last administrator; make somebody else one first.");
    }
}
