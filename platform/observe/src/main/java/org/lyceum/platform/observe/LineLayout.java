package org.lyceum.platform.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** Writes an event as one line, and its stack, if it has one, below it. */
final class LineLayout extends LayoutBase<ILoggingEvent> {

    /** A longer line is cut: it would be somebody's file, not an event. */
    static final int MAX_LINE = 4_000;

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder(160);
        line.append(Instant.ofEpochMilli(event.getTimeStamp()).truncatedTo(ChronoUnit.MILLIS));
        line.append(' ').append(event.getLevel()).append(' ');
        line.append(printable(event.getFormattedMessage()));
        for (Map.Entry<String, String> entry :
                new TreeMap<>(event.getMDCPropertyMap()).entrySet()) {
            line.append(' ').append(entry.getKey()).append('=').append(printable(entry.getValue()));
        }
        line.append('\n');
        if (event.getThrowableProxy() != null) {
            line.append(lines(ThrowableProxyUtil.asString(event.getThrowableProxy())));
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
