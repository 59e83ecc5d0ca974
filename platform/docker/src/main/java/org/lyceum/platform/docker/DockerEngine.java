package org.lyceum.platform.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;

import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** {@link ContainerEngine} over the Docker API. The only package that may import docker-java. */
public final class DockerEngine implements ContainerEngine, AutoCloseable {

    private final DockerClient docker;
    private final DockerCalls calls;
    private final DockerNetworks networks;
    private final DockerRunning running;
    private final HardenedProfile profile;
    private final DockerBuilds builds;
    private final DockerSettings settings;

    /** For calls that copy a whole image. */
    static final Duration SLOW = Duration.ofMinutes(10);

    /** Opens nothing: the first call does. */
    public DockerEngine(DockerConfig config) {
        this.docker = client(config);
        this.calls = new DockerCalls(config.deadline(), config.maxCalls());
        this.networks = new DockerNetworks(docker, calls);
        this.running = new DockerRunning(docker, calls);
        var roots = new BindRoots(config.bindRoots());
        this.profile = new HardenedProfile(roots);
        this.builds = new DockerBuilds(docker, calls, roots);
        this.settings = new DockerSettings(docker, calls);
    }

    private static DockerClient client(DockerConfig config) {
        // Not createDefaultConfigBuilder(): that one reads DOCKER_HOST and ~/.docker.
        var settings =
                new DefaultDockerClientConfig.Builder()
                        .withDockerHost("unix://" + config.socket())
                        .withDockerTlsVerify(false)
                        .build();
        return DockerClientImpl.getInstance(settings, new SocketTransport(config.socket()));
    }

    @Override
    public Container run(ContainerSpec spec) {
        var volumes = calls.call("look at an image", () -> imageVolumes(spec.image()));
        String id = calls.call("create a container", () -> create(spec, volumes));
        return calls.call("start a container", () -> start(id));
    }

    private Set<String> imageVolumes(String image) {
        var config = docker.inspectImageCmd(image).exec().getConfig();
        var volumes = config == null ? null : config.getVolumes();
        return volumes == null ? Set.of() : volumes.keySet();
    }

    private String create(ContainerSpec spec, Set<String> imageVolumes) {
        var program = spec.program();
        try {
            return docker.createContainerCmd(spec.image())
                    .withName(spec.name())
                    .withLabels(spec.labels())
                    .withEntrypoint(program.command())
                    .withEnv(environment(program.environment()))
                    .withWorkingDir(program.workingDirectory())
                    .withUser(program.uid() + ":" + program.gid())
                    // We ask servers ourselves; an image's own check would cost a process each
                    // time.
                    .withHealthcheck(new HealthCheck().withTest(List.of("NONE")))
                    .withHostConfig(profile.hostConfig(spec, imageVolumes))
                    .exec()
                    .getId();
        } catch (ConflictException nameTaken) {
            return sameAsBefore(spec, nameTaken);
        }
    }

    private static List<String> environment(Map<String, String> variables) {
        return new TreeMap<>(variables)
                .entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
    }

    /** A container that has all the spec's labels is an earlier try of this very spec. */
    private String sameAsBefore(ContainerSpec spec, ConflictException nameTaken) {
        var there = Containers.of(docker.inspectContainerCmd(spec.name()).exec());
        if (there.labels().entrySet().containsAll(spec.labels().entrySet())) {
            return there.id();
        }
        boolean ours = spec.platform().equals(there.labels().get(ContainerSpec.PLATFORM_LABEL));
        throw new Problem(
                Problem.Kind.CONFLICT,
                ours ? "container.name-taken" : "container.foreign",
                ours
                        ? "An earlier container of this server, "
                                + spec.name()
                                + ", is still there;"
                                + " wait half a minute for it to be cleared away and try again."
                        : "A container named "
                                + spec.name()
                                + " exists and is not the platform's;"
                                + " the operator must rename or remove it.",
                nameTaken);
    }

    private Container start(String id) {
        try {
            docker.startContainerCmd(id).exec();
        } catch (NotModifiedException runsAlready) {
            // that is what was wanted
        }
        return Containers.of(docker.inspectContainerCmd(id).exec());
    }

    @Override
    public List<Container> list(Map<String, String> labels) {
        var found =
                calls.call(
                        "list containers",
                        () ->
                                docker.listContainersCmd()
                                        .withShowAll(true)
                                        .withLabelFilter(labels)
                                        .withLimit(MAX_LIST + 1)
                                        .exec());
        if (found.size() > MAX_LIST) {
            throw Problem.of(
                    Problem.Kind.UNAVAILABLE,
                    "docker.too-many",
                    "More than "
                            + MAX_LIST
                            + " containers carry the platform's labels; remove those"
                            + " that have ended ('docker container prune').");
        }
        return found.stream().map(Containers::of).toList();
    }

    @Override
    public Optional<Container> find(String idOrName) {
        return calls.call(
                "look at a container",
                () -> {
                    try {
                        var there = Containers.of(docker.inspectContainerCmd(idOrName).exec());
                        // Docker also takes the beginning of an id.
                        boolean exact =
                                there.id().equals(idOrName) || there.name().equals(idOrName);
                        return exact ? Optional.of(there) : Optional.empty();
                    } catch (NotFoundException gone) {
                        return Optional.empty();
                    }
                });
    }

    @Override
    public OptionalLong process(String id) {
        return calls.call(
                "look for a container's process",
                () -> {
                    try {
                        var state = docker.inspectContainerCmd(id).exec().getState();
                        var pid = state.getPidLong();
                        return pid == null || pid <= 0 // which is how Docker says none
                                ? OptionalLong.empty()
                                : OptionalLong.of(pid);
                    } catch (NotFoundException gone) {
                        return OptionalLong.empty();
                    }
                });
    }

    @Override
    public boolean stop(String id, Duration grace) {
        int seconds = Math.toIntExact(Math.max(0, grace.toSeconds()));
        return calls.call(
                "stop a container",
                Duration.ofSeconds(seconds),
                () -> {
                    try {
                        docker.stopContainerCmd(id).withTimeout(seconds).exec();
                        return true;
                    } catch (NotModifiedException endedAlready) {
                        return true;
                    } catch (NotFoundException gone) {
                        return false;
                    }
                });
    }

    @Override
    public boolean resize(String id, ContainerSpec.Limits limits) {
        return running.resize(id, limits);
    }

    @Override
    public boolean pause(String id) {
        return running.pause(id);
    }

    @Override
    public boolean resume(String id) {
        return running.resume(id);
    }

    @Override
    public boolean remove(String id) {
        return calls.call(
                "remove a container",
                () -> {
                    try {
                        docker.removeContainerCmd(id)
                                .withForce(true)
                                .withRemoveVolumes(true)
                                .exec();
                        return true;
                    } catch (NotFoundException gone) {
                        return false;
                    } catch (ConflictException underWay) { // another call removes it at this moment
                        return true;
                    }
                });
    }

    @Override
    public List<String> logs(String id, int lines) {
        int tail = Math.clamp(lines, 1, MAX_LOG_LINES);
        return calls.call(
                "read a container's log",
                () -> {
                    var text = new LogTail(MAX_LOG_BYTES);
                    var frames =
                            new ResultCallback.Adapter<Frame>() {
                                @Override
                                public void onNext(Frame frame) {
                                    text.add(frame.getPayload());
                                }
                            };
                    try (frames) {
                        docker.logContainerCmd(id)
                                .withStdOut(true)
                                .withStdErr(true)
                                .withTail(tail)
                                .exec(frames)
                                .awaitCompletion();
                    } catch (NotFoundException gone) {
                        return List.of();
                    }
                    return text.lines();
                });
    }

    @Override
    public Network ensureNetwork(NetworkSpec spec) {
        return networks.ensure(spec);
    }

    @Override
    public boolean removeNetwork(String name) {
        return networks.remove(name);
    }

    @Override
    public Optional<String> imageId(String reference) {
        return calls.call(
                "look at an image",
                () -> {
                    try {
                        return Optional.ofNullable(
                                docker.inspectImageCmd(reference).exec().getId());
                    } catch (NotFoundException gone) {
                        return Optional.empty();
                    }
                });
    }

    @Override
    public BuildEngine builds() {
        return builds;
    }

    @Override
    public EngineSettings settings() {
        return settings.ask();
    }

    @Override
    public String version() {
        return calls.call("tell its version", () -> docker.versionCmd().exec().getVersion());
    }

    /** Ends all calls under way. */
    @Override
    public void close() {
        calls.close();
        try {
            docker.close();
        } catch (IOException e) {
            throw new UncheckedIOException("close the connection to Docker", e);
        }
    }
}
