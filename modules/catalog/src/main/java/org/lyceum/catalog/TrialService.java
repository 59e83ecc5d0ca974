package org.lyceum.catalog;

import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;

/**
 * Which image an environment's people get: one that was tried, the one before it, or one that
 * somebody answers for. Blocking. What runs keeps what it started with.
 */
public final class TrialService {

    private static final Logger log = LoggerFactory.getLogger(TrialService.class);
    private static final Actor SELF = new Actor.Job("catalog.fall-back");

    /** In a row, before anybody's start has worked. */
    private static final int MAX_FAILED_STARTS = 2;

    private final CatalogRepository catalog;
    private final TrialRepository trials;
    private final ContainerEngine engine;
    private final TryImages job;

    TrialService(
            CatalogRepository catalog,
            TrialRepository trials,
            ContainerEngine engine,
            TryImages job) {
        this.catalog = catalog;
        this.trials = trials;
        this.engine = engine;
        this.job = job;
    }

    /** Of the community's environments by their numbers, newest first, at most 10 of each. */
    public Map<Long, List<Trial>> of(CommunityId community) {
        return trials.of(community);
    }

    /**
     * One of them.
     *
     * @throws Problem NOT_FOUND {@code environment.unknown}, {@code trial.unknown}
     */
    public Trial find(CommunityId community, long id, long trialId) {
        return trial(require(community, id), trialId);
    }

    /**
     * Has an image tried; people get it when it has passed, and what they have now until then.
     *
     * @throws Problem NOT_FOUND {@code environment.unknown}, CONFLICT {@code
     *     environment.of-platform}, {@code trial.under-way}, INVALID {@code environment.invalid},
     *     UNAVAILABLE {@code image.missing}
     */
    public Trial ask(CommunityId community, long id, String reference) {
        var environment = require(community, id);
        requireReference(reference);
        var imageId =
                engine.imageId(reference).orElseThrow(() -> ProfileResolver.missing(reference));
        var trial =
                trials.ask(environment.id(), reference, imageId, true)
                        .orElseThrow(
                                () ->
                                        Problem.conflict(
                                                "trial.under-way",
                                                "This image is being tried already; wait for the"
                                                        + " result."));
        job.soon();
        return trial;
    }

    /**
     * @throws Problem INVALID {@code environment.invalid} unless it is what images are called
     */
    public static void requireReference(String reference) {
        if (!ImagePattern.isReference(reference)) {
            throw Problem.invalid(
                    "environment.invalid",
                    "An image is written as name:tag or name@digest, in small letters.");
        }
    }

    /**
     * Gives people the image they had before.
     *
     * @throws Problem NOT_FOUND {@code environment.unknown}, CONFLICT {@code trial.no-previous},
     *     {@code environment.of-platform}, UNAVAILABLE {@code image.missing}
     */
    public void back(Actor actor, CommunityId community, long id) {
        var environment = require(community, id);
        var previous =
                trials.previous(environment)
                        .orElseThrow(
                                () ->
                                        Problem.conflict(
                                                "trial.no-previous",
                                                "This environment has had no other image that was"
                                                        + " good."));
        requireThere(previous);
        trials.promote(actor, previous, "went back");
        log.info("environment.went-back environment={} image={}", id, previous.imageId());
    }

    /**
     * Gives people an image that has not passed, because somebody answers for it.
     *
     * @throws Problem NOT_FOUND {@code trial.unknown}, CONFLICT {@code trial.under-way},
     *     UNAVAILABLE {@code image.missing}
     */
    public void promote(Actor actor, CommunityId community, long id, long trialId) {
        var environment = require(community, id);
        var trial = trial(environment, trialId);
        if (trial.endedAt() == null) {
            throw Problem.conflict(
                    "trial.under-way", "This image is being tried already; wait for the result.");
        }
        requireThere(trial);
        trials.promote(actor, trial, "promoted by hand");
        log.info("environment.promoted-by-hand environment={} image={}", id, trial.imageId());
    }

    /** All images that must not go from this machine, of all communities; some several times. */
    public List<KeptImage> keptImages() {
        return trials.keptImages();
    }

    /** A start of what the choice came to has worked. */
    public void started(LaunchSpec spec) {
        if (!spec.proven()) {
            trials.proven(spec.environmentId(), spec.imageId());
        }
    }

    /**
     * One has failed. After the second in a row of an image that nobody has started yet, people get
     * the one before it; after the first that works, failures are their people's own.
     */
    public void failed(LaunchSpec spec) {
        if (spec.proven()) {
            return;
        }
        long failed = trials.failedStart(spec.environmentId(), spec.imageId());
        if (failed < MAX_FAILED_STARTS) {
            return;
        }
        catalog.environment(spec.environmentId())
                .filter(environment -> spec.imageId().equals(environment.imageId()))
                .ifPresent(this::fallBack);
    }

    private void fallBack(Environment environment) {
        var previous =
                trials.previous(environment)
                        .filter(trial -> engine.imageId(trial.imageId()).isPresent());
        if (previous.isEmpty()) {
            log.warn("environment.cannot-fall-back environment={}", environment.id());
            return;
        }
        trials.blame(
                environment.id(),
                String.valueOf(environment.imageId()),
                "The first "
                        + MAX_FAILED_STARTS
                        + " starts of this image failed, so people got the one before it again.");
        trials.promote(SELF, previous.get(), "fell back");
        log.warn(
                "environment.fell-back environment={} image={}",
                environment.id(),
                previous.get().imageId());
    }

    private Trial trial(Environment environment, long trialId) {
        return trials.find(trialId)
                .filter(each -> each.environmentId() == environment.id())
                .orElseThrow(() -> Problem.notFound("trial.unknown", "There is no such trial."));
    }

    private void requireThere(Trial trial) {
        if (engine.imageId(trial.imageId()).isEmpty()) {
            throw ProfileResolver.missing(trial.imageReference());
        }
    }

    private Environment require(CommunityId community, long id) {
        var environment =
                catalog.environment(id)
                        .filter(each -> each.community().equals(community))
                        .orElseThrow(EnvironmentService::unknown);
        if (environment.ofPlatform()) {
            throw EnvironmentService.ofPlatform();
        }
        return environment;
    }
}
