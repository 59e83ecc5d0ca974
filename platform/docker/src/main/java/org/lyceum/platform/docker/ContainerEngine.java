package org.lyceum.platform.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs containers. Blocking; safe for any number of threads. Doing anything here twice is safe.
 *
 * <p>Every method throws {@link org.lyceum.platform.kernel.Problem} UNAVAILABLE {@code
 * docker.unavailable} when the engine does not run, {@code docker.timeout} when it does not answer
 * in time, and {@code docker.refused} when it answers with a failure we have no better word for.
 */
public interface ContainerEngine {

    /**
     * Creates and starts the container, or finds it when it is there already with all of the spec's
     * labels.
     *
     * @return the container as it is after its start; it may have ended already
     * @throws org.lyceum.platform.kernel.Problem CONFLICT {@code container.foreign} or {@code
     *     container.name-taken} when the name belongs to another container, UNAVAILABLE {@code
     *     docker.image-missing}, {@code docker.no-space}, {@code network.missing} or {@code
     *     container.not-startable}, INVALID {@code container.bind-refused}
     */
    Container run(ContainerSpec spec);

    /**
     * Containers in any state that carry all of {@code labels}, newest first, without their exit.
     *
     * @throws org.lyceum.platform.kernel.Problem UNAVAILABLE {@code docker.too-many} when there are
     *     more than {@value #MAX_LIST}: half a list would make running servers look dead
     */
    List<Container> list(Map<String, String> labels);

    /** The container of that id or exact name. */
    Optional<Container> find(String idOrName);

    /**
     * The container's first process, by the number that this machine's kernel has for it; empty
     * when it does not run.
     */
    OptionalLong process(String id);

    /**
     * Asks the container to end and kills it after {@code grace}.
     *
     * @return whether there was such a container; one that had ended already counts
     */
    boolean stop(String id, Duration grace);

    /**
     * Gives a container that runs other limits: memory, cores, weight and processes; the size of
     * its scratch space stays.
     *
     * @return whether there was such a container
     */
    boolean resize(String id, ContainerSpec.Limits limits);

    /**
     * Freezes every process of the container; it keeps its memory and its connections.
     *
     * @return whether it is frozen now; false when there is none or it does not run
     */
    boolean pause(String id);

    /**
     * Lets a frozen container go on.
     *
     * @return whether it runs now; false when there is none or it has ended
     */
    boolean resume(String id);

    /**
     * Removes the container, killing it first if it runs.
     *
     * @return whether there was such a container
     */
    boolean remove(String id);

    /**
     * The last lines the container wrote, oldest first: at most {@value #MAX_LOG_LINES} lines and
     * {@value #MAX_LOG_BYTES} bytes. Empty when there is no such container.
     */
    List<String> logs(String id, int lines);

    /**
     * Creates the network, or finds it.
     *
     * @throws org.lyceum.platform.kernel.Problem CONFLICT {@code network.foreign} when a network of
     *     that name exists that is not ours or lets containers talk to each other, UNAVAILABLE
     *     {@code network.no-addresses}
     */
    Network ensureNetwork(NetworkSpec spec);

    /**
     * Removes the network.
     *
     * @return whether there was such a network
     * @throws org.lyceum.platform.kernel.Problem CONFLICT {@code network.in-use}
     */
    boolean removeNetwork(String name);

    /** The id of a local image ({@code sha256:…}); empty when the image is not on this machine. */
    Optional<String> imageId(String reference);

    /** Makes images. */
    BuildEngine builds();

    /** The engine's version, for example {@code 20.10.24}. Answers only when the engine does. */
    String version();

    /** How the engine is set up. */
    EngineSettings settings();

    /** More containers than one machine can hold; a bound on memory, not on use. */
    int MAX_LIST = 2000;

    /** What fits on a screen or two; the whole log stays with the engine. */
    int MAX_LOG_LINES = 500;

    /** Keeps a container that writes one endless line from filling our memory. */
    int MAX_LOG_BYTES = 64 * 1024;
}
