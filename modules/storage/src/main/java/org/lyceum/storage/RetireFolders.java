package org.lyceum.storage;

import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Actor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Takes folders that have become nobody's out of reach, gives back those whose owner has returned,
 * and removes those whose day has come (ADR 0028). Looks at what is there and hears no news: an end
 * in the middle of anything is taken up by the next run.
 */
final class RetireFolders implements Job {

    private static final Logger log = LoggerFactory.getLogger(RetireFolders.class);

    private static final Actor SELF = new Actor.Job("storage.retire-folders");

    /** Servers have this long to end before their files are taken from them. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Of each kind of work in one run; the rest has time until the next. */
    private static final int AT_ONCE = 500;

    private final LeavingRepository rows;
    private final LeavingService leaving;
    private final Keeper keeper;
    private final Clock clock;

    RetireFolders(LeavingRepository rows, LeavingService leaving, Keeper keeper, Clock clock) {
        this.rows = rows;
        this.leaving = leaving;
        this.keeper = keeper;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "storage.retire-folders";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public synchronized Report run() {
        try {
            keeper.open();
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
        var now = clock.instant();
        var pass = new Pass();
        pass.each(rows.returned(AT_ONCE), "back", folder -> leaving.giveBack(SELF, folder));
        pass.each(rows.toSeal(now.minus(PATIENCE), AT_ONCE), "sealed", this::seal);
        pass.each(rows.beginRemoving(now, AT_ONCE), "removed", this::remove);
        int noted = rows.note(now, now.plus(leaving.age()), AT_ONCE);
        if (noted > 0) {
            log.info("folder.leaving count={} keptDays={}", noted, leaving.age().toDays());
        }
        return new Report(pass.looked + noted, pass.changed + noted, pass.failed);
    }

    private void seal(Folder folder) throws IOException {
        keeper.seal(folder);
        rows.sealed(folder);
    }

    private void remove(Folder folder) throws IOException {
        keeper.remove(folder);
        rows.removed(SELF, folder);
    }

    @FunctionalInterface
    private interface Work {
        void on(Folder folder) throws IOException;
    }

    /** One folder must not keep the rest from being looked at. */
    private static final class Pass {

        private int looked;
        private int changed;
        private int failed;

        void each(List<Folder> folders, String what, Work work) {
            for (var folder : folders) {
                looked++;
                try {
                    work.on(folder);
                    changed++;
                    log.info("folder.{} folder={}", what, folder.key());
                } catch (IOException e) {
                    failed++;
                    log.warn("folder.not-{} folder={}", what, folder.key(), e);
                }
            }
        }
    }
}
