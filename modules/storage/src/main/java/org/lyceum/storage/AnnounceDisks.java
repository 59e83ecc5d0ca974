package org.lyceum.storage;

import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Tells, once for each step, that a disk has become fuller or emptier, and what that stops. */
final class AnnounceDisks implements Job {

    private static final Logger log = LoggerFactory.getLogger(AnnounceDisks.class);

    private final DiskGuard guard;
    private final AuditLog audit;
    private final Map<DiskPurpose, DiskUse.Level> told = new EnumMap<>(DiskPurpose.class);

    AnnounceDisks(DiskGuard guard, AuditLog audit) {
        this.guard = guard;
        this.audit = audit;
    }

    @Override
    public String name() {
        return "storage.announce-disks";
    }

    /** A disk of 100 GiB that is written to at 200 MiB/s takes 25 seconds from step to step. */
    @Override
    public Duration every() {
        return Duration.ofSeconds(20);
    }

    @Override
    public synchronized Report run() {
        int changed = 0;
        var uses = guard.look();
        for (var use : uses) {
            var before = told.put(use.purpose(), use.level());
            if (before != use.level() && (before != null || use.level() != DiskUse.Level.FINE)) {
                tell(use);
                changed++;
            }
        }
        return new Report(uses.size(), changed, 0);
    }

    private void tell(DiskUse use) {
        var words = words(use);
        switch (use.level()) {
            case FINE -> log.info("disk.fine {}", words);
            case HIGH -> log.warn("disk.high {}", words);
            case NEARLY_FULL -> log.warn("disk.nearly-full {}", words);
            case FULL -> log.error("disk.full {}", words);
        }
        audit.record(null, new Actor.Platform(), AuditAction.DISK_LEVEL_CHANGED, words);
    }

    private static String words(DiskUse use) {
        return "purpose="
                + use.purpose()
                + " level="
                + use.level()
                + " free="
                + new Bytes(use.availableBytes())
                + " at "
                + use.place();
    }
}
