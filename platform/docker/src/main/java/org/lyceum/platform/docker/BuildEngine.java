package org.lyceum.platform.docker;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes images: from containers in which a step of a build has run, and from Dockerfiles. Blocking.
 * Waits that may be long end when their thread is interrupted. Fails as {@link ContainerEngine}
 * does.
 */
public interface BuildEngine {

    /**
     * Creates and starts the container of a step.
     *
     * @return its id; it is found, watched and removed as every other container
     */
    String start(BuildStep step);

    /** Hands over what the container writes, line by line, until it ends. */
    void follow(String container, Consumer<String> lines) throws InterruptedException;

    /** What the container has written over its image; 0 when there is no such container. */
    long writtenBytes(String container);

    /**
     * Makes an image of what a step's container has written, with the settings of the step's image.
     *
     * @param reference what the image is called
     * @param variables set in addition to those of the step's image
     * @param labels of the image, and of every container that anybody makes of it: those that tell
     *     the platform's containers must be emptied
     * @return the image's id
     */
    String keep(
            String container,
            BuildStep step,
            String reference,
            Map<String, String> variables,
            Map<String, String> labels);

    /**
     * Has the engine build a Dockerfile. The engine gives it up when the caller goes away.
     *
     * @return the image's id
     * @throws org.lyceum.platform.kernel.Problem INVALID {@code build.failed} with the engine's own
     *     words
     */
    String build(Dockerfile dockerfile, Consumer<String> lines) throws InterruptedException;

    /** All images there are, layers of others included, in no order. */
    List<EngineImage> images();

    /**
     * Removes an image by its id, with whatever only it has needed.
     *
     * @return whether it is gone; false while a container or another image stands on it
     */
    boolean forget(String imageId);

    /**
     * Fetches an image from the registry that its reference names.
     *
     * @return the reference with the digest that it meant
     * @throws org.lyceum.platform.kernel.Problem UNAVAILABLE {@code image.no-registry}, NOT_FOUND
     *     {@code image.not-in-registry}
     */
    String pull(String reference, Consumer<String> lines) throws InterruptedException;

    /**
     * A Dockerfile and what it may copy from.
     *
     * @param context a tar archive; closed by the caller
     * @param path of the Dockerfile in the archive
     * @param reference what the image is called
     * @param labels of the image, as for {@link #keep}
     * @param arguments for instructions {@code ARG} of these names; a proxy's need none
     */
    record Dockerfile(
            InputStream context,
            String path,
            String reference,
            Map<String, String> labels,
            String network,
            ContainerSpec.Limits limits,
            Map<String, String> arguments) {

        public Dockerfile {
            labels = Map.copyOf(labels);
            arguments = Map.copyOf(arguments);
        }
    }
}
