package org.lyceum.platform.observe;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where SLF4J's lines go: standard error, which systemd or the installer keeps. {@code LYCEUM_LOG}
 * sets the level of our own lines; libraries speak from WARN on. Found by SLF4J through its service
 * file. A library for this cost a tenth of the platform's start (docs/adr/0016).
 */
public final class LogProvider implements SLF4JServiceProvider {

    private static final String OURS = "org.lyceum";

    private final LogContext context = new LogContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final ConcurrentHashMap<String, LineLogger> loggers = new ConcurrentHashMap<>();
    private final PrintStream out;
    private final Level ours;

    public LogProvider() {
        this(System.err, System.getenv("LYCEUM_LOG"));
    }

    LogProvider(PrintStream out, String level) {
        this.out = out;
        this.ours = level(level);
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, this::logger);
    }

    private LineLogger logger(String name) {
        boolean own = name.equals(OURS) || name.startsWith(OURS + ".");
        return new LineLogger(name, own ? ours : Level.WARN, context, out);
    }

    /** A level nobody knows is INFO: a typing error must not keep the platform from starting. */
    private static Level level(String name) {
        try {
            return name == null ? Level.INFO : Level.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            return Level.INFO;
        }
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0";
    }

    @Override
    public void initialize() {
        // Everything is there from the beginning.
    }
}
