package org.lyceum.login;

import static org.lyceum.platform.schema.login.Tables.LOGIN_IDENTITY;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The only class that reads or writes {@code login_identity}. */
final class ExternalIdentityRepository {

    /** Ways in that one person has. */
    private static final int MAX_PER_USER = 20;

    /** Namesakes; after so many a random end is as good a name. */
    private static final int MAX_NAMESAKES = 50;

    private final Database db;
    private final AuditLog audit;
    private final UserService users;

    ExternalIdentityRepository(Database db, AuditLog audit, UserService users) {
        this.db = db;
        this.audit = audit;
        this.users = users;
    }

    /** Whose identity it is, if anybody's. */
    Optional<UserId> userOf(ExternalIdentity who) {
        return db.read(sql -> one(sql, who).map(Linked::user));
    }

    List<Linked> of(UserId user) {
        return db.read(
                sql ->
                        sql.selectFrom(LOGIN_IDENTITY)
                                .where(LOGIN_IDENTITY.USER_ID.eq(user.value()))
                                .orderBy(LOGIN_IDENTITY.ID)
                                .limit(MAX_PER_USER)
                                .fetch(ExternalIdentityRepository::linked));
    }

    /** Notes that it was used, and how the provider writes name and address now. */
    void used(long provider, ExternalIdentity who, Instant now) {
        db.write(
                tx ->
                        tx.update(LOGIN_IDENTITY)
                                .set(LOGIN_IDENTITY.PROVIDER_ID, provider)
                                .set(LOGIN_IDENTITY.NAME, who.name())
                                .set(LOGIN_IDENTITY.EMAIL, who.email())
                                .set(LOGIN_IDENTITY.LAST_USED_AT, now.toEpochMilli())
                                .where(LOGIN_IDENTITY.ISSUER.eq(who.issuer()))
                                .and(LOGIN_IDENTITY.SUBJECT.eq(who.subject()))
                                .execute());
    }

    /**
     * The user of this identity; a new one, in the same write, when there is none. Of two first
     * sign-ins at once one makes the user, and both are the same person.
     */
    UserId userOrNew(Actor actor, long provider, ExternalIdentity who, Instant now) {
        return db.write(
                tx -> {
                    var there = one(tx, who);
                    if (there.isPresent()) {
                        return there.get().user();
                    }
                    var user = create(users, tx, actor, name(who));
                    insert(tx, provider, user.id(), who, now);
                    record(tx, user.actor(), AuditAction.IDENTITY_LINKED, user.id(), who);
                    return user.id();
                });
    }

    /**
     * @throws Problem CONFLICT identity.taken, identity.too-many
     */
    void link(User user, long provider, ExternalIdentity who, Instant now) {
        db.write(
                tx -> {
                    var there = one(tx, who);
                    if (there.isPresent() && there.get().user().equals(user.id())) {
                        return false;
                    }
                    if (there.isPresent()) {
                        throw Problem.conflict(
                                "identity.taken",
                                "This account belongs to somebody else here. If both are you, ask"
                                        + " an administrator which one to keep.");
                    }
                    if (tx.fetchCount(LOGIN_IDENTITY, LOGIN_IDENTITY.USER_ID.eq(user.id().value()))
                            >= MAX_PER_USER) {
                        throw Problem.conflict(
                                "identity.too-many",
                                "You have " + MAX_PER_USER + " ways to sign in; remove one first.");
                    }
                    insert(tx, provider, user.id(), who, now);
                    record(tx, user.actor(), AuditAction.IDENTITY_LINKED, user.id(), who);
                    return true;
                });
    }

    /**
     * @throws Problem NOT_FOUND identity.unknown
     */
    void unlink(User user, long id) {
        db.write(
                tx -> {
                    var there =
                            tx.selectFrom(LOGIN_IDENTITY)
                                    .where(LOGIN_IDENTITY.ID.eq(id))
                                    .and(LOGIN_IDENTITY.USER_ID.eq(user.id().value()))
                                    .fetchOptional(ExternalIdentityRepository::linked)
                                    .orElseThrow(
                                            () ->
                                                    Problem.notFound(
                                                            "identity.unknown",
                                                            "You have no such way to sign in."));
                    tx.deleteFrom(LOGIN_IDENTITY).where(LOGIN_IDENTITY.ID.eq(id)).execute();
                    audit.record(
                            tx,
                            user.actor(),
                            AuditAction.IDENTITY_UNLINKED,
                            "user:" + user.id(),
                            there.issuer() + " " + there.name(),
                            null);
                    return true;
                });
    }

    /** A user of this name, or with a number behind it when somebody has it. */
    static User create(UserService users, DSLContext tx, Actor actor, String wanted) {
        for (int number = 1; number <= MAX_NAMESAKES; number++) {
            var made = users.createIfFree(tx, actor, number == 1 ? wanted : wanted + "-" + number);
            if (made.isPresent()) {
                return made.get();
            }
        }
        var end = Secret.random().reveal().substring(0, 8);
        return users.createIfFree(tx, actor, wanted + "-" + end).orElseThrow();
    }

    /** What a new user is called; nobody else's name, whatever the provider says. */
    static String name(ExternalIdentity who) {
        var name = who.name();
        int at = name.indexOf('@');
        var plain = Names.normaliseUser(at > 0 ? name.substring(0, at) : name);
        var tidy = plain.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[-.]+|[-.]+$", "");
        var shortened = tidy.substring(0, Math.min(tidy.length(), 60));
        return Names.valid(shortened) ? shortened : "user";
    }

    private static void insert(
            DSLContext tx, long provider, UserId user, ExternalIdentity who, Instant now) {
        tx.insertInto(LOGIN_IDENTITY)
                .set(LOGIN_IDENTITY.PROVIDER_ID, provider)
                .set(LOGIN_IDENTITY.USER_ID, user.value())
                .set(LOGIN_IDENTITY.ISSUER, who.issuer())
                .set(LOGIN_IDENTITY.SUBJECT, who.subject())
                .set(LOGIN_IDENTITY.NAME, who.name())
                .set(LOGIN_IDENTITY.EMAIL, who.email())
                .set(LOGIN_IDENTITY.LINKED_AT, now.toEpochMilli())
                .set(LOGIN_IDENTITY.LAST_USED_AT, now.toEpochMilli())
                .execute();
    }

    private void record(
            DSLContext tx, Actor actor, AuditAction action, UserId user, ExternalIdentity who) {
        audit.record(tx, actor, action, "user:" + user, null, who.issuer() + " " + who.name());
    }

    private static Optional<Linked> one(DSLContext sql, ExternalIdentity who) {
        return sql.selectFrom(LOGIN_IDENTITY)
                .where(LOGIN_IDENTITY.ISSUER.eq(who.issuer()))
                .and(LOGIN_IDENTITY.SUBJECT.eq(who.subject()))
                .fetchOptional(ExternalIdentityRepository::linked);
    }

    private static Linked linked(Record row) {
        return new Linked(
                row.get(LOGIN_IDENTITY.ID),
                row.get(LOGIN_IDENTITY.PROVIDER_ID),
                new UserId(row.get(LOGIN_IDENTITY.USER_ID)),
                row.get(LOGIN_IDENTITY.ISSUER),
                row.get(LOGIN_IDENTITY.SUBJECT),
                row.get(LOGIN_IDENTITY.NAME),
                row.get(LOGIN_IDENTITY.EMAIL),
                Instant.ofEpochMilli(row.get(LOGIN_IDENTITY.LAST_USED_AT)));
    }
}
