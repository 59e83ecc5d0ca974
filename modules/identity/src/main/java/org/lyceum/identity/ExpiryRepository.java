package org.lyceum.identity;

import static org.lyceum.platform.schema.identity.Tables.IDENTITY_CODE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_PASSWORD_LINK;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SESSION;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_SHARE_CODE;
import static org.lyceum.platform.schema.identity.Tables.IDENTITY_TOKEN;

import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.lyceum.platform.db.Database;

import java.time.Duration;
import java.time.Instant;

/** Deletes what has expired. */
final class ExpiryRepository {

    /** Rows per transaction: other writers wait a few milliseconds at most. */
    private static final int BATCH = 1_000;

    /** So long somebody who comes too late is told that, and not that there was no such link. */
    private static final Duration TOLD = Duration.ofDays(90);

    private final Database db;

    ExpiryRepository(Database db) {
        this.db = db;
    }

    /** Returns how many rows went; at most a thousand of each kind, the next run takes the rest. */
    int remove(Instant now) {
        return remove(IDENTITY_CODE, IDENTITY_CODE.HASH, IDENTITY_CODE.EXPIRES_AT, now)
                + remove(IDENTITY_TOKEN, IDENTITY_TOKEN.ID, IDENTITY_TOKEN.EXPIRES_AT, now)
                + remove(IDENTITY_SESSION, IDENTITY_SESSION.ID, IDENTITY_SESSION.EXPIRES_AT, now)
                + remove(
                        IDENTITY_SHARE_CODE,
                        IDENTITY_SHARE_CODE.ID,
                        IDENTITY_SHARE_CODE.EXPIRES_AT,
                        now)
                + remove(
                        IDENTITY_PASSWORD_LINK,
                        IDENTITY_PASSWORD_LINK.ID,
                        IDENTITY_PASSWORD_LINK.EXPIRES_AT,
                        now.minus(TOLD));
    }

    private <T> int remove(
            Table<?> table, Field<T> key, TableField<?, Long> expiresAt, Instant now) {
        return db.write(
                tx ->
                        tx.deleteFrom(table)
                                .where(
                                        key.in(
                                                tx.select(key)
                                                        .from(table)
                                                        .where(expiresAt.le(now.toEpochMilli()))
                                                        .limit(BATCH)))
                                .execute());
    }
}
