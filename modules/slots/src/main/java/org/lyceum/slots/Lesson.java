package org.lyceum.slots;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is known of an image and a program in it.
 *
 * @param modules what the program had imported once it answered; empty before it was learned
 * @param fill how long making one ready took last
 * @param memory what one that waited used last
 * @param failures in a row
 * @param failure why the last try failed; null when it did not
 * @param retryAt not before then; null when the last try did not fail
 */
record Lesson(
        List<String> modules,
        Duration fill,
        Bytes memory,
        int failures,
        @Nullable String failure,
        @Nullable Instant retryAt) {

    /** What one of JupyterLab was measured to take, with a margin. */
    static final Bytes USUAL_MEMORY = Bytes.mib(160);

    static final Duration USUAL_FILL = Duration.ofSeconds(5);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(20);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    static final Lesson NONE = new Lesson(List.of(), USUAL_FILL, USUAL_MEMORY, 0, null, null);

    Lesson {
        modules = List.copyOf(modules);
    }

    boolean learned() {
        return !modules.isEmpty();
    }

    /** Whether it may be tried now. */
    boolean mayTry(Instant now) {
        return retryAt == null || !now.isBefore(retryAt);
    }

    Lesson learned(List<String> known) {
        return new Lesson(known, fill, memory, 0, null, null);
    }

    Lesson filled(Duration took, Bytes used) {
        return new Lesson(modules, took, used, 0, null, null);
    }

    /** Twice as long to the next try as to this one. */
    Lesson failed(String why, Instant now) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 10));
        var bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        return new Lesson(modules, fill, memory, failures + 1, why, now.plus(bounded));
    }
}
