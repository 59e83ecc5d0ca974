package org.lyceum.platform.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ulimit;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** {@link BuildEngine} over the Docker API. */
final class DockerBuilds implements BuildEngine {

    /** What dpkg and pip need as root: owners, modes, and a user of less rights to download as. */
    private static final Capability[] OF_ROOT = {
        Capability.CHOWN,
        Capability.DAC_OVERRIDE,
        Capability.FOWNER,
        Capability.FSETID,
        Capability.SETGID,
        Capability.SETUID
    };

    private static final long MAX_OPEN_FILES = 16_384;

    /** Before people's own programs (HardenedProfile), when memory is short. */
    private static final int OOM_SCORE = 800;

    private static final Bytes SHARED_MEMORY = Bytes.mib(64);

    private final DockerClient docker;
    private final DockerCalls calls;
    private final BindRoots roots;
    private final DockerImages images;

    DockerBuilds(DockerClient docker, DockerCalls calls, BindRoots roots) {
        this.docker = docker;
        this.calls = calls;
        this.roots = roots;
        this.images = new DockerImages(docker, calls);
    }

    @Override
    public String start(BuildStep step) {
        return calls.call(
                "start a step of a build",
                () -> {
                    var id = create(step);
                    docker.startContainerCmd(id).exec();
                    return id;
                });
    }

    private String create(BuildStep step) {
        return docker.createContainerCmd(step.image())
                .withName(step.name())
                .withLabels(step.labels())
                .withEntrypoint("") // no entry point: the image that is made has none either
                .withCmd("sh", "-euc", step.script())
                .withEnv(
                        new TreeMap<>(step.environment())
                                .entrySet().stream()
                                        .map(each -> each.getKey() + "=" + each.getValue())
                                        .toList())
                .withWorkingDir("/")
                .withUser(step.root() ? "0:0" : BuildStep.UID + ":" + BuildStep.UID)
                .withHostConfig(hostConfig(step))
                .exec()
                .getId();
    }

    private HostConfig hostConfig(BuildStep step) {
        var limits = step.limits();
        var config =
                HostConfig.newHostConfig()
                        .withCapDrop(Capability.ALL)
                        .withPrivileged(false)
                        .withSecurityOpts(
                                List.of(
                                        "no-new-privileges:true",
                                        "seccomp=" + SystemCallFilter.JSON))
                        .withReadonlyRootfs(!step.root())
                        .withMounts(step.binds().stream().map(roots::mount).toList())
                        .withNetworkMode(step.network())
                        .withIpcMode("private")
                        .withCgroupnsMode("private")
                        .withShmSize(SHARED_MEMORY.value())
                        .withMemory(limits.memory().value())
                        .withMemorySwap(limits.memory().value())
                        .withCpuPeriod(HardenedProfile.CPU_PERIOD_MICROS)
                        .withCpuQuota(HardenedProfile.cpuQuota(limits))
                        .withCpuShares(HardenedProfile.cpuShares(limits))
                        .withPidsLimit((long) limits.pids())
                        .withUlimits(
                                List.of(
                                        new Ulimit("nofile", MAX_OPEN_FILES, MAX_OPEN_FILES),
                                        new Ulimit("core", 0L, 0L)))
                        .withOomScoreAdj(OOM_SCORE)
                        .withInit(true)
                        .withLogConfig(
                                new LogConfig(
                                        LogConfig.LoggingType.LOCAL,
                                        Map.of("max-size", "5m", "max-file", "2")));
        return step.root() ? config.withCapAdd(OF_ROOT) : config.withTmpFs(scratch(limits));
    }

    private static Map<String, String> scratch(ContainerSpec.Limits limits) {
        return Map.of("/tmp", "rw,nosuid,nodev,exec,mode=1777,size=" + limits.scratch().value());
    }

    @Override
    public void follow(String container, Consumer<String> lines) throws InterruptedException {
        var text = new TextLines(lines);
        var frames =
                new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        text.add(frame.getPayload());
                    }
                };
        try (frames) {
            docker.logContainerCmd(container)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true)
                    .exec(frames)
                    .awaitCompletion();
        } catch (NotFoundException gone) {
            // it has been removed, so it writes no more
        } catch (IOException e) {
            throw new UncheckedIOException("end the log of a build", e);
        } finally {
            text.end();
        }
    }

    @Override
    public long writtenBytes(String container) {
        return calls.call(
                "measure a build",
                () ->
                        docker
                                .listContainersCmd()
                                .withShowAll(true)
                                .withShowSize(true)
                                .withIdFilter(List.of(container))
                                .exec()
                                .stream()
                                .mapToLong(each -> each.getSizeRw() == null ? 0 : each.getSizeRw())
                                .sum());
    }

    @Override
    public String keep(
            String container,
            BuildStep step,
            String reference,
            Map<String, String> variables,
            Map<String, String> labels) {
        int colon = reference.lastIndexOf(':');
        return calls.call(
                "keep an image",
                DockerEngine.SLOW,
                () -> {
                    var image = docker.inspectImageCmd(step.image()).exec().getConfig();
                    var command = image == null ? null : image.getCmd();
                    var user = image == null ? null : image.getUser();
                    var directory = image == null ? null : image.getWorkingDir();
                    return docker.commitCmd(container)
                            .withRepository(reference.substring(0, colon))
                            .withTag(reference.substring(colon + 1))
                            .withCmd(command == null ? new String[] {"sh"} : command)
                            .withUser(user == null || user.isEmpty() ? "1000:1000" : user)
                            .withWorkingDir(
                                    directory == null || directory.isEmpty() ? "/" : directory)
                            .withEnv(
                                    variables.entrySet().stream()
                                            .map(each -> each.getKey() + "=" + each.getValue())
                                            .toArray(String[]::new))
                            .withLabels(labels)
                            .exec();
                });
    }

    @Override
    public String build(Dockerfile dockerfile, Consumer<String> lines) throws InterruptedException {
        var answer = new Answer(lines);
        var limits = dockerfile.limits();
        var command =
                docker.buildImageCmd(dockerfile.context())
                        .withDockerfilePath(dockerfile.path())
                        .withTags(Set.of(dockerfile.reference()))
                        .withLabels(dockerfile.labels())
                        .withNetworkMode(dockerfile.network())
                        .withMemory(limits.memory().value())
                        .withMemswap(limits.memory().value())
                        .withCpushares(Integer.toString(HardenedProfile.cpuShares(limits)))
                        .withRemove(true)
                        .withForcerm(true)
                        .withPull(false);
        dockerfile.arguments().forEach(command::withBuildArg);
        try (answer) {
            command.exec(answer).awaitCompletion();
        } catch (IOException e) {
            throw new UncheckedIOException("end a build", e);
        } catch (RuntimeException e) {
            throw DockerProblems.translate("build a Dockerfile", e);
        }
        return answer.imageId();
    }

    @Override
    public List<EngineImage> images() {
        return images.list();
    }

    @Override
    public boolean forget(String imageId) {
        return images.remove(imageId);
    }

    @Override
    public String pull(String reference, Consumer<String> lines) throws InterruptedException {
        return images.pull(reference, lines);
    }

    /** What the engine says while it builds. */
    private static final class Answer extends ResultCallback.Adapter<BuildResponseItem> {

        private final Consumer<String> lines;
        private final TextLines text;
        private volatile @Nullable String failure;
        private volatile @Nullable String image;

        Answer(Consumer<String> lines) {
            this.lines = lines;
            this.text = new TextLines(lines);
        }

        @Override
        public void onNext(BuildResponseItem item) {
            if (item.getStream() != null) {
                text.add(item.getStream().getBytes(StandardCharsets.UTF_8));
            }
            if (item.isBuildSuccessIndicated()) {
                image = item.getImageId();
            }
            var error = item.getErrorDetail();
            if (error != null && error.getMessage() != null) {
                failure = error.getMessage();
                lines.accept(error.getMessage());
            }
        }

        String imageId() {
            text.end();
            var id = image;
            if (id == null || failure != null) {
                throw Problem.invalid(
                        "build.failed",
                        failure == null ? "The engine ended the build." : failure.strip());
            }
            return id;
        }
    }
}
