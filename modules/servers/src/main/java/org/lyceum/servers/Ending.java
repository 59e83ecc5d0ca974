package org.lyceum.servers;

import org.jspecify.annotations.Nullable;

/**
 * How a server ended: exactly one reason, and what is known besides.
 *
 * @param detail a sentence, such as which process took the memory; null when there is nothing to
 *     add
 * @param log the last lines the server wrote, for its user only; null where they say nothing
 */
public record Ending(StopReason reason, @Nullable String detail, @Nullable String log) {

    /** A screen of lines; the whole log goes with the container. */
    static final int MAX_LOG = 2000;

    private static final int MAX_DETAIL = 500;

    public Ending {
        detail = detail == null || detail.isBlank() ? null : last(detail.strip(), MAX_DETAIL);
        log = log == null || log.isBlank() ? null : last(log.strip(), MAX_LOG);
    }

    static Ending of(StopReason reason) {
        return new Ending(reason, null, null);
    }

    private static String last(String text, int length) {
        return text.length() <= length ? text : text.substring(text.length() - length);
    }

    /** One line for the audit log, without what the server wrote. */
    String line() {
        return detail == null ? reason.name() : reason.name() + ": " + detail;
    }
}
