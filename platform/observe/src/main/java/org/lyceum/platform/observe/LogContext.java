package org.lyceum.platform.observe;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.MDC;

/** The request and the actor that the log and audit lines of this thread belong to. */
public final class LogContext {

    static final String REQUEST = "request";
    static final String ACTOR = "actor";

    private LogContext() {}

    /** Runs {@code work} with both on every line; afterwards all is as before. */
    public static <T> T with(String requestId, String actor, Supplier<T> work) {
        var before = MDC.getCopyOfContextMap();
        MDC.put(REQUEST, requestId);
        MDC.put(ACTOR, actor);
        try {
            return work.get();
        } finally {
            if (before == null) {
                MDC.clear();
            } else {
                MDC.setContextMap(before);
            }
        }
    }

    /** Puts {@code actor} on the lines that follow, once it is known who asks. */
    public static void actor(String actor) {
        MDC.put(ACTOR, actor);
    }

    /** The request this thread works for. */
    public static Optional<String> requestId() {
        return Optional.ofNullable(MDC.get(REQUEST));
    }
}
