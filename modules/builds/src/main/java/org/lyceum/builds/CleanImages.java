package org.lyceum.builds;

import org.lyceum.platform.jobs.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Removes images that nothing needs, oldest first: beyond their budget, and all of them when a disk
 * is nearly full. Not while something is built, which may stand on one of them.
 */
final class CleanImages implements Job {

    private static final Logger log = LoggerFactory.getLogger(CleanImages.class);

    private final ImageStock stock;
    private final RunBuilds builds;
    private final BooleanSupplier room;

    CleanImages(ImageStock stock, RunBuilds builds, BooleanSupplier room) {
        this.stock = stock;
        this.builds = builds;
        this.room = room;
    }

    @Override
    public String name() {
        return "builds.clean-images";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Report run() {
        return builds.whileIdle(this::clean);
    }

    private Report clean() {
        long most = room.getAsBoolean() ? stock.budget().value() : 0;
        int gone = stock.clean(most);
        if (gone > 0) {
            log.info("images.cleaned count={} most={}", gone, most);
        }
        return new Report(gone, gone, 0);
    }
}
