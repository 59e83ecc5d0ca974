package org.lyceum.storage;

import org.lyceum.platform.jobs.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** Empties scratch of what nobody has touched for long. */
final class SweepScratch implements Job {

    private static final Logger log = LoggerFactory.getLogger(SweepScratch.class);

    /** Folders handled at once; memory, not a limit on how many there are. */
    private static final int PAGE = 500;

    private final FolderRepository folders;
    private final Keeper keeper;
    private final Duration age;
    private final Clock clock;

    SweepScratch(FolderRepository folders, Keeper keeper, Duration age, Clock clock) {
        this.folders = folders;
        this.keeper = keeper;
        this.age = age;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "storage.sweep-scratch";
    }

    /** It walks; an age counts in days. */
    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public Report run() {
        var cutoff = clock.instant().minus(age);
        int looked = 0;
        int changed = 0;
        int failed = 0;
        long after = 0;
        while (true) {
            var page = folders.after(after, PAGE);
            if (page.isEmpty()) {
                return new Report(looked, changed, failed);
            }
            after = page.getLast().folder().number();
            for (var line : page) {
                if (line.key().kind() != FolderKind.SCRATCH || line.mark() == null) {
                    continue;
                }
                looked++;
                try {
                    int gone = keeper.sweep(line.folder(), cutoff);
                    if (gone > 0) {
                        changed++;
                        log.info("scratch.swept folder={} removed={}", line.key(), gone);
                    }
                } catch (IOException e) { // one folder must not keep the rest from being swept
                    failed++;
                    log.warn("scratch.not-swept folder={}", line.key(), e);
                }
            }
        }
    }
}
