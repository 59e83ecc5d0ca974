package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_PASSWORD_LINK;

import org.jooq.DSLContext;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.schema.identity.tables.records.IdentityPasswordLinkRecord;

import java.time.Instant;

/** The only class that reads or writes {@code identity_password_link}. */
final class PasswordLinkRepository {

    private final Database db;
    private final AuditLog audit;
    private final UserRepository users;

    PasswordLinkRepository(Database db, AuditLog audit, UserRepository users) {
        this.db = db;
        this.audit = audit;
        this.users = users;
    }

    /** Adds a link; from now on no older one of this person's can be used. */
    void add(Actor actor, UserId user, String hash, Instant now, Instant until) {
        db.write(
                tx -> {
                    expire(tx, user, now);
                    tx.insertInto(IDENTITY_PASSWORD_LINK)
                            .set(IDENTITY_PASSWORD_LINK.HASH, hash)
                            .set(IDENTITY_PASSWORD_LINK.USER_ID, user.value())
                            .set(IDENTITY_PASSWORD_LINK.CREATED_AT, now.toEpochMilli())
                            .set(IDENTITY_PASSWORD_LINK.EXPIRES_AT, until.toEpochMilli())
                            .execute();
                    audit.record(
                            tx,
                            actor,
                            AuditAction.PASSWORD_LINK_MADE,
                            "user:" + user,
                            null,
                            "until " + until);
                    return true;
                });
    }

    private static void expire(DSLContext tx, UserId user, Instant now) {
        tx.update(IDENTITY_PASSWORD_LINK)
                .set(IDENTITY_PASSWORD_LINK.EXPIRES_AT, now.toEpochMilli())
                .where(IDENTITY_PASSWORD_LINK.USER_ID.eq(user.value()))
                .and(IDENTITY_PASSWORD_LINK.USED_AT.isNull())
                .and(IDENTITY_PASSWORD_LINK.EXPIRES_AT.gt(now.toEpochMilli()))
                .execute();
    }

    PasswordLink find(String hash, Instant now) {
        return db.read(sql -> link(sql, usable(sql, hash, now)));
    }

    private static PasswordLink link(DSLContext sql, IdentityPasswordLinkRecord row) {
        var user =
                UserRepository.one(sql, row.getUserId()).orElseThrow(PasswordLinkRepository::gone);
        return new PasswordLink(
                user,
                !UserRepository.hasPassword(sql, user.id()),
                Instant.ofEpochMilli(row.getExpiresAt()));
    }

    /**
     * Sets the password and ends every session; of several callers with one link exactly one wins.
     */
    User redeem(String hash, String passwordHash, Instant now) {
        return db.write(
                tx -> {
                    var row = usable(tx, hash, now); // no race: there is one writer
                    var user = link(tx, row).user();
                    tx.update(IDENTITY_PASSWORD_LINK)
                            .set(IDENTITY_PASSWORD_LINK.USED_AT, now.toEpochMilli())
                            .where(IDENTITY_PASSWORD_LINK.ID.eq(row.getId()))
                            .execute();
                    users.replacePassword(tx, user.id(), passwordHash, now);
                    audit.record(
                            tx,
                            user.actor(),
                            AuditAction.PASSWORD_LINK_USED,
                            "user:" + user.id(),
                            null,
                            null);
                    return user;
                });
    }

    private static IdentityPasswordLinkRecord usable(DSLContext sql, String hash, Instant now) {
        var row =
                sql.selectFrom(IDENTITY_PASSWORD_LINK)
                        .where(IDENTITY_PASSWORD_LINK.HASH.eq(hash))
                        .fetchOne();
        if (row == null) {
            throw gone();
        }
        if (row.getUsedAt() != null) {
            throw Problem.forbidden(
                    "password-link.used",
                    "A password has been chosen with this link. Sign in with it; if it was not you,"
                            + " tell an administrator at once.");
        }
        if (row.getExpiresAt() <= now.toEpochMilli()) {
            throw Problem.forbidden(
                    "password-link.expired",
                    "This link has expired, or a newer one was made for you. Ask whoever gave it to"
                            + " you for a new one.");
        }
        requireUnusedIfInvited(sql, row);
        return row;
    }

    /**
     * Who has come in another way meanwhile is not shut out by whoever still has the invitation.
     */
    private static void requireUnusedIfInvited(DSLContext sql, IdentityPasswordLinkRecord row) {
        long life = row.getExpiresAt() - row.getCreatedAt();
        boolean invitation = life > PasswordLinkService.NEW_PASSWORD.toMillis();
        boolean used =
                UserRepository.one(sql, row.getUserId())
                        .filter(user -> user.lastActivityAt() != null)
                        .isPresent();
        if (invitation && used) {
            throw Problem.forbidden(
                    "password-link.expired",
                    "This account is in use already, so its invitation counts no more. Sign in, or"
                            + " ask an administrator for a link.");
        }
    }

    private static Problem gone() {
        return Problem.forbidden(
                "password-link.unknown",
                "This link is not one of ours. Copy the whole link, or ask for a new one.");
    }
}
