package org.lyceum.platform.jobs;

import java.time.Duration;

/**
 * Work the platform does by itself. It looks at the state, makes it right, and takes no input, so
 * doing it twice or late does no harm. It does not retry: its next run is the retry.
 */
public interface Job {

    /** Constant, {@code module.what-it-does}: the actor in logs and audit lines. */
    String name();

    /** From the end of one run to the beginning of the next. */
    Duration every();

    /** Blocking, on a virtual thread; never two at once. */
    Report run();

    /** What a run did: things looked at, changed, and those that failed. */
    record Report(int looked, int changed, int failed) {

        /** Nothing to do. */
        public static final Report NOTHING = new Report(0, 0, 0);
    }
}
