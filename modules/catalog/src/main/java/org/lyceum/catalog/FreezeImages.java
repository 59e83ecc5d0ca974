package org.lyceum.catalog;

import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Freezes what image references mean. The platform's own: at the start of the process, whatever it
 * meant before. Every other one: as soon as it means something, that is put in line to be tried. A
 * job and not a part of the start, because the doors must not wait for a slow engine. A server
 * started before that finds out for itself ({@link ProfileResolver}).
 */
final class FreezeImages implements Job {

    private static final Logger log = LoggerFactory.getLogger(FreezeImages.class);

    /** Looked for in one run; more than that without an image is a mistake. */
    private static final int BATCH = 200;

    private final CatalogRepository catalog;
    private final ContainerEngine engine;
    private final String imageReference;
    private final TrialRepository trials;
    private final TryImages job;
    private final AtomicBoolean frozen = new AtomicBoolean();

    FreezeImages(
            CatalogRepository catalog,
            ContainerEngine engine,
            String imageReference,
            TrialRepository trials,
            TryImages job) {
        this.trials = trials;
        this.job = job;
        this.catalog = catalog;
        this.engine = engine;
        this.imageReference = imageReference;
    }

    @Override
    public String name() {
        return "catalog.freeze-images";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Report run() {
        try {
            var ofPlatform = freeze(imageReference, ofPlatform());
            frozen.set(true);
            int looked = ofPlatform.looked();
            int changed = ofPlatform.changed();
            var others =
                    catalog.environmentsWithoutImage(BATCH).stream()
                            .filter(there -> !there.ofPlatform())
                            .collect(Collectors.groupingBy(Environment::imageReference));
            for (var reference : others.entrySet()) {
                looked += reference.getValue().size();
                changed += haveTried(reference.getKey(), reference.getValue());
            }
            return new Report(looked, changed, 0);
        } catch (Problem engineIsDown) {
            log.warn("catalog.image-unresolved image={}", imageReference, engineIsDown);
            return new Report(1, 0, 1);
        }
    }

    /** An administrator's image is nothing that people get before it was tried. */
    private int haveTried(String reference, List<Environment> environments) {
        var imageId = engine.imageId(reference);
        int asked = 0;
        for (var there : environments) {
            if (imageId.isPresent()
                    && trials.ask(there.id(), reference, imageId.get(), false).isPresent()) {
                asked++;
            }
        }
        if (asked > 0) {
            job.soon();
        }
        return asked;
    }

    private List<Environment> ofPlatform() {
        return catalog.environmentsNamed(CatalogService.FIRST).stream()
                .filter(there -> there.imageReference().equals(imageReference))
                .filter(there -> !frozen.get() || there.imageId() == null)
                .toList();
    }

    /** Asks the engine once, however many environments are of the reference. */
    private Report freeze(String reference, List<Environment> environments) {
        var imageId = environments.isEmpty() ? Optional.<String>empty() : engine.imageId(reference);
        int changed = 0;
        for (var there : environments) {
            if (imageId.isPresent() && !imageId.get().equals(there.imageId())) {
                catalog.freeze(there.id(), reference, imageId.get());
                log.info("catalog.image-frozen environment={} id={}", there.id(), imageId.get());
                changed++;
            }
        }
        return new Report(environments.size(), changed, 0);
    }
}
