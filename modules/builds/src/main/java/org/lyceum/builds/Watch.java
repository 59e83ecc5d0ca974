package org.lyceum.builds;

import org.lyceum.platform.kernel.Problem;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** What a build that is under way is ended for. */
final class Watch {

    /** A measurement walks what was written, so it is not made at each look. */
    private static final Duration BETWEEN_MEASUREMENTS = Duration.ofSeconds(5);

    private final BuildsConfig config;
    private final BooleanSupplier room;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final long began = System.nanoTime();
    private long measured = began;
    private long before;

    /**
     * @param room whether the disks have any
     */
    Watch(BuildsConfig config, BooleanSupplier room) {
        this.config = config;
        this.room = room;
    }

    void cancel() {
        cancelled.set(true);
    }

    /** The platform ends. */
    void end() {
        ending.set(true);
    }

    /**
     * @param written what the step at work has written so far
     * @throws Problem when the build must end
     */
    void look(LongSupplier written) {
        if (ending.get()) {
            throw failure("build.interrupted", "The platform ended; run it again.");
        }
        if (cancelled.get()) {
            throw failure("build.cancelled", BuildRepository.CANCELLED);
        }
        long now = System.nanoTime();
        if (now - began > config.timeLimit().toNanos()) {
            throw failure(
                    "build.too-long",
                    "It took longer than builds.time-limit allows ("
                            + config.timeLimit().toMinutes()
                            + " minutes).");
        }
        if (!room.getAsBoolean()) {
            throw failure("build.disk-full", NO_ROOM);
        }
        if (now - measured > BETWEEN_MEASUREMENTS.toNanos()) {
            measured = now;
            measure(written.getAsLong());
        }
    }

    /** A step is over; what it has written counts for the next. */
    void stepEnds(long written) {
        measure(written);
        before += written;
    }

    private void measure(long written) {
        if (before + written > config.disk().value()) {
            throw failure(
                    "build.too-large",
                    "It wrote more than builds.disk allows (" + config.disk() + ").");
        }
    }

    static final String NO_ROOM =
            "The machine's disk is nearly full, so nothing is built now. An administrator must make"
                    + " room; the panel's page Storage says where.";

    static Problem failure(String code, String sentence) {
        return Problem.of(Problem.Kind.UNAVAILABLE, code, sentence);
    }
}
