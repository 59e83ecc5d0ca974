package org.lyceum.hub;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** Timestamps as JupyterHub writes and reads them. */
final class HubTime {

    private static final DateTimeFormatter SECONDS = withDigits(0);
    private static final DateTimeFormatter MICROSECONDS = withDigits(6);

    private HubTime() {}

    /**
     * UTC with six digits of a second and {@code Z}; no fraction when it is zero; null stays null.
     */
    static @Nullable String text(@Nullable Instant instant) {
        if (instant == null) {
            return null;
        }
        boolean whole = instant.get(ChronoField.MICRO_OF_SECOND) == 0;
        return (whole ? SECONDS : MICROSECONDS).format(instant);
    }

    private static DateTimeFormatter withDigits(int ofSecond) {
        return new DateTimeFormatterBuilder().appendInstant(ofSecond).toFormatter(Locale.ROOT);
    }

    /** Reads ISO 8601; without an offset it is UTC. Empty when it is something else. */
    static Optional<Instant> read(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException withoutOffset) {
            return readLocal(text);
        }
    }

    private static Optional<Instant> readLocal(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
