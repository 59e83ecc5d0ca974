package org.lyceum.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What lets one browser through to one guarded server, and what is open with it. Any thread. */
final class Pass {

    final String prefix;
    final Passes.Visitor visitor;
    final long untilNanos;

    private final Set<Runnable> closers = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    Pass(String prefix, Passes.Visitor visitor, long untilNanos) {
        this.prefix = prefix;
        this.visitor = visitor;
        this.untilNanos = untilNanos;
    }

    /** Has {@code closer} called when the pass ends, or at once if it has. */
    void opened(Runnable closer) {
        closers.add(closer);
        if (ended) {
            closer.run();
        }
    }

    void closed(Runnable closer) {
        closers.remove(closer);
    }

    void end() {
        ended = true;
        closers.forEach(Runnable::run);
    }
}
