package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SETUP_LINK;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_USER;

import org.jooq.DSLContext;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;

import java.time.Instant;

/** The only class that reads or writes {@code identity_setup_link}. */
final class SetupRepository {

    private static final Actor PLATFORM = new Actor.Platform();

    private final Database db;
    private final AuditLog audit;
    private final UserRepository users;

    SetupRepository(Database db, AuditLog audit, UserRepository users) {
        this.db = db;
        this.audit = audit;
        this.users = users;
    }

    boolean anyUser() {
        return db.read(sql -> sql.fetchExists(IDENTITY_USER));
    }

    /** Adds a link; from now on no older one can be used. */
    void add(String hash, Instant now, Instant expiresAt) {
        db.write(
                tx -> {
                    tx.update(IDENTITY_SETUP_LINK)
                            .set(IDENTITY_SETUP_LINK.EXPIRES_AT, now.toEpochMilli())
                            .where(IDENTITY_SETUP_LINK.EXPIRES_AT.gt(now.toEpochMilli()))
                            .execute();
                    tx.insertInto(IDENTITY_SETUP_LINK)
                            .set(IDENTITY_SETUP_LINK.HASH, hash)
                            .set(IDENTITY_SETUP_LINK.CREATED_AT, now.toEpochMilli())
                            .set(IDENTITY_SETUP_LINK.EXPIRES_AT, expiresAt.toEpochMilli())
                            .execute();
                    audit.record(tx, PLATFORM, AuditAction.SETUP_LINK_MADE, "platform", null, null);
                    return true;
                });
    }

    void check(String hash, Instant now) {
        db.read(
                sql -> {
                    requireUsable(sql, hash, now);
                    return true;
                });
    }

    /** One update decides, so of two callers exactly one makes a user. */
    User redeem(String hash, String name, String passwordHash, Instant now) {
        return db.write(
                tx -> {
                    int rows =
                            tx.update(IDENTITY_SETUP_LINK)
                                    .set(IDENTITY_SETUP_LINK.USED_AT, now.toEpochMilli())
                                    .where(IDENTITY_SETUP_LINK.HASH.eq(hash))
                                    .and(IDENTITY_SETUP_LINK.USED_AT.isNull())
                                    .and(IDENTITY_SETUP_LINK.EXPIRES_AT.gt(now.toEpochMilli()))
                                    .execute();
                    if (rows == 0) {
                        requireUsable(tx, hash, now);
                    }
                    var user = users.insert(tx, PLATFORM, name, true, now);
                    users.insertPassword(tx, user.id(), passwordHash, now);
                    audit.record(
                            tx,
                            user.actor(),
                            AuditAction.SETUP_LINK_USED,
                            "user:" + user.id(),
                            null,
                            null);
                    return user;
                });
    }

    private static void requireUsable(DSLContext sql, String hash, Instant now) {
        var link =
                sql.selectFrom(IDENTITY_SETUP_LINK)
                        .where(IDENTITY_SETUP_LINK.HASH.eq(hash))
                        .fetchOne();
        if (link == null) {
            throw refuse(
                    "setup.link-unknown",
                    "This is not a set-up link of this platform; copy the whole link, or make a new"
                            + " one with 'installer/lyceum setup-link'.");
        }
        if (link.getUsedAt() != null) {
            throw refuse(
                    "setup.link-used",
                    "This set-up link has been used; sign in with the name and password that were"
                            + " chosen then.");
        }
        if (link.getExpiresAt() <= now.toEpochMilli()) {
            throw refuse(
                    "setup.link-expired",
                    "This set-up link has expired, or a newer one was made; make a new one with"
                            + " 'installer/lyceum setup-link'.");
        }
    }

    private static Problem refuse(String code, String message) {
        return Problem.forbidden(code, message);
    }
}
