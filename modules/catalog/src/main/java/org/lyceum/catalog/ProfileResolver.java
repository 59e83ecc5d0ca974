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
    private final ContainerEngine engine;

    ProfileResolver(CatalogRepository catalog, ContainerEngine engine) {
        this.catalog = catalog;
        this.engine = engine;
    }

    /**
     * What the user may pick, in the order people see; at most 100.
     *
     * @param user for profiles that are offered to some only; today everybody sees all
     */
    public List<Profile> offered(CommunityId community, UserId user) {
        return catalog.profiles(community);
    }

    /** The profile that user options name; null when they leave it to the platform. */
    public static @Nullable String name(Map<String, Object> userOptions) {
        return name(userOptions.get("profile"));
    }

    /**
     * Resolves a choice at this moment.
     *
     * @param user who must be offered it
     * @param userOptions as JupyterHub's API takes them; {@code profile} names one, else it is the
     *     first; what else is there belongs to others and is left alone
     * @throws Problem INVALID {@code profile.unknown}, UNAVAILABLE {@code image.missing}, and those
     *     of the container engine
     */
    public LaunchSpec resolve(CommunityId community, UserId user, Map<String, Object> userOptions) {
        var profile = chosen(offered(community, user), name(userOptions));
        var environment =
                catalog.environment(profile.environmentId())
                        .orElseThrow(() -> new IllegalStateException("kept by a foreign key"));
        var imageId = present(environment).orElseThrow(() -> missing(environment));
        return spec(profile, environment, imageId);
    }

    private static LaunchSpec spec(Profile profile, Environment environment, String imageId) {
        return new LaunchSpec(
                imageId,
                environment.imageReference(),
                environment.command(),
                environment.defaultUrl(),
                profile.memory(),
                profile.milliCpus(),
                profile.pids(),
                snapshot(profile, environment, imageId));
    }

    /**
     * What somebody who picks this profile would get, for what is prepared before anybody does.
     *
     * @param profile by name; empty for the first one
     * @return empty when the community does not offer it or its image is not on this machine
     * @throws Problem those of the container engine
     */
    public Optional<LaunchSpec> offered(CommunityId community, String profile) {
        return catalog.profiles(community).stream()
                .filter(each -> profile.isEmpty() || each.name().equals(profile))
                .findFirst()
                .flatMap(
                        found ->
                                catalog.environment(found.environmentId())
                                        .flatMap(
                                                environment ->
                                                        present(environment)
                                                                .map(
                                                                        id ->
                                                                                spec(
                                                                                        found,
                                                                                        environment,
                                                                                        id))));
    }

    /** JupyterHub's forms send a list of one, its API a text. */
    private static @Nullable String name(@Nullable Object option) {
        return switch (option) {
            case String text when !text.isBlank() -> text;
            case List<?> list when list.size() == 1 -> name(list.getFirst());
            case null, default -> null;
        };
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
                                                ? "Nothing is offered here yet; an administrator"
                                                        + " must add a profile."
                                                : "There is no profile of that name; choose one of"
                                                        + " those on the start page."));
    }

    /** The frozen image; when it is gone, what its reference means now, frozen anew. */
    private Optional<String> present(Environment environment) {
        var frozen = environment.imageId();
        if (frozen != null && engine.imageId(frozen).isPresent()) {
            return Optional.of(frozen);
        }
        var now = engine.imageId(environment.imageReference());
        now.ifPresent(id -> catalog.freeze(environment.id(), environment.imageReference(), id));
        return now;
    }

    private static Problem missing(Environment environment) {
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "image.missing",
                "The image "
                        + environment.imageReference()
                        + " is not on this machine; an administrator"
                        + " can build it with 'installer/lyceum images build scientific'.");
    }

    private static String snapshot(Profile profile, Environment environment, String imageId) {
        return JSON.createObjectNode()
                .put("profile", profile.name())
                .put("environment", environment.name())
                .put("image", environment.imageReference())
                .put("imageId", imageId)
                .put("defaultUrl", environment.defaultUrl())
                .put("memoryBytes", profile.memory().value())
                .put("milliCpus", profile.milliCpus())
                .put("pids", profile.pids())
                .toString();
    }
}
