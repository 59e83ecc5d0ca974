package org.lyceum.platform.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Writes an event as one line, and the frames of its exception below it. */
final class LogLine extends EncoderBase<ILoggingEvent> {

    /** An exception that holds exceptions; deeper ones say nothing new. */
    private static final int MAX_CAUSES = 10;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return line(event).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    static String line(ILoggingEvent event) {
        var out = new StringBuilder(160);
        out.append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
        out.append(' ').append(event.getLevel()).append(' ');
        escape(event.getFormattedMessage(), out);
        var context = event.getMDCPropertyMap();
        append(context.get(LogContext.REQUEST), " request=", out);
        append(context.get(LogContext.ACTOR), " actor=", out);
        out.append('\n');
        appendException(event.getThrowableProxy(), "", 0, out);
        return out.toString();
    }

    private static void append(@Nullable String value, String key, StringBuilder out) {
        if (value != null) {
            escape(value, out.append(key));
        }
    }

    /** A message inside an exception may hold what a visitor typed, so it is escaped as well. */
    private static void appendException(
            @Nullable IThrowableProxy thrown, String before, int depth, StringBuilder out) {
        if (thrown == null || depth >= MAX_CAUSES) {
            return;
        }
        out.append('\t').append(before).append(thrown.getClassName());
        if (thrown.getMessage() != null) {
            escape(thrown.getMessage(), out.append(": "));
        }
        out.append('\n');
        var frames = thrown.getStackTraceElementProxyArray();
        for (int i = 0; i < frames.length - thrown.getCommonFrames(); i++) {
            out.append("\t    ").append(frames[i].getSTEAsString()).append('\n');
        }
        appendException(thrown.getCause(), "caused by ", depth + 1, out);
        for (var suppressed : thrown.getSuppressed()) {
            appendException(suppressed, "suppressed ", depth + 1, out);
        }
    }

    /** Leaves nothing that a terminal or a reader of lines would take for more than text. */
    static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.append("\\n");
            } else if (c == '\r') {
                out.append("\\r");
            } else if (dangerous(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
    }

    private static boolean dangerous(char c) {
        return Character.isISOControl(c)
                || c == '\u2028' // line and paragraph separator
                || c == '\u2029'
                || (c >= '\u202a' && c <= '\u202e') // these turn the direction of what follows
                || (c >= '\u2066' && c <= '\u2069');
    }
}
