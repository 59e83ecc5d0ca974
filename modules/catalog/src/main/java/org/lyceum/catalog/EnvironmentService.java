package org.lyceum.catalog;

import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Environments as administrators make them. Blocking. What runs keeps what it started with. */
public final class EnvironmentService {

    private static final Logger log = LoggerFactory.getLogger(EnvironmentService.class);

    private static final int MAX_TITLE = 200;
    private static final int MAX_ARGUMENTS = 50;
    private static final int MAX_ARGUMENT = 1_000;
    private static final int MAX_URL = 500;
    private static final int MAX_PORT = 65_535;

    private final CatalogRepository catalog;
    private final EnvironmentRepository environments;
    private final Runnable lookForImages;

    /**
     * @param lookForImages finds out what new references mean
     */
    EnvironmentService(
            CatalogRepository catalog, EnvironmentRepository environments, Runnable lookForImages) {
        this.catalog = catalog;
        this.environments = environments;
        this.lookForImages = lookForImages;
    }

    /**
     * Makes an environment. Nobody can start it before its image is on this machine and has been
     * tried.
     *
     * @throws Problem INVALID {@code environment.invalid}, CONFLICT {@code environment.exists},
     *     {@code environment.too-many}
     */
    public Environment create(Actor actor, CommunityId community, Environment.Draft draft) {
        require(draft);
        var made = environments.create(actor, community, draft);
        log.info("environment.created community={} environment={}", community, made.id());
        lookForImages.run();
        return catalog.environment(made.id()).orElse(made);
    }

    /**
     * Replaces all that there is to decide, but the image once there is one: another is tried first
     * ({@link TrialService#ask}).
     *
     * @throws Problem INVALID {@code environment.image-is-tried}, NOT_FOUND {@code
     *     environment.unknown}, STALE {@code environment.stale}, CONFLICT {@code
     *     environment.of-platform}, and as {@link #create}
     */
    public Environment change(
            Actor actor, CommunityId community, long id, long version, Environment.Draft draft) {
        var before = require(community, id, version);
        require(draft);
        boolean follows =
                draft.name().equals(before.name())
                        && draft.imageReference().equals(before.imageReference());
        if (before.ofPlatform() && !follows) {
            throw ofPlatform();
        }
        boolean moved = !draft.imageReference().equals(before.imageReference());
        if (before.imageId() != null && moved) {
            throw Problem.invalid(
                    "environment.image-is-tried",
                    "Another image is tried before people get it; have it tried instead.");
        }
        var changed = environments.change(actor, before, draft);
        log.info("environment.changed community={} environment={}", community, id);
        lookForImages.run();
        return catalog.environment(id).orElse(changed);
    }

    /**
     * @throws Problem NOT_FOUND {@code environment.unknown}, STALE {@code environment.stale},
     *     CONFLICT {@code environment.in-use}
     */
    public void delete(Actor actor, CommunityId community, long id, long version) {
        environments.delete(actor, require(community, id, version));
        log.info("environment.deleted community={} environment={}", community, id);
    }

    private Environment require(CommunityId community, long id, long version) {
        var environment =
                catalog.environment(id)
                        .filter(each -> each.community().equals(community))
                        .orElseThrow(EnvironmentService::unknown);
        if (environment.version() != version) {
            throw stale();
        }
        return environment;
    }

    static void require(Environment.Draft draft) {
        ProfileRules.requireName("An environment's name", draft.name());
        ProfileRules.requireText("An environment's title", draft.title(), 1, MAX_TITLE);
        if (!ImagePattern.isReference(draft.imageReference())) {
            throw invalid("An image is written as name:tag or name@digest, in small letters.");
        }
        boolean words =
                draft.command().stream()
                        .allMatch(word -> word.length() <= MAX_ARGUMENT && word.indexOf('\0') < 0);
        if (draft.command().isEmpty() || draft.command().size() > MAX_ARGUMENTS || !words) {
            throw invalid("A command has 1 to " + MAX_ARGUMENTS + " words.");
        }
        var url = draft.defaultUrl();
        if (url.length() > MAX_URL || !(url.isEmpty() || url.startsWith("/"))) {
            throw invalid("The page to open is empty or begins with a slash, such as /lab.");
        }
        var web = draft.web();
        if (web != null) {
            require(web);
        }
    }

    private static void require(WebApplication web) {
        if (web.port() < 1 || web.port() > MAX_PORT) {
            throw invalid("A port is 1 to " + MAX_PORT + ".");
        }
        var path = web.readyPath();
        boolean plain = path.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!path.startsWith("/") || path.length() > MAX_URL || !plain) {
            throw invalid("The path that tells when it is up begins with a slash, such as /.");
        }
    }

    private static Problem invalid(String sentence) {
        return Problem.invalid("environment.invalid", sentence);
    }

    static Problem unknown() {
        return Problem.notFound("environment.unknown", "There is no such environment.");
    }

    static Problem ofPlatform() {
        return Problem.conflict(
                "environment.of-platform",
                "The image of this environment is the platform's own setting; make another"
                        + " environment for another image.");
    }

    static Problem stale() {
        return Problem.of(
                Problem.Kind.STALE,
                "environment.stale",
                "Somebody else has changed this environment meanwhile; look at it again.");
    }
}
