package org.lyceum.login;

import static org.lyceum.platform.schema.login.Tables.LOGIN_EVENT;
import static org.lyceum.platform.schema.login.Tables.LOGIN_EVENT_PERSON;
import static org.lyceum.platform.schema.login.Tables.LOGIN_REQUEST;
import static org.lyceum.platform.schema.login.Tables.LOGIN_SIGNUP;

import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.PasswordService;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.schema.login.tables.records.LoginEventRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who may sign up, who asked to, and events with their people. */
final class SignUpRepository {

    /** Of one community, with those that ended lately. */
    private static final int MAX_EVENTS = 100;

    /** At once; more come at the next run. */
    private static final int MAX_OVER = 500;

    /** For which people are told what became of their request, and events are shown. */
    private static final Duration TOLD = Duration.ofDays(30);

    /** A request that nobody answers for so long is none any more. */
    private static final Duration WAITS = Duration.ofDays(90);

    /** What somebody chose who asks for an account. */
    record Asking(String name, String note, String passwordHash, String keyHash) {}

    /** Whose account is temporary. */
    record Guest(UserId user, CommunityId community) {}

    private final Database db;
    private final AuditLog audit;
    private final UserService users;
    private final PasswordService passwords;

    SignUpRepository(Database db, AuditLog audit, UserService users, PasswordService passwords) {
        this.db = db;
        this.audit = audit;
        this.users = users;
        this.passwords = passwords;
    }

    boolean takesRequests(CommunityId community) {
        return db.read(
                sql ->
                        sql.fetchExists(
                                LOGIN_SIGNUP, LOGIN_SIGNUP.COMMUNITY_ID.eq(community.value())));
    }

    void takeRequests(Actor actor, CommunityId community, boolean take) {
        db.write(
                tx -> {
                    int rows =
                            take
                                    ? tx.insertInto(LOGIN_SIGNUP)
                                            .set(LOGIN_SIGNUP.COMMUNITY_ID, community.value())
                                            .onConflictDoNothing()
                                            .execute()
                                    : tx.deleteFrom(LOGIN_SIGNUP)
                                            .where(LOGIN_SIGNUP.COMMUNITY_ID.eq(community.value()))
                                            .execute();
                    if (rows > 0) {
                        audit.record(
                                tx,
                                community,
                                actor,
                                AuditAction.SIGN_UP_CHANGED,
                                "community:" + community,
                                null,
                                take ? "by request" : "off");
                    }
                    return true;
                });
    }

    void ask(CommunityId community, Asking who, Instant now) {
        db.write(
                tx -> {
                    AcceptanceRepository.requireRoom(tx, community);
                    return tx.insertInto(LOGIN_REQUEST)
                            .set(LOGIN_REQUEST.COMMUNITY_ID, community.value())
                            .set(LOGIN_REQUEST.NAME, who.name())
                            .set(LOGIN_REQUEST.NOTE, who.note())
                            .set(LOGIN_REQUEST.KEY_HASH, who.keyHash())
                            .set(LOGIN_REQUEST.PASSWORD_HASH, who.passwordHash())
                            .set(LOGIN_REQUEST.ASKED_AT, now.toEpochMilli())
                            .execute();
                });
    }

    Optional<SignUpService.Outcome> outcome(String keyHash) {
        return db.read(
                sql ->
                        sql.selectFrom(LOGIN_REQUEST)
                                .where(LOGIN_REQUEST.KEY_HASH.eq(keyHash))
                                .fetchOptional(
                                        row ->
                                                new SignUpService.Outcome(
                                                        row.getName(), answer(row.getAdmitted()))));
    }

    private static SignUpService.Answer answer(@Nullable Long admitted) {
        if (admitted == null) {
            return SignUpService.Answer.WAITING;
        }
        return admitted == 1 ? SignUpService.Answer.ADMITTED : SignUpService.Answer.REFUSED;
    }

    /** Who is admitted, as a user with their password; empty for who is not. */
    Optional<UserId> answer(Actor actor, EntryRequest asked, boolean admit, Instant now) {
        return db.write(
                tx -> {
                    var hash =
                            tx.select(LOGIN_REQUEST.PASSWORD_HASH)
                                    .from(LOGIN_REQUEST)
                                    .where(LOGIN_REQUEST.ID.eq(asked.id()))
                                    .fetchOne(LOGIN_REQUEST.PASSWORD_HASH);
                    if (hash == null) {
                        throw LoginService.unknownRequest(); // another manager was quicker
                    }
                    Optional<User> made =
                            admit
                                    ? Optional.of(
                                            ExternalIdentityRepository.create(
                                                    users, tx, actor, asked.name()))
                                    : Optional.empty();
                    made.ifPresent(user -> passwords.give(tx, user.id(), hash));
                    tx.update(LOGIN_REQUEST)
                            .set(LOGIN_REQUEST.PASSWORD_HASH, (String) null)
                            .set(LOGIN_REQUEST.ANSWERED_AT, now.toEpochMilli())
                            .set(LOGIN_REQUEST.ADMITTED, admit ? 1L : 0L)
                            .set(LOGIN_REQUEST.NAME, made.map(User::name).orElse(asked.name()))
                            .where(LOGIN_REQUEST.ID.eq(asked.id()))
                            .execute();
                    AcceptanceRepository.record(tx, audit, actor, asked, admit);
                    return made.map(User::id);
                });
    }

    List<Event> events(CommunityId community) {
        return db.read(
                sql ->
                        sql.selectFrom(LOGIN_EVENT)
                                .where(LOGIN_EVENT.COMMUNITY_ID.eq(community.value()))
                                .orderBy(LOGIN_EVENT.ID.desc())
                                .limit(MAX_EVENTS)
                                .fetch(row -> event(sql, row)));
    }

    Event add(Actor actor, Event draft, String codeHash) {
        return db.write(
                tx -> {
                    var community = draft.community();
                    if (tx.fetchCount(LOGIN_EVENT, LOGIN_EVENT.COMMUNITY_ID.eq(community.value()))
                            >= MAX_EVENTS) {
                        throw Problem.conflict(
                                "event.too-many",
                                "There are "
                                        + MAX_EVENTS
                                        + " events already; old ones go by"
                                        + " themselves 30 days after their end.");
                    }
                    var row = tx.newRecord(LOGIN_EVENT);
                    row.setCommunityId(community.value());
                    row.setTitle(draft.title().strip());
                    row.setCodeHash(codeHash);
                    row.setStartsAt(draft.startsAt().toEpochMilli());
                    row.setEndsAt(draft.endsAt().toEpochMilli());
                    row.setPeopleMax((long) draft.people());
                    row.setTemporary(draft.temporary() ? 1L : 0L);
                    tx.insertInto(LOGIN_EVENT).set(row).execute();
                    var made =
                            tx.selectFrom(LOGIN_EVENT)
                                    .where(LOGIN_EVENT.CODE_HASH.eq(codeHash))
                                    .fetchSingle();
                    record(tx, actor, AuditAction.EVENT_MADE, made, made.getTitle());
                    return event(tx, made);
                });
    }

    void end(Actor actor, CommunityId community, long id, Instant now) {
        db.write(
                tx -> {
                    var row =
                            tx.selectFrom(LOGIN_EVENT)
                                    .where(LOGIN_EVENT.ID.eq(id))
                                    .and(LOGIN_EVENT.COMMUNITY_ID.eq(community.value()))
                                    .fetchOne();
                    if (row == null) {
                        throw Problem.notFound("event.unknown", "There is no such event.");
                    }
                    if (row.getEndsAt() > now.toEpochMilli()) {
                        tx.update(LOGIN_EVENT)
                                .set(LOGIN_EVENT.ENDS_AT, now.toEpochMilli())
                                .set(
                                        LOGIN_EVENT.STARTS_AT,
                                        Math.min(row.getStartsAt(), now.toEpochMilli()))
                                .where(LOGIN_EVENT.ID.eq(id))
                                .execute();
                        record(tx, actor, AuditAction.EVENT_ENDED, row, null);
                    }
                    return true;
                });
    }

    private void record(
            DSLContext tx,
            Actor actor,
            AuditAction action,
            LoginEventRecord row,
            @Nullable String after) {
        var community = new CommunityId(row.getCommunityId());
        audit.record(tx, community, actor, action, "event:" + row.getId(), null, after);
    }

    /** Does nothing when the code is good and there is room. */
    void requireOpen(CommunityId community, String codeHash, Instant now) {
        db.read(sql -> open(sql, community, codeHash, now).getId());
    }

    /** A new user of the event; of several for the last place exactly one gets it. */
    User enter(
            CommunityId community, String codeHash, String name, String passwordHash, Instant now) {
        return db.write(
                tx -> {
                    var event = open(tx, community, codeHash, now); // no race: there is one writer
                    var user =
                            users.createIfFree(tx, new Actor.Visitor(), name)
                                    .orElseThrow(SignUpRepository::taken);
                    passwords.give(tx, user.id(), passwordHash);
                    tx.insertInto(LOGIN_EVENT_PERSON)
                            .set(LOGIN_EVENT_PERSON.USER_ID, user.id().value())
                            .set(LOGIN_EVENT_PERSON.EVENT_ID, event.getId())
                            .execute();
                    record(tx, user.actor(), AuditAction.SIGNED_UP, event, "user:" + user.id());
                    return user;
                });
    }

    private static LoginEventRecord open(
            DSLContext sql, CommunityId community, String codeHash, Instant now) {
        var row =
                sql.selectFrom(LOGIN_EVENT)
                        .where(LOGIN_EVENT.CODE_HASH.eq(codeHash))
                        .and(LOGIN_EVENT.COMMUNITY_ID.eq(community.value()))
                        .fetchOne();
        if (row == null || !event(sql, row).open(now)) {
            throw Problem.forbidden(
                    "event.code-wrong",
                    "This code is not taken now: it is mistyped, or its event has not begun, or is"
                            + " over. Compare it letter by letter.");
        }
        if (came(sql, row) >= row.getPeopleMax()) {
            throw Problem.forbidden(
                    "event.full",
                    "As many people have come in with this code as it is for. Ask whoever gave it"
                            + " to you.");
        }
        return row;
    }

    /** Whose event is over, and their account with it. */
    List<Guest> over(Instant now) {
        return db.read(
                sql ->
                        sql.select(LOGIN_EVENT_PERSON.USER_ID, LOGIN_EVENT.COMMUNITY_ID)
                                .from(LOGIN_EVENT_PERSON)
                                .join(LOGIN_EVENT)
                                .on(LOGIN_EVENT.ID.eq(LOGIN_EVENT_PERSON.EVENT_ID))
                                .where(LOGIN_EVENT.TEMPORARY.eq(1L))
                                .and(LOGIN_EVENT.ENDS_AT.le(now.toEpochMilli()))
                                .orderBy(LOGIN_EVENT_PERSON.USER_ID)
                                .limit(MAX_OVER)
                                .fetch(
                                        row ->
                                                new Guest(
                                                        new UserId(row.value1()),
                                                        new CommunityId(row.value2()))));
    }

    /** Somebody whose temporary time is dealt with. */
    void forget(Guest guest) {
        db.write(
                tx ->
                        tx.deleteFrom(LOGIN_EVENT_PERSON)
                                .where(LOGIN_EVENT_PERSON.USER_ID.eq(guest.user().value()))
                                .execute());
    }

    int removeOld(Instant now) {
        long told = now.minus(TOLD).toEpochMilli();
        return db.write(
                tx ->
                        tx.deleteFrom(LOGIN_REQUEST)
                                        .where(LOGIN_REQUEST.PROVIDER_ID.isNull())
                                        .and(
                                                LOGIN_REQUEST
                                                        .ANSWERED_AT
                                                        .lt(told)
                                                        .or(
                                                                LOGIN_REQUEST.ASKED_AT.lt(
                                                                        now.minus(WAITS)
                                                                                .toEpochMilli())))
                                        .execute()
                                + tx.deleteFrom(LOGIN_EVENT)
                                        .where(LOGIN_EVENT.ENDS_AT.lt(told))
                                        .and(
                                                LOGIN_EVENT
                                                        .TEMPORARY
                                                        .eq(0L)
                                                        .or(
                                                                DSL.notExists(
                                                                        DSL.selectOne()
                                                                                .from(
                                                                                        LOGIN_EVENT_PERSON)
                                                                                .where(
                                                                                        LOGIN_EVENT_PERSON
                                                                                                .EVENT_ID
                                                                                                .eq(
                                                                                                        LOGIN_EVENT
                                                                                                                .ID)))))
                                        .execute());
    }

    private static int came(DSLContext sql, LoginEventRecord row) {
        return sql.fetchCount(LOGIN_EVENT_PERSON, LOGIN_EVENT_PERSON.EVENT_ID.eq(row.getId()));
    }

    private static Event event(DSLContext sql, LoginEventRecord row) {
        return new Event(
                row.getId(),
                new CommunityId(row.getCommunityId()),
                row.getTitle(),
                Instant.ofEpochMilli(row.getStartsAt()),
                Instant.ofEpochMilli(row.getEndsAt()),
                row.getPeopleMax().intValue(),
                came(sql, row),
                row.getTemporary() == 1);
    }

    private static Problem taken() {
        return Problem.conflict(
                "user.exists", "Somebody has this name already; choose another one.");
    }
}
