package org.lyceum.storage;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.jobs.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;

/**
 * Has the pool mounted, and says what it can do and whenever that changes. One that does not come
 * up must not keep the platform down: who needs a folder is told, and the next run tries again.
 */
final class OpenPool implements Job {

    private static final Logger log = LoggerFactory.getLogger(OpenPool.class);

    private final Keeper keeper;
    private @Nullable PoolKind told;
    private boolean toldClosed;

    OpenPool(Keeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public String name() {
        return "storage.open-pool";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public synchronized Report run() {
        try {
            var pool = keeper.open();
            boolean changed = toldClosed || told != pool.kind();
            if (changed) {
                tell(pool);
            }
            told = pool.kind();
            toldClosed = false;
            return new Report(1, changed ? 1 : 0, 0);
        } catch (IOException e) {
            if (!toldClosed) {
                log.error("pool.closed nobody can start a server until the pool is back", e);
            }
            toldClosed = true;
            return new Report(1, 0, 1);
        }
    }

    private static void tell(PoolReport pool) {
        log.info(
                "pool.open kind={} image={} totalBytes={} availableBytes={}",
                pool.kind(),
                pool.image(),
                pool.totalBytes(),
                pool.availableBytes());
        if (!pool.kind().abilities().snapshots()) {
            log.warn("pool.no-snapshots no earlier versions of files are kept in this pool");
        }
        if (!pool.kind().abilities().bytes()) {
            log.warn(
                    "pool.not-enforced limits on folders are shown and not enforced; see"
                            + " 'installer/lyceum storage status'");
        }
    }
}
