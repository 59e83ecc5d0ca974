package org.lyceum.platform.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;

/** What can be changed about a container while it runs. Blocking. */
final class DockerRunning {

    private final DockerClient docker;
    private final DockerCalls calls;

    DockerRunning(DockerClient docker, DockerCalls calls) {
        this.docker = docker;
        this.calls = calls;
    }

    boolean resize(String id, ContainerSpec.Limits limits) {
        return calls.call(
                "give a container other limits",
                () -> {
                    try {
                        docker.updateContainerCmd(id)
                                .withMemory(limits.memory().value())
                                .withMemorySwap(limits.memory().value())
                                .withCpuPeriod(HardenedProfile.CPU_PERIOD_MICROS)
                                .withCpuQuota(HardenedProfile.cpuQuota(limits))
                                .withCpuShares(HardenedProfile.cpuShares(limits))
                                .withPidsLimit((long) limits.pids())
                                .exec();
                        return true;
                    } catch (NotFoundException gone) {
                        return false;
                    }
                });
    }

    boolean pause(String id) {
        return calls.call(
                "freeze a container",
                () ->
                        brought(
                                id,
                                Container.State.PAUSED,
                                () -> docker.pauseContainerCmd(id).exec()));
    }

    boolean resume(String id) {
        return calls.call(
                "let a container go on",
                () ->
                        brought(
                                id,
                                Container.State.RUNNING,
                                () -> docker.unpauseContainerCmd(id).exec()));
    }

    /** The engine refuses what is so already, and what has ended; both are answers to us. */
    private boolean brought(String id, Container.State wanted, Runnable command) {
        try {
            command.run();
            return true;
        } catch (NotFoundException gone) {
            return false;
        } catch (ConflictException | InternalServerErrorException refused) {
            return is(id, wanted, refused);
        }
    }

    private boolean is(String id, Container.State wanted, DockerException refused) {
        Container now;
        try {
            now = Containers.of(docker.inspectContainerCmd(id).exec());
        } catch (NotFoundException gone) {
            return false;
        }
        if (now.alive() && now.state() != wanted) {
            throw refused;
        }
        return now.state() == wanted;
    }
}
