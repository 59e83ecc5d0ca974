package org.lyceum.files;

import org.lyceum.platform.jobs.Job;

import java.time.Clock;
import java.time.Duration;

/**
 * Removes sharing links that are over. They are good for nothing from their day on; for a month
 * more, who comes too late is told so, and by whom it was.
 */
final class RemoveSharingLinks implements Job {

    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final SharingLinkRepository links;
    private final Clock clock;

    RemoveSharingLinks(SharingLinkRepository links, Clock clock) {
        this.links = links;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "files.remove-sharing-links";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public Report run() {
        int all = 0;
        for (int some = -1; some != 0; all += some) {
            some = links.remove(clock.instant().minus(REMEMBERED));
        }
        return new Report(all, all, 0);
    }
}
