package org.lyceum.identity;

import java.time.Instant;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** How values stand in columns. */
final class Rows {

    private Rows() {}

    static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /**
     * The number that the insert before this gave to its row. After {@code on conflict do nothing} ask
     * for it only when a row was inserted, and do not use jOOQ's {@code returning} there: on SQLite
     * (3.21.7, measured) it answers with the row of an earlier insert.
     */
    static long lastId(DSLContext tx) {
        return tx.lastID().longValueExact();
    }

    static long flag(boolean value) {
        return value ? 1 : 0;
    }

    static boolean flag(Long column) {
        return column != 0;
    }
}
