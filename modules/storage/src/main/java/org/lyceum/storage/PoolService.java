package org.lyceum.storage;

import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** How the pool is, and making it larger while people work. Blocking. */
public final class PoolService {

    private static final Logger log = LoggerFactory.getLogger(PoolService.class);

    /**
     * The latest growth, as long as this process lives.
     *
     * @param endedAt null while it goes on
     * @param failure null unless it failed
     */
    public record Growth(
            long bytes, Instant startedAt, @Nullable Instant endedAt, @Nullable String failure) {

        Growth ended(Instant now, @Nullable String why) {
            return new Growth(bytes, startedAt, now, why);
        }
    }

    private final StorageConfig config;
    private final Keeper keeper;
    private final AuditLog audit;
    private final Clock clock;
    private final AtomicReference<@Nullable Growth> growth = new AtomicReference<>();

    PoolService(StorageConfig config, Keeper keeper, AuditLog audit, Clock clock) {
        this.config = config;
        this.keeper = keeper;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @throws Problem UNAVAILABLE storage.unwritable when it is not there
     */
    public PoolReport report() {
        try {
            return keeper.open();
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    /** The latest growth; empty when there was none since the platform started. */
    public Optional<Growth> growth() {
        return Optional.ofNullable(growth.get());
    }

    /** How large the pool can be made now: what it has, and what the disk can spare. */
    public long largestBytes() {
        return largest(report());
    }

    private long largest(PoolReport report) {
        if (!report.image()) {
            return report.totalBytes();
        }
        try {
            long free = Files.getFileStore(config.directory()).getUsableSpace();
            return report.totalBytes() + Math.max(0, free - config.reserve().value());
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    /**
     * Begins to make the pool this large; {@link #growth()} tells how it goes on.
     *
     * @throws Problem CONFLICT pool.not-an-image, pool.grows, INVALID pool.size-impossible
     */
    public Growth grow(Actor actor, long bytes) {
        var report = report();
        if (!report.image()) {
            throw Problem.conflict(
                    "pool.not-an-image",
                    "The pool is not an image; make the file system it lies on larger.");
        }
        long largest = largest(report);
        if (bytes <= report.totalBytes() || bytes > largest) {
            throw Problem.invalid(
                    "pool.size-impossible",
                    "The pool has "
                            + new Bytes(report.totalBytes())
                            + " and can have "
                            + new Bytes(largest)
                            + " at most; it cannot shrink.");
        }
        var begun = new Growth(bytes, clock.instant(), null, null);
        var before = growth.get();
        boolean goesOn = before != null && before.endedAt() == null;
        if (goesOn || !growth.compareAndSet(before, begun)) {
            throw Problem.conflict("pool.grows", "The pool is being made larger already; wait.");
        }
        audit.record(
                null,
                actor,
                AuditAction.POOL_GROWN,
                "from " + report.totalBytes() + " to " + bytes + " bytes");
        Threads.start("pool-grows", () -> grow(begun));
        return begun;
    }

    private void grow(Growth begun) {
        try {
            var report = keeper.grow(begun.bytes());
            growth.set(begun.ended(clock.instant(), null));
            log.info("pool.grown totalBytes={}", report.totalBytes());
        } catch (IOException | RuntimeException e) {
            growth.set(begun.ended(clock.instant(), String.valueOf(e.getMessage())));
            log.error("pool.not-grown bytes={} look at the disk", begun.bytes(), e);
        }
    }
}
