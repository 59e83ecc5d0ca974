package org.lyceum.platform.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.PullResponseItem;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Lists, fetches and removes images. */
final class DockerImages {

    private static final String NAMELESS = "<none>";

    /** What is said of the progress of one layer: a line for each tenth. */
    private static final int TENTHS = 10;

    private final DockerClient docker;
    private final DockerCalls calls;

    DockerImages(DockerClient docker, DockerCalls calls) {
        this.docker = docker;
        this.calls = calls;
    }

    List<EngineImage> list() {
        return calls.call(
                "list images",
                () ->
                        docker.listImagesCmd().withShowAll(true).exec().stream()
                                .map(DockerImages::image)
                                .toList());
    }

    private static EngineImage image(Image image) {
        var tags = image.getRepoTags();
        var parent = image.getParentId();
        var labels = image.getLabels();
        return new EngineImage(
                image.getId(),
                tags == null
                        ? List.of()
                        : Arrays.stream(tags).filter(tag -> !tag.startsWith(NAMELESS)).toList(),
                parent == null || parent.isEmpty() ? null : parent,
                image.getSize(),
                Instant.ofEpochSecond(image.getCreated()),
                labels == null ? Map.of() : labels);
    }

    boolean remove(String imageId) {
        return calls.call(
                "remove an image",
                DockerEngine.SLOW,
                () -> {
                    try {
                        docker.removeImageCmd(imageId).withForce(false).exec();
                        return true;
                    } catch (NotFoundException gone) {
                        return true;
                    } catch (ConflictException inUse) {
                        return false;
                    }
                });
    }

    String pull(String reference, Consumer<String> lines) throws InterruptedException {
        int at = reference.indexOf('@');
        int colon = reference.indexOf(':', reference.lastIndexOf('/') + 1);
        var name = at > 0 ? reference.substring(0, at) : reference;
        var tag = at > 0 ? reference.substring(at + 1) : "latest";
        if (at < 0 && colon > 0) {
            name = reference.substring(0, colon);
            tag = reference.substring(colon + 1);
        }
        var answer = new Answer(lines);
        try (answer) {
            docker.pullImageCmd(name).withTag(tag).exec(answer).awaitCompletion();
        } catch (IOException e) {
            throw new UncheckedIOException("end a pull", e);
        } catch (RuntimeException e) {
            throw refused(reference, String.valueOf(e.getMessage()), e);
        }
        if (answer.failure != null) {
            throw refused(reference, String.valueOf(answer.failure), null);
        }
        return digest(at > 0 ? reference : name + ":" + tag, name);
    }

    private String digest(String reference, String name) {
        return calls.call(
                "look at an image",
                () -> {
                    var digests = docker.inspectImageCmd(reference).exec().getRepoDigests();
                    var all = digests == null ? List.<String>of() : digests;
                    return all.stream()
                            .filter(each -> each.startsWith(name + "@"))
                            .findFirst()
                            .orElse(reference);
                });
    }

    private static Problem refused(String reference, String why, @Nullable Throwable cause) {
        var said = why.toLowerCase(Locale.ROOT);
        boolean unknown =
                said.contains("not found")
                        || said.contains("manifest unknown")
                        || said.contains("denied");
        return unknown && !said.contains("dial tcp")
                ? new Problem(
                        Problem.Kind.NOT_FOUND,
                        "image.not-in-registry",
                        "The registry has no “"
                                + reference
                                + "”, or does not let this machine have it; check the name and the"
                                + " tag.",
                        cause)
                : new Problem(
                        Problem.Kind.UNAVAILABLE,
                        "image.no-registry",
                        "This machine reaches no registry that would give it “"
                                + reference
                                + "”; build it here from a repository, or load it with 'docker"
                                + " load'.",
                        cause);
    }

    /** What the engine says while it pulls. */
    private static final class Answer extends ResultCallback.Adapter<PullResponseItem> {

        private final Consumer<String> lines;
        private final Map<String, String> last = new HashMap<>();
        private volatile @Nullable String failure;

        Answer(Consumer<String> lines) {
            this.lines = lines;
        }

        @Override
        public void onNext(PullResponseItem item) {
            var error = item.getErrorDetail();
            if (error != null && error.getMessage() != null) {
                failure = error.getMessage();
            }
            var status = item.getStatus();
            if (status == null) {
                return;
            }
            var layer = item.getId() == null ? "" : item.getId() + ": ";
            var progress = item.getProgressDetail();
            var total = progress == null ? null : progress.getTotal();
            var current = progress == null ? null : progress.getCurrent();
            var tenth =
                    total == null || current == null || total <= 0
                            ? ""
                            : " " + current * TENTHS / total * TENTHS + " %";
            var line = layer + status + tenth;
            if (!line.equals(last.put(layer, line))) {
                lines.accept(line);
            }
        }
    }
}
