package org.lyceum.files;

import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.storage.FolderKind;
import org.lyceum.storage.FolderService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/** Removes for good what has been in the trash of a folder for longer than the setting says. */
final class ExpireTrash implements Job {

    private static final Logger log = LoggerFactory.getLogger(ExpireTrash.class);

    /** Folders looked up at once; memory, not a limit on how many there are. */
    private static final int PAGE = 500;

    private final FolderService folders;
    private final TrashService trash;
    private final Duration age;

    ExpireTrash(FolderService folders, TrashService trash, Duration age) {
        this.folders = folders;
        this.trash = trash;
        this.age = age;
    }

    @Override
    public String name() {
        return "files.expire-trash";
    }

    /** An age counts in days. */
    @Override
    public Duration every() {
        return Duration.ofHours(12);
    }

    @Override
    public Report run() {
        var total = Report.NOTHING;
        for (var kind : FolderKind.values()) {
            var report = run(kind);
            total =
                    new Report(
                            total.looked() + report.looked(),
                            total.changed() + report.changed(),
                            total.failed() + report.failed());
        }
        return total;
    }

    private Report run(FolderKind kind) {
        int looked = 0;
        int changed = 0;
        int failed = 0;
        long after = 0;
        while (true) {
            var page = folders.made(kind, after, PAGE);
            for (var folder : page) {
                looked++;
                after = folder.number();
                try {
                    int gone = trash.expire(folder.key(), age);
                    changed += gone > 0 ? 1 : 0;
                } catch (
                        Problem problem) { // one folder must not keep the rest from being looked at
                    failed++;
                    log.warn("trash.not-expired folder={}", folder.key(), problem);
                }
            }
            if (page.size() < PAGE) {
                return new Report(looked, changed, failed);
            }
        }
    }
}
