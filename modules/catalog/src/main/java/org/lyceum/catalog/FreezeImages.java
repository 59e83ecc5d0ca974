package org.lyceum.catalog;

import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Freezes what the platform's image reference means: at the start of the process, whatever it meant
 * before, and from then on for environments that have no image yet. A job and not a part of the
 * start, because the doors must not wait for a slow engine. A server started before that finds out
 * for itself ({@link ProfileResolver}).
 */
final class FreezeImages implements Job {

    private static final Logger log = LoggerFactory.getLogger(FreezeImages.class);

    private final CatalogRepository catalog;
    private final ContainerEngine engine;
    private final String imageReference;
    private final AtomicBoolean frozen = new AtomicBoolean();

    FreezeImages(CatalogRepository catalog, ContainerEngine engine, String imageReference) {
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
        var environments =
                catalog.environmentsNamed(CatalogService.FIRST).stream()
                        .filter(there -> there.imageReference().equals(imageReference))
                        .filter(there -> !frozen.get() || there.imageId() == null)
                        .toList();
        return environments.isEmpty() ? Report.NOTHING : freeze(environments);
    }

    private Report freeze(List<Environment> environments) {
        try {
            var imageId = engine.imageId(imageReference);
            frozen.set(true);
            int changed = 0;
            for (var there : environments) {
                if (imageId.isPresent() && !imageId.get().equals(there.imageId())) {
                    catalog.freeze(there.id(), imageReference, imageId.get());
                    log.info(
                            "catalog.image-frozen environment={} id={}", there.id(), imageId.get());
                    changed++;
                }
            }
            return new Report(environments.size(), changed, 0);
        } catch (Problem engineIsDown) {
            log.warn("catalog.image-unresolved image={}", imageReference, engineIsDown);
            return new Report(environments.size(), 0, environments.size());
        }
    }
}
