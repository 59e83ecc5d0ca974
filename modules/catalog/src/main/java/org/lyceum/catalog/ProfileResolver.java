package org.lyceum.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what a user chose into what is run. Blocking. */
public final class ProfileResolver {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CatalogRepository catalog;
    private final Belongings belongings;
    private final ContainerEngine engine;
    private final Runtimes runtimes;
    private final DeviceKinds devices;

    ProfileResolver(
            CatalogRepository catalog,
            Belongings belongings,
            ContainerEngine engine,
            DeviceKinds devices,
            Runtimes runtimes) {
        this.catalog = catalog;
        this.belongings = belongings;
        this.engine = engine;
        this.devices = devices;
        this.runtimes = runtimes;
    }

    /** What servers on this machine can have besides cores and memory. */
    public DeviceKinds devices() {
        return devices;
    }

    /** What the user may pick, in the order people see; at most 100. */
    public List<Profile> offered(CommunityId community, UserId user) {
        return belongings.offered(catalog.profiles(community), community, user);
    }

    /**
     * Resolves a choice at this moment.
     *
     * @param user who must be offered it
     * @param userOptions as JupyterHub's API takes them and {@link UserOptions} reads them; without
     *     a profile it is the first that is offered
     * @throws Problem INVALID {@code profile.unknown}, {@code profile.choice-unknown}, {@code
     *     profile.image-refused}, UNAVAILABLE {@code image.missing}, {@code device.undeclared},
     *     {@code server.runtime-missing}, and those of the container engine
     */
    public LaunchSpec resolve(CommunityId community, UserId user, Map<String, Object> userOptions) {
        var options = new UserOptions(userOptions);
        var profile = chosen(offered(community, user), options.profile());
        runtimes.requireStartable(runtimes.of(profile));
        var picked = Picked.of(profile, options);
        var device = picked.size().device();
        if (device != null) {
            devices.requireThere(profile.title(), device);
        }
        var environment = environment(picked);
        var free = picked.freeImage();
        if (free != null) {
            var imageId = engine.imageId(free).orElseThrow(() -> missing(free));
            return spec(profile, picked, environment, free, imageId);
        }
        var imageId = present(environment).orElseThrow(() -> notReady(environment));
        return spec(profile, picked, environment, environment.imageReference(), imageId);
    }

    private Environment environment(Picked picked) {
        return catalog.environment(picked.environmentId())
                .orElseThrow(() -> new IllegalStateException("one in use is not removed"));
    }

    private LaunchSpec spec(
            Profile profile,
            Picked picked,
            Environment environment,
            String imageReference,
            String imageId) {
        return new LaunchSpec(
                imageId,
                imageReference,
                environment.command(),
                environment.defaultUrl(),
                picked.size(),
                profile.network(),
                environment.web(),
                environment.id(),
                environment.proven() || !imageId.equals(environment.imageId()),
                runtimes.of(profile),
                snapshot(profile, picked, environment, imageReference, imageId));
    }

    /**
     * What somebody who picks this profile and nothing else would get, for what is prepared before
     * anybody does.
     *
     * @param profile by name; empty for the first one
     * @return empty when the community does not offer it or its image is not on this machine
     * @throws Problem those of the container engine
     */
    public Optional<LaunchSpec> offered(CommunityId community, String profile) {
        return catalog.profiles(community).stream()
                .filter(each -> profile.isEmpty() || each.name().equals(profile))
                .findFirst()
                .flatMap(this::usual);
    }

    private Optional<LaunchSpec> usual(Profile profile) {
        var picked = Picked.of(profile, new UserOptions(Map.of()));
        var environment = environment(picked);
        return present(environment)
                .map(id -> spec(profile, picked, environment, environment.imageReference(), id));
    }

    private static Profile chosen(List<Profile> offered, @Nullable String name) {
        return offered.stream()
                .filter(profile -> name == null || profile.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                Problem.invalid(
                                        "profile.unknown",
                                        name == null
                                                ? "Nothing is offered to you here yet; ask an"
                                                        + " administrator for a profile."
                                                : "There is no profile of that name; choose one of"
                                                        + " those on the start page."));
    }

    /** The frozen image; when it is gone, what its reference means now, frozen anew. */
    private Optional<String> present(Environment environment) {
        var frozen = environment.imageId();
        if (frozen != null && engine.imageId(frozen).isPresent()) {
            return Optional.of(frozen);
        }
        if (!environment.ofPlatform()) {
            return Optional.empty(); // what else the name may mean by now has not been tried
        }
        var now = engine.imageId(environment.imageReference());
        now.ifPresent(id -> catalog.freeze(environment.id(), environment.imageReference(), id));
        return now;
    }

    private static Problem notReady(Environment environment) {
        return environment.imageId() != null || environment.ofPlatform()
                ? missing(environment.imageReference())
                : Problem.of(
                        Problem.Kind.UNAVAILABLE,
                        "image.untried",
                        "“"
                                + environment.title()
                                + "” is not ready: its image has not been tried, or has not passed."
                                + " Pick something else, or ask an administrator.");
    }

    static Problem missing(String image) {
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "image.missing",
                "The image "
                        + image
                        + " is not on this machine; an administrator"
                        + " can build it with 'installer/lyceum images build scientific', or"
                        + " bring another one there.");
    }

    private String snapshot(
            Profile profile,
            Picked picked,
            Environment environment,
            String imageReference,
            String imageId) {
        var size = picked.size();
        var web = environment.web();
        var snapshot =
                JSON.createObjectNode()
                        .put("profile", profile.name())
                        .put("profileId", profile.id())
                        .put("choices", picked.words())
                        .put("environment", environment.name())
                        .put("image", imageReference)
                        .put("imageId", imageId)
                        .put("defaultUrl", environment.defaultUrl())
                        .put("memoryBytes", size.memory().value())
                        .put("promisedBytes", size.promised().value())
                        .put("milliCpus", size.milliCpus())
                        .put("pids", size.pids())
                        .put("network", profile.network().word())
                        .put("runtime", runtimes.of(profile));
        if (size.device() != null) {
            snapshot.putObject("device")
                    .put("kind", size.device().kind())
                    .put("count", size.device().count());
        }
        if (web != null) {
            web.writeTo(snapshot);
        }
        return snapshot.toString();
    }
}
