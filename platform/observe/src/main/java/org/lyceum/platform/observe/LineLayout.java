package org.lyceum.platform.observe;

import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** Writes an event as one line, and its stack, if it has one, below it. */
final class LineLayout {

    /** A longer line is cut: it would be somebody's file, not an event. */
    static final int MAX_LINE = 4_000;

    private LineLayout() {}

    static String line(
            Instant at,
            Level level,
            String message,
            Map<String, String> context,
            @Nullable Throwable failure) {
        var line = new StringBuilder(160);
        line.append(at.truncatedTo(ChronoUnit.MILLIS));
        line.append(' ').append(level).append(' ').append(printable(message));
        if (!context.isEmpty()) {
            new TreeMap<>(context)
                    .forEach(
                            (key, value) ->
                                    line.append(' ')
                                            .append(key)
                                            .append('=')
                                            .append(printable(value)));
        }
        line.append('\n');
        if (failure != null) {
            var stack = new StringWriter();
            failure.printStackTrace(new PrintWriter(stack));
            line.append(lines(stack.toString()));
        }
        return line.toString();
    }

    /**
     * Keeps what somebody typed from looking like a line of ours: control characters are escaped.
     */
    static String printable(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints()
                .limit(MAX_LINE)
                .forEach(
                        c -> {
                            if (Character.isISOControl(c)
                                    || Character.getType(c) == Character.FORMAT
                                    || c == 0x2028
                                    || c == 0x2029) {
                                shown.append(String.format("\\u%04x", c));
                            } else {
                                shown.appendCodePoint(c);
                            }
                        });
        return text.length() > MAX_LINE ? shown.append('…').toString() : shown.toString();
    }

    /** A stack has lines of its own; an exception's message may not add to them. */
    private static String lines(String stack) {
        var shown = new StringBuilder(stack.length());
        for (var line : stack.split("\n")) {
            shown.append("    ")
                    .append(printable(line.stripTrailing().replace("\t", "  ")))
                    .append('\n');
        }
        return shown.toString();
    }
}
