package org.lyceum.admin;

import org.jspecify.annotations.Nullable;
import org.lyceum.builds.Build;
import org.lyceum.builds.BuildService;
import org.lyceum.builds.Source;
import org.lyceum.platform.http.Meaning;

import java.time.Instant;
import java.util.List;

/** What the panel's API reads and answers about builds. */
final class BuildJson {

    private BuildJson() {}

    record Builds(
            @Meaning("The community's environments that are built from a repository.")
                    List<SourceLine> sources) {}

    record SourceLine(
            long environment,
            String url,
            @Meaning("Branch, tag or commit; empty for what the host shows first.")
                    String reference,
            @Meaning("To be entered at the repository's host; null without a deploy key.")
                    @Nullable String publicKey,
            @Meaning("Whether a token is used.") boolean token,
            @Meaning("Newest first, at most 10.") List<BuildLine> builds) {

        static SourceLine of(Source source, List<Build> builds, List<Build> queue) {
            return new SourceLine(
                    source.environmentId(),
                    source.address().url(),
                    source.reference(),
                    source.publicKey(),
                    source.token(),
                    builds.stream().map(build -> BuildLine.of(build, queue)).toList());
        }
    }

    record BuildLine(
            long id,
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

    record SourceBody(
            @Meaning("https://host/path, ssh://git@host/path or git@host:path.") String url,
            @Meaning("Branch, tag or commit; empty for what the host shows first.")
                    @Nullable String reference,
            @Meaning("How the platform gets at it.") BuildService.Access access,
            @Meaning("With access TOKEN.") @Nullable String token) {}
}
