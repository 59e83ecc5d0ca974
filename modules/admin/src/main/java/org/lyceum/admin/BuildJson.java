package org.lyceum.admin;

import org.jspecify.annotations.Nullable;
import org.lyceum.builds.Build;
import org.lyceum.builds.BuildService;
import org.lyceum.builds.ImageStock;
import org.lyceum.builds.Source;
import org.lyceum.builds.StockImage;
import org.lyceum.catalog.KeptImage;
import org.lyceum.platform.http.Meaning;

import java.time.Instant;
import java.util.List;

/** What the panel's API reads and answers about builds. */
final class BuildJson {

    private BuildJson() {}

    record Builds(
            @Meaning(
                            "The community's environments for which something was built or fetched,"
                                    + " or is to be.")
                    List<SourceLine> sources) {}

    record SourceLine(
            long environment,
            @Meaning("Null when it is built from no repository, and images are fetched for it.")
                    @Nullable String url,
            @Meaning("Branch, tag or commit; empty for what the host shows first.")
                    String reference,
            @Meaning("To be entered at the repository's host; null without a deploy key.")
                    @Nullable String publicKey,
            @Meaning("Whether a token is used.") boolean token,
            @Meaning("Newest first, at most 10.") List<BuildLine> builds) {

        static SourceLine of(
                long environment, @Nullable Source source, List<Build> builds, List<Build> queue) {
            return new SourceLine(
                    environment,
                    source == null ? null : source.address().url(),
                    source == null ? "" : source.reference(),
                    source == null ? null : source.publicKey(),
                    source != null && source.token(),
                    builds.stream().map(build -> BuildLine.of(build, queue)).toList());
        }
    }

    record BuildLine(
            long id,
            @Meaning("The image that is fetched; null when a repository is built.")
                    @Nullable String pulled,
            String url,
            String reference,
            Build.State state,
            @Meaning("What it is at, or was at last.") String step,
            @Meaning("How many builds of the machine come before it; 0 unless it waits.") int ahead,
            Instant askedAt,
            @Nullable Instant beganAt,
            @Nullable Instant endedAt,
            @Meaning("What was built; null until it is known.") @Nullable String commit,
            @Meaning("The image that came out.") @Nullable String image,
            @Meaning("Why there is no image.") @Nullable String failure) {

        static BuildLine of(Build build, List<Build> queue) {
            long ahead =
                    build.state() == Build.State.WAITING
                            ? queue.stream().filter(other -> other.id() < build.id()).count()
                            : 0;
            return new BuildLine(
                    build.id(),
                    build.pulled(),
                    build.url(),
                    build.reference(),
                    build.state(),
                    build.step(),
                    Math.toIntExact(ahead),
                    build.askedAt(),
                    build.beganAt(),
                    build.endedAt(),
                    build.commit(),
                    build.imageReference(),
                    build.failure());
        }
    }

    /** What the machine keeps of images that were built or fetched here. */
    record Images(
            @Meaning("What they may take before those that nothing needs go, oldest first.")
                    long budgetBytes,
            @Meaning("What they take.") long takenBytes,
            @Meaning("Oldest first.") List<ImageLine> items) {

        static Images of(ImageStock stock) {
            var all = stock.list();
            return new Images(
                    stock.budget().value(),
                    all.stream().mapToLong(StockImage::ownBytes).sum(),
                    all.stream().map(ImageLine::of).toList());
        }
    }

    record ImageLine(
            String id,
            @Meaning("What it is called.") String image,
            @Meaning("Beyond the image that it was made on.") long bytes,
            Instant createdAt,
            @Meaning("Whether it came from a registry.") boolean pulled,
            @Meaning("Whether nothing needs it, so that it may go.") boolean spare,
            @Meaning("What it is needed for; empty when an image that is needed stands on it.")
                    List<ImageUse> uses) {

        static ImageLine of(StockImage image) {
            return new ImageLine(
                    image.id(),
                    image.reference(),
                    image.ownBytes(),
                    image.createdAt(),
                    image.pulled(),
                    image.spare(),
                    image.uses().stream()
                            .map(use -> new ImageUse(use.environment(), use.use()))
                            .toList());
        }
    }

    record ImageUse(@Meaning("Title of the environment.") String environment, KeptImage.Use use) {}

    record PullBody(@Meaning("Reference of an image in a registry.") String image) {}

    record SourceBody(
            @Meaning("https://host/path, ssh://git@host/path or git@host:path.") String url,
            @Meaning("Branch, tag or commit; empty for what the host shows first.")
                    @Nullable String reference,
            @Meaning("How the platform gets at it.") BuildService.Access access,
            @Meaning("With access TOKEN.") @Nullable String token) {}
}
