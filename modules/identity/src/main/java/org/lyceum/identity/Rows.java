package org.lyceum.identity;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** How values stand in columns. */
final class Rows {

    private Rows() {}

    static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    static long flag(boolean value) {
        return value ? 1 : 0;
    }

    static boolean flag(Long column) {
        return column != 0;
    }
}
