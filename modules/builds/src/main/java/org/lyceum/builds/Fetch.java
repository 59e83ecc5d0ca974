package org.lyceum.builds;

import org.lyceum.platform.docker.BuildStep;
import org.lyceum.platform.docker.ContainerSpec.Bind;
import org.lyceum.platform.docker.ContainerSpec.Limits;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Fetches one commit of a repository, in a container without any rights. Blocking. */
final class Fetch {

    /** Of a file that says how to build. */
    private static final int MAX_FILE_BYTES = 64 * 1024;

    /** Of all files of a commit. */
    private static final Bytes MAX_ARCHIVE = Bytes.gib(1);

    /** What is fetched lies in memory, compressed as the host sends it. */
    private static final Bytes MAX_FETCHED = Bytes.mib(512);

    private static final Limits LIMITS =
            new Limits(Bytes.gib(1), 1000, 128, MAX_FETCHED).inBackground();

    private final StepContainers containers;
    private final BuildPlaces places;
    private final SourceRepository sources;
    private final Vault vault;

    Fetch(StepContainers containers, BuildPlaces places, SourceRepository sources, Vault vault) {
        this.containers = containers;
        this.places = places;
        this.sources = sources;
        this.vault = vault;
    }

    /**
     * @param work the build's directory; {@code out/source.tar} holds the files afterwards
     */
    Checkout run(
            Build build, Path work, String image, String network, Watch watch, Consumer<String> log)
            throws InterruptedException, IOException {
        var source =
                sources.find(build.environmentId())
                        .filter(now -> now.address().url().equals(build.url()));
        if (source.isPresent()) {
            putSecrets(source.get(), work);
        }
        try {
            containers.run(step(build, work, image, network), watch, log, container -> container);
        } finally {
            Files.deleteIfExists(work.resolve("secret"));
        }
        var hostKeys = text(work.resolve("out/known_hosts"));
        if (source.isPresent() && !hostKeys.isBlank()) {
            sources.putHostKeys(build.environmentId(), hostKeys);
        }
        return checkout(work.resolve("out"));
    }

    private void putSecrets(Source source, Path work) throws IOException {
        if (source.sealedSecret() != null) {
            var secret = vault.open(Source.purpose(source.environmentId()), source.sealedSecret());
            BuildPlaces.put(work.resolve("secret"), secret.reveal());
        }
        if (source.hostKeys() != null) {
            BuildPlaces.put(work.resolve("known_hosts"), source.hostKeys());
        }
    }

    private BuildStep step(Build build, Path work, String image, String network) {
        return new BuildStep(
                containers.name(build.id(), 0),
                image,
                containers.labels(),
                Scripts.FETCH,
                Map.of(
                        "REPOSITORY", build.url(),
                        "REFERENCE", build.reference(),
                        "NAMES", String.join(" ", Checkout.NAMES),
                        "MAX_FILE_BYTES", Integer.toString(MAX_FILE_BYTES + 1),
                        "MAX_ARCHIVE_BYTES", Long.toString(MAX_ARCHIVE.value())),
                network,
                LIMITS,
                false,
                List.of(
                        new Bind(places.settings(), "/mnt", true),
                        new Bind(work, "/media", false)));
    }

    private static Checkout checkout(Path out) throws IOException {
        var files = new HashMap<String, String>();
        var place = text(out.resolve("place"));
        for (var name : Checkout.NAMES) {
            var file = out.resolve("files").resolve(name);
            if (plain(file)) {
                if (Files.size(file) > MAX_FILE_BYTES) {
                    throw BuildPlan.unmet(
                            place + name + " is larger than " + MAX_FILE_BYTES + " bytes");
                }
                files.put(name, Files.readString(file));
            }
        }
        if (!plain(out.resolve("source.tar"))) {
            throw Problem.invalid("build.failed", "The repository could not be read.");
        }
        return new Checkout(
                text(out.resolve("commit")).strip(),
                text(out.resolve("tree")).strip(),
                place,
                files);
    }

    /** What stands there was written in a container: a link could lead anywhere. */
    private static boolean plain(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static String text(Path file) throws IOException {
        return plain(file) && Files.size(file) <= MAX_FILE_BYTES ? Files.readString(file) : "";
    }
}
