package org.lyceum.builds;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.CatalogService;
import org.lyceum.catalog.Environment;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.Vault;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Says what environments are built from, and has them built. Blocking. */
public final class BuildService {

    /** In line at once, over all communities: hours of work. */
    private static final int MAX_WAITING = 50;

    private static final int MAX_TOKEN = 500;

    private final CatalogService catalog;
    private final SourceRepository sources;
    private final BuildRepository builds;
    private final BuildLogs logs;
    private final RunBuilds job;
    private final Vault vault;
    private final BooleanSupplier room;

    BuildService(
            CatalogService catalog,
            SourceRepository sources,
            BuildRepository builds,
            BuildLogs logs,
            RunBuilds job,
            Vault vault,
            BooleanSupplier room) {
        this.catalog = catalog;
        this.sources = sources;
        this.builds = builds;
        this.logs = logs;
        this.job = job;
        this.vault = vault;
        this.room = room;
    }

    /** How the platform gets at a repository. */
    public enum Access {
        /** Anybody may read it. */
        OPEN,
        /** With a key that the platform makes and whose public half the host is told. */
        DEPLOY_KEY,
        /** With a token that somebody has got from the host. */
        TOKEN,
        /** As before, while the address stays. */
        UNCHANGED
    }

    /** Of the community's environments by their numbers. */
    public Map<Long, Source> sources(CommunityId community) {
        return sources.of(numbers(community));
    }

    /** Of the community's environments by their numbers, newest first, at most 10 of each. */
    public Map<Long, List<Build>> builds(CommunityId community) {
        return builds.of(numbers(community)).stream()
                .collect(Collectors.groupingBy(Build::environmentId));
    }

    /** All that are in line or under way on the machine, in the order in which they come. */
    public List<Build> queue() {
        return builds.open(MAX_WAITING + 1);
    }

    /**
     * Says where an environment's image is built from.
     *
     * @param token with {@link Access#TOKEN}
     * @throws Problem NOT_FOUND {@code environment.unknown}, CONFLICT {@code
     *     environment.of-platform}, INVALID {@code source.url-invalid}, {@code
     *     source.reference-invalid}, {@code source.access-invalid}
     */
    public Source setSource(
            Actor actor,
            CommunityId community,
            long environment,
            String url,
            String reference,
            Access access,
            String token) {
        require(community, environment);
        var address = new GitAddress(url.strip());
        var plain =
                new Source(
                        environment,
                        address,
                        GitAddress.reference(reference.strip()),
                        null,
                        null,
                        null);
        var source = opened(plain, access, token);
        sources.put(actor, community, source);
        return source;
    }

    private Source opened(Source plain, Access access, String token) {
        return switch (access) {
            case OPEN -> plain;
            case UNCHANGED -> asBefore(plain);
            case DEPLOY_KEY -> {
                if (!plain.address().ssh()) {
                    throw wrongAccess("A deploy key needs an address for ssh: git@host:path.");
                }
                var key = DeployKey.make("lyceum");
                yield with(plain, key.privateKey(), key.publicKey());
            }
            case TOKEN -> {
                boolean fits = !token.isBlank() && token.length() <= MAX_TOKEN;
                if (plain.address().ssh() || plain.address().open() || !fits) {
                    throw wrongAccess("A token needs an address that begins with https://.");
                }
                yield with(plain, Secret.presented(token.strip()), null);
            }
        };
    }

    private Source with(Source plain, Secret secret, @Nullable String publicKey) {
        return new Source(
                plain.environmentId(),
                plain.address(),
                plain.reference(),
                vault.seal(Source.purpose(plain.environmentId()), secret),
                publicKey,
                null);
    }

    /** Another address gets nothing: whoever may change it could have it sent to themselves. */
    private Source asBefore(Source plain) {
        return sources.find(plain.environmentId())
                .filter(before -> before.address().equals(plain.address()))
                .map(
                        before ->
                                new Source(
                                        plain.environmentId(),
                                        plain.address(),
                                        plain.reference(),
                                        before.sealedSecret(),
                                        before.publicKey(),
                                        before.hostKeys()))
                .orElse(plain);
    }

    private static Problem wrongAccess(String sentence) {
        return Problem.invalid("source.access-invalid", sentence);
    }

    /** The environment's image is somebody else's business again; what was built stays. */
    public void removeSource(Actor actor, CommunityId community, long environment) {
        require(community, environment);
        sources.delete(actor, community, environment);
    }

    /**
     * Has the environment's image built; people get it when it has passed its trial.
     *
     * @param ofPlatform whether the caller administers the platform
     * @throws Problem NOT_FOUND {@code environment.unknown}, {@code source.missing}, CONFLICT
     *     {@code environment.of-platform}, {@code build.under-way}, BUSY {@code build.too-many},
     *     UNAVAILABLE {@code build.disk-full}
     */
    public Build ask(Actor actor, CommunityId community, long environment, boolean ofPlatform) {
        require(community, environment);
        var source =
                sources.find(environment)
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "source.missing",
                                                "Say first which repository this environment is"
                                                        + " built from."));
        if (!room.getAsBoolean()) {
            throw Watch.failure("build.disk-full", Watch.NO_ROOM);
        }
        if (builds.waiting() >= MAX_WAITING) {
            throw Problem.of(
                    Problem.Kind.BUSY,
                    "build.too-many",
                    MAX_WAITING + " builds are in line already; try again later.");
        }
        var build =
                builds.ask(actor, community, source, ofPlatform)
                        .orElseThrow(
                                () ->
                                        Problem.conflict(
                                                "build.under-way",
                                                "This environment is being built, or in line for"
                                                        + " it; wait, or cancel that first."));
        job.soon();
        return build;
    }

    /**
     * Ends a build that waits or is under way; one that is over stays as it is.
     *
     * @throws Problem NOT_FOUND {@code build.unknown}
     */
    public Build cancel(CommunityId community, long environment, long id) {
        find(community, environment, id);
        if (!builds.cancelWaiting(id)) {
            job.cancel(id);
        }
        return find(community, environment, id);
    }

    /**
     * One build's log, from its beginning.
     *
     * @throws Problem NOT_FOUND {@code build.unknown}
     */
    public BuildLogs.Reader log(CommunityId community, long environment, long id) {
        return logs.read(find(community, environment, id).id());
    }

    private Build find(CommunityId community, long environment, long id) {
        return builds.find(id)
                .filter(build -> build.community().equals(community))
                .filter(build -> build.environmentId() == environment)
                .orElseThrow(() -> Problem.notFound("build.unknown", "There is no such build."));
    }

    private List<Long> numbers(CommunityId community) {
        return catalog.environments(community).stream().map(Environment::id).toList();
    }

    private void require(CommunityId community, long id) {
        var environment =
                catalog.environments(community).stream()
                        .filter(each -> each.id() == id)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "environment.unknown",
                                                "There is no such environment."));
        if (environment.ofPlatform()) {
            throw Problem.conflict(
                    "environment.of-platform",
                    "The image of this environment is the platform's own setting; make another"
                            + " environment for another image.");
        }
    }
}
