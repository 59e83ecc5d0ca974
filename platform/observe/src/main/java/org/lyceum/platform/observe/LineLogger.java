package org.lyceum.platform.observe;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

import java.io.PrintStream;
import java.time.Clock;

/** Writes each event of one logger as a line, with the thread's context at its end. */
final class LineLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1;

    private final Level level;
    private final transient LogContext context;
    private final transient PrintStream out;
    private final transient Clock clock = Clock.systemUTC();

    LineLogger(String name, Level level, LogContext context, PrintStream out) {
        this.name = name;
        this.level = level;
        this.context = context;
        this.out = out;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level at,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] values,
            @Nullable Throwable failure) {
        var text = MessageFormatter.basicArrayFormat(message, values);
        // One call: lines of two threads must not mix.
        out.print(LineLayout.line(clock.instant(), at, text, context.all(), failure));
        out.flush();
    }

    private boolean on(Level at) {
        return at.toInt() >= level.toInt();
    }

    @Override
    public boolean isTraceEnabled() {
        return on(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return on(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return on(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return on(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return on(Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null; // no line names the code that wrote it
    }
}
